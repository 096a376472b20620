import type { Inventory } from '@terrace/cloud/inventory';
import { coveringFleet } from '@terrace/cloud/views/initial-fleet';
import type { Intent } from '@terrace/cloud/views/intents';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { type Words, words } from '@terrace/cloud/words';
import { isFailure, proveControls } from '../controls/prove.ts';
import { openReach } from '../reach/ask/ask.ts';
import { checkIntent, resolveIntents } from '../reach/check/intent-check.ts';
import type { Without } from './without.ts';

/** An intent or a general control that holds with the thing and not without it. */
export interface Break {
  readonly kind: 'intent' | 'control';
  /** The intent's id, or the control's code and resource. */
  readonly id: string;
  /** What stands in the way then. */
  readonly because: Words;
}

/** What holds as the project is: asked once for all things that are taken out. */
export interface Standing {
  readonly inventory: Inventory;
  readonly intents: readonly Intent[];
  /** Ids of the intents that hold. */
  readonly holding: ReadonlySet<string>;
  /** Codes and resources of the controls that are broken as it is. */
  readonly broken: ReadonlySet<string>;
}

export function standingOf(inventory: Inventory, intents: readonly Intent[]): Standing {
  const verdicts = verdictsOf(inventory, intents);
  return {
    inventory,
    intents,
    holding: new Set(verdicts.filter(({ outcome }) => outcome === 'holds').map(({ id }) => id)),
    broken: new Set(brokenControls(inventory, intents).map(({ id }) => id)),
  };
}

/** Intents and controls that fall without the thing. An intent whose end cannot be created falls; one that forbids holds then. */
export function breaksWithout(standing: Standing, { inventory }: Without): Break[] {
  const verdicts = verdictsOf(inventory, standing.intents);
  const fallen = verdicts.filter(({ id, outcome }) => outcome !== 'holds' && standing.holding.has(id));
  const controls = brokenControls(inventory, standing.intents).filter(({ id }) => !standing.broken.has(id));
  return [
    ...fallen.map(({ id, because }): Break => ({ kind: 'intent', id, because: because ?? endGone })),
    ...controls,
  ];
}

interface Verdict {
  readonly id: string;
  readonly outcome: 'holds' | 'broken' | 'unknown';
  /** `null` where an end of it is gone. */
  readonly because: Words | null;
}

function verdictsOf(inventory: Inventory, intents: readonly Intent[]): Verdict[] {
  const network = networkView(inventory, coveringFleet(inventory));
  const reach = openReach(network);
  return intents.map((intent): Verdict => {
    const resolved = resolveIntents([intent], inventory, network);
    const isForbidden = intent.verdict === 'forbid';
    if (!resolved.ok) return { id: intent.id, outcome: isForbidden ? 'holds' : 'broken', because: null };
    const verdict = checkIntent(reach, resolved.value[0]!);
    if (verdict.pairs === 0 && !isForbidden && verdict.outcome === 'holds')
      return { id: intent.id, outcome: 'broken', because: null };
    const [first] = verdict.failures;
    const stop = first && [...first.blockers, ...first.unknowns][0];
    const open = first && words(`${first.from} reaches ${first.to}`, `${first.from}에서 ${first.to}에 도달합니다`);
    return { id: intent.id, outcome: verdict.outcome, because: stop?.cause ?? open ?? null };
  });
}

function brokenControls(inventory: Inventory, intents: readonly Intent[]): Break[] {
  return proveControls(inventory, intents)
    .filter(isFailure)
    .map(({ control, finding }) => ({
      kind: 'control',
      id: `${control.id} ${finding.resource.logicalId}`,
      because: finding.cause,
    }));
}

const endGone = words('an end of it is gone', '양 끝 가운데 하나가 없어집니다');
