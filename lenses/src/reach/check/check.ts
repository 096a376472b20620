import type { Inventory } from '@terrace/cloud/inventory';
import { type Result, success } from '@terrace/cloud/mistake';
import type { Intent } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../ask/ask.ts';
import { newlyOpen, type OpenFlow, openFlows } from '../ask/open-flows.ts';
import { checkIntent, type IntentVerdict, resolveIntents } from './intent-check.ts';
import { type Resilience, resilienceOf } from './resilience.ts';
import { type RuleReason, reasonsForRules } from './rule-reasons.ts';
import { unintendedFlows } from './unintended.ts';

export interface CheckReport {
  /** Every intent holds. */
  readonly ok: boolean;
  readonly intents: readonly IntentVerdict[];
  /** What is open and not intended; `null` where that was not asked. */
  readonly unintended: readonly OpenFlow[] | null;
  /** Why each rule is there; `null` where that was not asked. */
  readonly rules: readonly RuleReason[] | null;
  /** What each allowed flow hangs on; `null` where that was not asked. */
  readonly resilience: readonly Resilience[] | null;
}

export interface CheckRequest {
  readonly inventory: Inventory;
  readonly intents: readonly Intent[];
  /** With a member in every subnet that a group may launch into: `coveringFleet`. */
  readonly network: NetworkView;
  /** As it is deployed at first, for what hangs on a single instance: `initialFleet`. */
  readonly deployed: NetworkView;
  readonly unintended: boolean;
  readonly why: boolean;
}

/** Proves every intent of a project, and on request what else is open, why each rule is there and what a flow hangs on. */
export function check({ inventory, intents, network, deployed, unintended, why }: CheckRequest): Result<CheckReport> {
  const resolved = resolveIntents(intents, inventory, network);
  if (!resolved.ok) return resolved;
  const reach = openReach(network);
  const verdicts = resolved.value.map((each) => checkIntent(reach, each));
  const deployedIntents = resolveIntents(intents, inventory, deployed);
  return success({
    ok: verdicts.every((each) => each.outcome === 'holds'),
    intents: verdicts,
    unintended: unintended ? unintendedFlows(reach, resolved.value) : null,
    rules: why ? reasonsForRules(reach, resolved.value, inventory) : null,
    resilience: why && deployedIntents.ok ? resilienceOf(openReach(deployed), deployedIntents.value, inventory) : null,
  });
}

export interface Comparison {
  readonly opened: readonly OpenFlow[];
  readonly closed: readonly OpenFlow[];
}

/** What a change opens and what it closes, on all addresses and ports. */
export function compare(before: NetworkView, after: NetworkView): Comparison {
  const was = openFlows(openReach(before));
  const is = openFlows(openReach(after));
  return { opened: newlyOpen(was, is), closed: newlyOpen(is, was) };
}
