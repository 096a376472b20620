import { type Address, formatAddress } from '@terrace/cloud/address';
import type { NetworkView } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import type { Blocker } from './blocker.ts';
import { explainAcl, explainGroup } from './explain-filter.ts';
import { explainHop, type Hop } from './explain-hop.ts';
import { explainStop } from './explain-stop.ts';
import { type Filters, openFilters } from './filters.ts';
import { covers, intersect, isEmpty } from './intervals.ts';
import type { Journey, Step } from './journey.ts';
import { indexNetwork, type NetworkIndex } from './network-index.ts';
import { partyName, type Receiver, receivers, type Sender, senders } from './parties.ts';
import { describeTraffic, type TrafficSet } from './traffic-set.ts';
import { travel } from './travel.ts';

/** A network made ready for questions; cheap to ask many times. */
export interface Reach {
  readonly network: NetworkIndex;
  readonly filters: Filters;
}

export function openReach(view: NetworkView): Reach {
  const network = indexNetwork(view);
  return { network, filters: openFilters(network) };
}

export interface Question {
  readonly from: Endpoints;
  readonly to: Endpoints;
  /** `null` asks what can pass at all. */
  readonly traffic: TrafficSet | null;
  readonly sourcePort?: number;
}

export interface Answer {
  /** From every sender to every receiver; for `traffic: null`, whether anything passes for each of them. */
  readonly reachable: boolean;
  /** One for each sender and receiver that something tells apart; those that differ only by address range are told once. */
  readonly pairs: readonly PairAnswer[];
}

export interface PairAnswer {
  readonly from: string;
  readonly to: string;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly reachable: boolean;
  /** Passes only for some of the ports that the client may choose. */
  readonly onlySometimes: boolean;
  /** What of the traffic asked for passes. */
  readonly allowed: TrafficSet;
  readonly path: readonly Hop[];
  /** Everything that stands in the way at once; empty when reachable. */
  readonly blockers: readonly Blocker[];
}

/**
 * Whether one end can reach the other: there and back, with what lets it through or all that stands in the way.
 *
 * ```ts
 * const answer = ask(openReach(view), { from, to, traffic: tcpPorts({ from: 5432, to: 5432 }) });
 * answer.pairs[0].blockers; // [{ code: 'NO_ROUTE_TO_DESTINATION', way: 'return', … }]
 * ```
 */
export function ask(reach: Reach, question: Question): Answer {
  const pairs: PairAnswer[] = [];
  for (const sender of senders(reach.network, question.from)) {
    for (const receiver of receivers(reach.network, sender, question.to)) {
      if (sender.interface !== null && sender.interface === receiver.interface && isSet(question)) continue;
      const found = askPair(reach, sender, receiver, question);
      if (!pairs.some((each) => saysTheSame(each, found))) pairs.push(found);
    }
  }
  return {
    reachable: pairs.length > 0 && pairs.every((pair) => pair.reachable),
    pairs: pairs.map((pair) => wholeInternet(pair, pairs)),
  };
}

/** Where every part of the internet gets the same answer, it is called by its name. */
function wholeInternet(pair: PairAnswer, all: readonly PairAnswer[]): PairAnswer {
  const alike = all.filter((each) => owner(each.from) === owner(pair.from) && owner(each.to) === owner(pair.to));
  if (alike.length > 1) return pair;
  const from = pair.from.startsWith('internet') ? { from: 'internet', fromAddress: '0.0.0.0/0' } : {};
  const to = pair.to.startsWith('internet') ? { to: 'internet', toAddress: '0.0.0.0/0' } : {};
  return { ...pair, ...from, ...to };
}

function isSet({ from, to }: Question): boolean {
  return from.interfaces.length > 1 || to.interfaces.length > 1;
}

