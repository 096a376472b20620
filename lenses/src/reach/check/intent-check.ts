import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { Intent } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import { type Endpoints, resolveReference } from '@terrace/cloud/views/reference';
import { blockersOf } from '../ask/ask.ts';
import type { Reach } from '../ask/question.ts';
import type { Journey } from '../engine/journey.ts';
import { journeyBetween } from '../engine/journey-between.ts';
import { classNumbers, likeness } from '../engine/likeness.ts';
import { partyName, type Receiver, receivers, type Sender, senders } from '../engine/parties.ts';
import type { Blocker } from '../explain/blocker.ts';
import { unknownsOf } from '../explain/explain-doubt.ts';
import { standsNowhere } from '../explain/nowhere.ts';
import { covers, intersect, isEmpty, subtract } from '../traffic/intervals.ts';
import { trafficOf } from '../traffic/read-traffic.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';

/** An intent whose names have been found in the network. */
export interface ResolvedIntent {
  readonly intent: Intent;
  readonly from: readonly Endpoints[];
  readonly to: readonly Endpoints[];
  readonly traffic: TrafficSet;
  /** Senders and receivers of which nobody here knows where they stand. */
  readonly nowhere: readonly Blocker[];
}

export interface IntentVerdict {
  readonly intent: Intent;
  readonly outcome: Outcome;
  /** How many senders and receivers were proven, those that nothing tells apart counted once; 0 proves nothing. */
  readonly pairs: number;
  readonly failures: readonly IntentFailure[];
}

/** What is not known neither holds nor is broken. */
export type Outcome = 'holds' | 'broken' | 'unknown';

export interface IntentFailure {
  readonly outcome: Exclude<Outcome, 'holds'>;
  readonly from: string;
  readonly to: string;
  /** What should pass and does not, or should not and does. */
  readonly traffic: TrafficSet;
  /** What stands in the way of an allowed flow; empty for a forbidden one that is open. */
  readonly blockers: readonly Blocker[];
  /** What is not known, and what would have to be stated or modelled. */
  readonly unknowns: readonly Blocker[];
}

/** Finds every name that intents use; all that are not found are told together. */
export function resolveIntents(
  intents: readonly Intent[],
  inventory: Inventory,
  network: NetworkView,
): Result<ResolvedIntent[]> {
  const mistakes: Mistake[] = [];
  const resolved = intents.map((intent): ResolvedIntent => {
    const endpoints = (references: readonly string[]) =>
      references.flatMap((reference) => {
        const found = resolveReference(reference, inventory, network, intent.place);
        if (found.ok) return found.value;
        mistakes.push(...found.mistakes);
        return [];
      });
    const traffic = trafficOf(intent.protocol, intent.ports);
    if (!traffic.ok) mistakes.push(...traffic.mistakes.map((each) => ({ ...each, place: intent.place })));
    const [from, to] = [endpoints(intent.from), endpoints(intent.to)];
    const nowhere = [...from, ...to].flatMap((each) => standsNowhere(inventory, each) ?? []);
    return { intent, from, to, traffic: traffic.ok ? traffic.value : [], nowhere };
  });
  return mistakes.length > 0 ? failure(mistakes) : success(resolved);
}

/**
 * Whether an intent holds for every sender, receiver, address and port that it means. An allowed flow has to be answered too; a forbidden
 * packet may not even arrive.
 */
export function checkIntent(reach: Reach, resolved: ResolvedIntent): IntentVerdict {
  const { intent, nowhere } = resolved;
  const failures: IntentFailure[] =
    nowhere.length === 0
      ? []
      : [
          {
            outcome: 'unknown',
            from: intent.from.join(', '),
            to: intent.to.join(', '),
            traffic: resolved.traffic,
            blockers: [],
            unknowns: nowhere,
          },
        ];
  let isBroken = false;
  let pairs = 0;
  const told = new Set<string>();
  for (const { sender, receiver, journey, four } of journeys(reach, resolved)) {
    pairs++;
    const { outcome, traffic } = contradiction(resolved, journey);
    if (outcome === 'holds') continue;
    isBroken ||= outcome === 'broken';
    const allow = resolved.intent.verdict === 'allow';
    const onlySix = !allow && contradiction(resolved, four).outcome === 'holds';
    const [from, to] = [sender, receiver].map((party) =>
      onlySix && party.interface === null ? 'internet (IPv6)' : partyName(party),
    );
    // The parts that rules cut the internet of IPv4 into are one over IPv6.
    const name = `${from} ${to}`;
    if (failures.length >= maximumFailures || (onlySix && told.has(name))) continue;
    told.add(name);
    failures.push({
      outcome,
      from: from!,
      to: to!,
      traffic,
      blockers:
        allow && outcome === 'broken' ? blockersOf(reach.network, reach.filters, journey, resolved.traffic) : [],
      unknowns: outcome === 'unknown' ? unknownsOf(reach.network, journey, traffic) : [],
    });
  }
  const outcome = isBroken ? 'broken' : failures.length > 0 ? 'unknown' : 'holds';
  return { intent: resolved.intent, outcome, pairs, failures };
}

const maximumFailures = 20;

/** The same without telling why: as fast as can be, for asking it thousands of times. */
export function holds(reach: Reach, resolved: ResolvedIntent): boolean {
  if (resolved.nowhere.length > 0) return false;
  for (const { journey } of journeys(reach, resolved)) {
    if (contradiction(resolved, journey).outcome !== 'holds') return false;
  }
  return true;
}

/** What of the intent's traffic does what it should not, or what of it may. */
function contradiction(
  { intent, traffic }: ResolvedIntent,
  journey: Journey,
): { readonly outcome: Outcome; readonly traffic: TrafficSet } {
  const forbids = intent.verdict === 'forbid';
  const sure = forbids ? intersect(journey.arrives, traffic) : missing(traffic, journey.mayBeAllowed);
  if (!isEmpty(sure)) return { outcome: 'broken', traffic: sure };
  const possible = forbids ? intersect(journey.mayArrive, traffic) : missing(traffic, journey.allowed);
  return { outcome: isEmpty(possible) ? 'holds' : 'unknown', traffic: possible };
}

function missing(traffic: TrafficSet, passed: TrafficSet): TrafficSet {
  return covers(passed, traffic) ? [] : subtract(traffic, passed);
}

export interface IntentJourney {
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly journey: Journey;
  /** By IPv4 alone. */
  readonly four: Journey;
}

/** The journeys that an intent is about, one for each sender and receiver that something tells apart. */
export function* journeys(reach: Reach, resolved: ResolvedIntent): Generator<IntentJourney> {
  const { network, filters } = reach;
  const classOf = classNumbers(network);
  const seen = new Set<string>();
  for (const from of resolved.from) {
    for (const sender of senders(network, from)) {
      for (const to of resolved.to) {
        for (const receiver of receivers(network, sender, to)) {
          if (sender.interface !== null && sender.interface === receiver.interface) continue;
          const key = `${likeness(sender, classOf)}>${likeness(receiver, classOf)}>${to.byPublicAddress}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const { whole, four } = journeyBetween(network, filters, sender, receiver);
          yield { sender, receiver, journey: whole, four };
        }
      }
    }
  }
}
