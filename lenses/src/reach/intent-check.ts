import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { Intent } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import { type Endpoints, resolveReference } from '@terrace/cloud/views/reference';
import { blockersOf, type Reach } from './ask.ts';
import type { Blocker } from './blocker.ts';
import { covers, intersect, isEmpty, subtract } from './intervals.ts';
import type { Journey } from './journey.ts';
import { classify } from './matrix.ts';
import { partyName, type Receiver, receivers, type Sender, senders } from './parties.ts';
import { trafficOf } from './read-traffic.ts';
import type { TrafficSet } from './traffic-set.ts';
import { travel } from './travel.ts';

/** An intent whose names have been found in the network. */
export interface ResolvedIntent {
  readonly intent: Intent;
  readonly from: readonly Endpoints[];
  readonly to: readonly Endpoints[];
  readonly traffic: TrafficSet;
}

export interface IntentVerdict {
  readonly intent: Intent;
  readonly holds: boolean;
  /** How many senders and receivers were proven, those that nothing tells apart counted once; 0 proves nothing. */
  readonly pairs: number;
  readonly failures: readonly IntentFailure[];
}

export interface IntentFailure {
  readonly from: string;
  readonly to: string;
  /** What should pass and does not, or should not and does. */
  readonly traffic: TrafficSet;
  /** What stands in the way of an allowed flow; empty for a forbidden one that is open. */
  readonly blockers: readonly Blocker[];
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
    return { intent, from: endpoints(intent.from), to: endpoints(intent.to), traffic: traffic.ok ? traffic.value : [] };
  });
  return mistakes.length > 0 ? failure(mistakes) : success(resolved);
}

/**
 * Whether an intent holds for every sender, receiver, address and port that it means. An allowed flow has to be answered too; a forbidden
 * packet may not even arrive.
 */
export function checkIntent(reach: Reach, resolved: ResolvedIntent): IntentVerdict {
  const failures: IntentFailure[] = [];
  let pairs = 0;
  for (const { sender, receiver, journey } of journeys(reach, resolved)) {
    pairs++;
    const traffic = contradiction(resolved, journey);
    if (isEmpty(traffic)) continue;
    const allow = resolved.intent.verdict === 'allow';
    const blockers = allow ? blockersOf(reach.network, reach.filters, journey, resolved.traffic) : [];
    const found = { from: partyName(sender), to: partyName(receiver), traffic, blockers };
    if (failures.length < maximumFailures) failures.push(found);
  }
  return { intent: resolved.intent, holds: failures.length === 0, pairs, failures };
}

const maximumFailures = 20;

/** The same without telling why: as fast as can be, for asking it thousands of times. */
export function holds(reach: Reach, resolved: ResolvedIntent): boolean {
  for (const { journey } of journeys(reach, resolved)) {
    if (!isEmpty(contradiction(resolved, journey))) return false;
  }
  return true;
}

/** What of the intent's traffic does what it should not. */
function contradiction({ intent, traffic }: ResolvedIntent, journey: Journey): TrafficSet {
  if (intent.verdict === 'forbid') return intersect(journey.arrives, traffic);
  return covers(journey.allowed, traffic) ? [] : subtract(traffic, journey.allowed);
}

export interface IntentJourney {
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly journey: Journey;
}

/** The journeys that an intent is about, one for each sender and receiver that something tells apart. */
export function* journeys(reach: Reach, resolved: ResolvedIntent): Generator<IntentJourney> {
  const { network, filters } = reach;
  const classOf = classNumbers(reach);
  const seen = new Set<string>();
  for (const from of resolved.from) {
    for (const sender of senders(network, from)) {
      for (const to of resolved.to) {
        for (const receiver of receivers(network, sender, to)) {
          if (sender.interface !== null && sender.interface === receiver.interface) continue;
          const key = `${likeness(sender, classOf)}>${likeness(receiver, classOf)}>${to.byPublicAddress}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const intended = receiver.interface ? { intended: receiver.interface } : {};
          yield { sender, receiver, journey: travel(network, filters, sender, receiver.address, intended) };
        }
      }
    }
  }
}

const numbers = new WeakMap<Reach, ReadonlyMap<string, number>>();

function classNumbers(reach: Reach): ReadonlyMap<string, number> {
  const had = numbers.get(reach);
  if (had) return had;
  const made = new Map(
    classify(reach.network).flatMap((each) => each.members.map((member) => [member.id, each.index] as const)),
  );
  numbers.set(reach, made);
  return made;
}

function likeness(party: Sender | Receiver, classOf: ReadonlyMap<string, number>): string {
  if (party.interface === null) return `${party.address}`;
  const isPrimary = party.interface.addresses[0] === party.address;
  return isPrimary || party.address === party.interface.publicAddress
    ? `#${classOf.get(party.interface.id)} ${isPrimary}`
    : `${party.interface.id} ${party.address}`;
}
