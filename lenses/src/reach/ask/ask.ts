import { type Address, formatAddress } from '@terrace/cloud/address';
import type { NetworkView } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { type Filters, openFilters } from '../engine/filters.ts';
import type { Journey, Step } from '../engine/journey.ts';
import { type BothFamilies, joined, journeyBetween } from '../engine/journey-between.ts';
import { classNumbers, likeness } from '../engine/likeness.ts';
import { indexNetwork, type NetworkIndex } from '../engine/network-index.ts';
import { partyName, type Receiver, receivers, type Sender, senders } from '../engine/parties.ts';
import type { Blocker, Hop } from '../explain/blocker.ts';
import { unknownsOf } from '../explain/explain-doubt.ts';
import { explainAcl, explainGroup } from '../explain/explain-filter.ts';
import { explainHop } from '../explain/explain-hop.ts';
import { blockedBySix } from '../explain/explain-six.ts';
import { explainStop } from '../explain/explain-stop.ts';
import { covers, includes, intersect, isEmpty } from '../traffic/intervals.ts';
import { describeTraffic, type TrafficSet } from '../traffic/traffic-set.ts';
import { ask6 } from './ask-by-ipv6.ts';
import type { Answer, PairAnswer, Question, Reach } from './question.ts';
import { all, type Verdict, verdictOf } from './verdict.ts';

export function openReach(view: NetworkView): Reach {
  const network = indexNetwork(view);
  return { network, filters: openFilters(network) };
}

/** So many pairs are told at most; all are proven. */
export const mostPairs = 1000;

/**
 * Whether one end can reach the other: there and back, with what lets it through or all that stands in the way.
 *
 * ```ts
 * const answer = ask(openReach(view), { from, to, traffic: tcpPorts({ from: 5432, to: 5432 }) });
 * answer.pairs[0].blockers; // [{ code: 'NO_ROUTE_TO_DESTINATION', way: 'return', … }]
 * ```
 *
 * @param limit how many pairs are told; the rest is proven and counted
 */
export function ask(reach: Reach, question: Question, limit = mostPairs): Answer {
  if (familyOf(question) === 6) {
    const { filters } = reach;
    return ask6(reach, question, limit, {
      blockers: (journey, { traffic }) =>
        blockersOf(reach.network, filters, journey, traffic ?? journeyTraffic(journey)),
      unknowns: (journey, { traffic }) => unknownsOf(reach.network, journey, traffic ?? journeyTraffic(journey)),
    });
  }
  const pairs = new Map<string, { pair: PairAnswer; standsFor: number }>();
  const verdicts = new Set<Verdict>();
  const untold = new Set<string>();
  const classOf = classNumbers(reach.network);
  for (const sender of senders(reach.network, question.from)) {
    const from = likeness(sender, classOf);
    for (const receiver of receivers(reach.network, sender, question.to)) {
      if (sender.interface !== null && sender.interface === receiver.interface && isSet(question)) continue;
      const key = `${from}>${likeness(receiver, classOf)}>${sender.interface === receiver.interface}`;
      const had = pairs.get(key);
      if (had) {
        had.standsFor++;
        continue;
      }
      if (untold.has(key)) continue;
      if (pairs.size >= limit) {
        untold.add(key);
        verdicts.add(verdictOf(journeyOf(reach, sender, receiver, question).whole, question.traffic));
        continue;
      }
      const found = askPair(reach, sender, receiver, question);
      verdicts.add(found.verdict);
      const same = isOutside(found) && [...pairs.values()].find(({ pair }) => saysTheSame(pair, found));
      if (!same) pairs.set(key, { pair: found, standsFor: 1 });
    }
  }
  const told = [...pairs.values()].map(({ pair, standsFor }) => ({ ...pair, standsFor }));
  return {
    verdict: all([...verdicts]),
    pairs: told.map((pair) => wholeInternet(pair, told)),
    more: untold.size,
  };
}

/** An IPv6 address or range can only be asked about by IPv6. */
function familyOf({ family, from, to }: Question): 4 | 6 | undefined {
  return from.range6 || to.range6 ? 6 : family;
}