function askPair(
  { network: plain, filters }: Reach,
  sender: Sender,
  receiver: Receiver,
  question: Question,
): PairAnswer {
  const network = named(plain, question, sender, receiver);
  const journey = travel(network, filters, sender, receiver.address, {
    ...(question.sourcePort === undefined ? {} : { sourcePort: question.sourcePort }),
    ...(receiver.interface ? { intended: receiver.interface } : {}),
  });
  const wanted = question.traffic;
  const allowed = wanted ? intersect(journey.allowed, wanted) : journey.allowed;
  const reachable = wanted ? covers(journey.allowed, wanted) : !isEmpty(allowed);
  const packet = firstPacket(allowed, wanted);
  return {
    from: partyName(sender),
    to: partyName(receiver),
    fromAddress: rangeText(sender.address, sender.upTo),
    toAddress: rangeText(receiver.address, receiver.upTo),
    reachable,
    onlySometimes: !reachable && wanted !== null && covers(journey.sometimes, wanted),
    allowed,
    path: journey.steps.flatMap((step) => explainHop(network, filters, step, packet) ?? []),
    blockers: reachable ? [] : blockersOf(network, filters, journey, wanted ?? journeyTraffic(journey)),
  };
}

/** A part of the internet is told as the internet where all of it was asked for. */
function named(network: NetworkIndex, { from, to }: Question, sender: Sender, receiver: Receiver): NetworkIndex {
  if (from.internet && sender.interface === null) return { ...network, standsFor: sender.address };
  if (to.internet && receiver.interface === null) return { ...network, standsFor: receiver.address };
  return network;
}

/** What explains a path best: a packet that passes, or else one that was asked for. */
function firstPacket(allowed: TrafficSet, wanted: TrafficSet | null): number | null {
  return allowed[0] ?? wanted?.[0] ?? null;
}

/** Where nothing was asked for in particular: what the last filter would have let in, so that the others can be told why not. */
function journeyTraffic(journey: Journey): TrafficSet {
  const filtering = journey.steps.filter((step) => step.kind === 'group' || step.kind === 'acl');
  const open = filtering.findLast((step) => !isEmpty(step.allowed));
  return open ? open.allowed : [0, 0];
}

export function blockersOf(network: NetworkIndex, filters: Filters, journey: Journey, wanted: TrafficSet): Blocker[] {
  return journey.steps.flatMap((step) => blockerOf(network, filters, step, wanted) ?? []);
}

function blockerOf(network: NetworkIndex, filters: Filters, step: Step, wanted: TrafficSet): Blocker | undefined {
  switch (step.kind) {
    case 'stop':
      return explainStop(network, step.stop, step.way);
    case 'group':
      return covers(step.allowed, wanted) ? undefined : explainGroup(network, filters, step, wanted);
    case 'acl':
      return covers(step.allowed, wanted) ? undefined : explainAcl(network, filters, step, wanted);
    case 'pass':
      return covers(step.allowed, wanted) ? undefined : protocolBlocker(network, filters, step, wanted);
    default:
      return undefined;
  }
}

function protocolBlocker(
  network: NetworkIndex,
  filters: Filters,
  step: Extract<Step, { kind: 'pass' }>,
  wanted: TrafficSet,
): Blocker {
  const { component } = explainHop(network, filters, step, null)!;
  const traffic = describeTraffic(step.allowed);
  return {
    code: step.by.kind === 'gateway-endpoint' ? 'VPCE_GATEWAY_PROTOCOL_RESTRICTION' : 'PROTOCOL_RESTRICTION',
    way: step.way,
    component,
    cause: {
      en: `${component.name} passes ${traffic} only, not ${describeTraffic(wanted)}.`,
      ko: `${component.name}은(는) ${traffic}만 통과시키며 ${describeTraffic(wanted)}은(는) 통과시키지 않습니다.`,
    },
    next: { en: `ask for ${traffic}`, ko: `${traffic}(으)로 물어보세요` },
    change: null,
  };
}

/** Parts of the internet that no rule tells apart in this question. */
function saysTheSame(one: PairAnswer, other: PairAnswer): boolean {
  const outside = one.from.startsWith('internet') || one.to.startsWith('internet');
  if (!outside || one.reachable !== other.reachable) return false;
  if (owner(one.from) !== owner(other.from) || owner(one.to) !== owner(other.to)) return false;
  return (
    one.blockers.map((each) => each.code + each.component.id).join() ===
    other.blockers.map((each) => each.code + each.component.id).join()
  );
}

function owner(name: string): string {
  return name.startsWith('internet') ? 'internet' : name;
}

function rangeText(from: Address, to: Address): string {
  return from === to ? formatAddress(from) : `${formatAddress(from)}-${formatAddress(to)}`;
}
