import type { Inventory } from '@terrace/cloud/inventory';
import type { NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../ask/ask.ts';
import type { Reach } from '../ask/question.ts';
import type { Part6 } from '../engine/journey.ts';
import { holds, journeys, type ResolvedIntent, resolveIntents } from './intent-check.ts';
import { type StatedRule, statedRules } from './rules.ts';

/** Why a rule is there: the intents that break when it is taken out, alone. */
export interface RuleReason {
  readonly rule: Omit<StatedRule, 'without'>;
  /** Ids of intents; none means that the rule is not needed for any of them. */
  readonly needed: readonly string[];
}

/**
 * Takes every rule out, one at a time, and asks all intents again that have to do with the table, group or ACL it stood in.
 * Intents that do not hold as it is say nothing about a rule.
 */
export function reasonsForRules(reach: Reach, resolved: readonly ResolvedIntent[], inventory: Inventory): RuleReason[] {
  const holding = resolved
    .filter((each) => holds(reach, each))
    .map((each) => ({ resolved: each, touched: touchedBy(reach, each) }));
  return statedRules(reach.network, inventory).map(({ without, ...rule }) => {
    const concerned = holding.filter(({ touched }) => touched.has(rule.within.id));
    if (concerned.length === 0) return { rule, needed: [] };
    const changed = openReach(without());
    const needed = concerned
      .filter((each) => !holds(changed, inNetwork(each.resolved, inventory, changed.network.view)))
      .map((each) => each.resolved.intent.id);
    return { rule, needed };
  });
}

/** The tables, groups and ACLs that decide about an intent's journeys. */
function touchedBy(reach: Reach, resolved: ResolvedIntent): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { journey } of journeys(reach, resolved)) {
    for (const step of journey.steps) {
      if (step.kind === 'route') touched.add(step.table.id);
      if (step.kind === 'six') for (const id of decidingIn(step.by)) touched.add(id);
      if (step.kind === 'acl') touched.add(step.acl.id);
      if (step.kind === 'group') for (const id of step.interface.securityGroups) touched.add(id);
      if (step.kind === 'stop' && 'table' in step.stop) touched.add(step.stop.table.id);
    }
  }
  return touched;
}

function decidingIn(by: Part6): readonly string[] {
  switch (by.kind) {
    case 'groups':
      return by.interface.securityGroups;
    case 'acl':
      return [by.acl.id];
    case 'table':
      return [by.table.id];
    case 'closed':
      return [];
  }
}

/** The same intent in a changed network; its names are known to be there unless they were taken out. */
export function inNetwork(resolved: ResolvedIntent, inventory: Inventory, network: NetworkView): ResolvedIntent {
  const again = resolveIntents([resolved.intent], inventory, network);
  return again.ok ? again.value[0]! : { ...resolved, from: [], to: [] };
}