function journeyOf({ network, filters }: Reach, sender: Sender, receiver: Receiver, question: Question): BothFamilies {
  const more = question.sourcePort === undefined ? {} : { sourcePort: question.sourcePort };
  const found = journeyBetween(network, filters, sender, receiver, more);
  if (question.family === 4) return { whole: found.four, four: found.four, six: null };
  return found.six ? { ...found, whole: joined(found.four, found.six, true) } : found;
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

function askPair(reach: Reach, sender: Sender, receiver: Receiver, question: Question): PairAnswer {
  const { filters } = reach;
  const network = named(reach.network, question, sender, receiver);
  const { whole: journey, four, six } = journeyOf({ network, filters }, sender, receiver, question);
  const wanted = question.traffic;
  const allowed = wanted ? intersect(journey.allowed, wanted) : journey.allowed;
  const verdict = verdictOf(journey, wanted);
  const packet = firstPacket(allowed, wanted);
  const about = wanted ?? journeyTraffic(journey);
  return {
    from: partyName(sender),
    to: partyName(receiver),
    fromAddress: addressText(sender),
    toAddress: addressText(receiver),
    verdict,
    standsFor: 1,
    onlySometimes: verdict === 'no' && wanted !== null && covers(journey.sometimes, wanted),
    allowed,
    overIpv6: six && (wanted ? intersect(six.allowed, wanted) : six.allowed),
    // The way of IPv4 is no way for what passes by IPv6 alone.
    path: pathOf(network, filters, six && verdictOf(four, wanted) !== 'yes' ? six : four, packet),
    blockers: verdict === 'no' ? blockersOf(network, filters, journey, about) : [],
    unknowns: verdict === 'yes' ? [] : unknownsOf(network, journey, about),
  };
}

function pathOf(network: NetworkIndex, filters: Filters, { steps }: Journey, packet: number | null): Hop[] {
  return steps
    .filter((step) => step.of === undefined || packet === null || includes(step.of, packet))
    .flatMap((step) => explainHop(network, filters, step, packet) ?? []);
}

/** The address that AWS chooses for a service's interface is not known before it stands. */
function addressText(party: Sender | Receiver): string {
  const owner = party.interface?.owner;
  const isChosen =
    owner?.kind === 'service' && !owner.isAddressKnown && party.address !== party.interface?.publicAddress;
  return isChosen ? '?' : rangeText(party.address, party.upTo);
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
      return step.of && isEmpty(intersect(step.of, wanted)) ? undefined : explainStop(network, step.stop, step.way);
    case 'group':
      return covers(step.perhaps?.most ?? step.allowed, wanted)
        ? undefined
        : explainGroup(network, filters, step, step.asks ?? wanted);
    case 'acl':
      return covers(step.perhaps?.most ?? step.allowed, wanted)
        ? undefined
        : explainAcl(network, filters, step, step.asks ?? wanted);
    case 'six':
      return covers(step.allowed, wanted) ? undefined : blockedBySix(network, step, wanted);
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
    cause: words(
      `${component.name} passes ${traffic} only, not ${describeTraffic(wanted)}.`,
      `${component.name}{은/는} ${describeTraffic(step.allowed, 'ko')}만 전달하며 ${describeTraffic(wanted, 'ko')}{은/는} 전달하지 않습니다.`,
    ),
    next: words(
      `ask for ${traffic}, for example with --protocol tcp`,
      '--protocol tcp처럼 프로토콜을 지정해 다시 실행하세요',
    ),
    change: null,
  };
}

/** Parts of the internet that no rule tells apart in this question. */
function saysTheSame(one: PairAnswer, other: PairAnswer): boolean {
  if (!isOutside(one) || one.verdict !== other.verdict) return false;
  if (owner(one.from) !== owner(other.from) || owner(one.to) !== owner(other.to)) return false;
  return (
    one.blockers.map((each) => each.code + each.component.id).join() ===
    other.blockers.map((each) => each.code + each.component.id).join()
  );
}

function isOutside({ from, to }: PairAnswer): boolean {
  return from.startsWith('internet') || to.startsWith('internet');
}

function owner(name: string): string {
  return name.startsWith('internet') ? 'internet' : name;
}

function rangeText(from: Address, to: Address): string {
  return from === to ? formatAddress(from) : `${formatAddress(from)}-${formatAddress(to)}`;
}
