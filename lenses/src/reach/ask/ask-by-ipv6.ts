import { formatAddress6, formatPrefix6, type Prefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import { component } from '../engine/components.ts';
import { anywhere6 } from '../engine/ipv6/parts6.ts';
import { travel6 } from '../engine/ipv6/travel6.ts';
import type { Journey } from '../engine/journey.ts';
import { classNumbers } from '../engine/likeness.ts';
import type { Blocker } from '../explain/blocker.ts';
import { explainHop } from '../explain/explain-hop.ts';
import { intersect } from '../traffic/intervals.ts';
import { noTraffic } from '../traffic/traffic-set.ts';
import type { Answer, PairAnswer, Question, Reach } from './question.ts';
import { all, verdictOf } from './verdict.ts';

/** How the answers of both families are made: what stands in the way of a journey, and what is not known of it. */
export interface Explain {
  readonly blockers: (journey: Journey, question: Question) => Blocker[];
  readonly unknowns: (journey: Journey, question: Question) => Blocker[];
}

/** The question by IPv6 alone: an interface without such an address can neither ask nor be asked. */
export function ask6(reach: Reach, question: Question, limit: number, explain: Explain): Answer {
  const { from, to } = question;
  const classOf = classNumbers(reach.network);
  const pairs = new Map<string, PairAnswer>();
  const untold = new Set<string>();
  const isSet = from.interfaces.length > 1 || to.interfaces.length > 1;
  for (const sender of endsOf(reach, from)) {
    for (const receiver of endsOf(reach, to)) {
      if (sender === null && receiver === null) continue;
      if (sender === receiver && isSet) continue;
      const key = `${likeness(sender, classOf)}>${likeness(receiver, classOf)}>${sender === receiver}`;
      const had = pairs.get(key);
      if (had) pairs.set(key, { ...had, standsFor: had.standsFor + 1 });
      else if (pairs.size < limit) pairs.set(key, pairOf(reach, question, sender, receiver, explain));
      else untold.add(key);
    }
  }
  const told = [...pairs.values()];
  return { verdict: all([...new Set(told.map((pair) => pair.verdict))]), pairs: told, more: untold.size };
}

/** Interfaces as the index has them; `null` is the outside. */
function endsOf({ network }: Reach, { interfaces, internet, range6 }: Endpoints): (NetworkInterface | null)[] {
  const inside = interfaces.flatMap((each) => network.interface(each.id) ?? []);
  const isOutside = internet || (range6 !== undefined && (inside.length === 0 || range6.length < 128));
  return isOutside ? [...inside, null] : inside;
}

function likeness(end: NetworkInterface | null, classOf: ReadonlyMap<string, number>): string {
  return end === null ? 'outside' : `#${classOf.get(end.id) ?? end.id}`;
}

function pairOf(
  reach: Reach,
  question: Question,
  sender: NetworkInterface | null,
  receiver: NetworkInterface | null,
  explain: Explain,
): PairAnswer {
  const { network, filters } = reach;
  const outside = (sender === null ? question.from : question.to).range6 ?? anywhere6;
  const journey = travel6(network, filters, sender, receiver, outside);
  const shown = {
    from: sender?.name ?? nameOf(question.from),
    to: receiver?.name ?? nameOf(question.to),
    fromAddress: addressOf(reach, sender, outside),
    toAddress: addressOf(reach, receiver, outside),
    standsFor: 1,
    onlySometimes: false,
  };
  if (journey === null) {
    const lacking = [sender, receiver].filter((each) => each && !network.modelled.ipv6.interfaces[each.id]);
    const blockers = lacking.flatMap((each) => (each ? [noAddress(each)] : []));
    return { ...shown, verdict: 'no', allowed: noTraffic, overIpv6: null, path: [], blockers, unknowns: [] };
  }
  const allowed = question.traffic ? intersect(journey.allowed, question.traffic) : journey.allowed;
  const verdict = verdictOf(journey, question.traffic);
  return {
    ...shown,
    verdict,
    allowed,
    overIpv6: allowed,
    path: journey.steps.flatMap((step) => explainHop(network, filters, step, null) ?? []),
    blockers: verdict === 'no' ? explain.blockers(journey, question) : [],
    unknowns: verdict === 'yes' ? [] : explain.unknowns(journey, question),
  };
}

function nameOf({ internet, reference }: Endpoints): string {
  return internet ? 'internet' : reference;
}

function addressOf({ network }: Reach, end: NetworkInterface | null, outside: Prefix6): string {
  if (end !== null) {
    const [own] = network.modelled.ipv6.addresses[end.id] ?? [];
    return own === undefined ? '-' : formatAddress6(own);
  }
  if (outside === anywhere6) return '::/0';
  return outside.length === 128 ? formatAddress6(outside.first) : formatPrefix6(outside);
}

function noAddress(each: NetworkInterface): Blocker {
  return {
    code: 'NO_IPV6_ADDRESS',
    way: 'forward',
    component: component('interface', each),
    cause: words(`${each.name} has no IPv6 address.`, `${each.name}에 IPv6 주소가 없습니다.`),
    next: words(
      'give its subnet an IPv6 range (Ipv6CidrBlock) and it an address (AssignIpv6AddressOnCreation or Ipv6AddressCount)',
      '서브넷에 IPv6 CIDR 블록(Ipv6CidrBlock)을, 인터페이스에 주소(AssignIpv6AddressOnCreation 또는 Ipv6AddressCount)를 주세요',
    ),
    change: null,
  };
}
