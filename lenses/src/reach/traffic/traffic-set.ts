import type { PortRange, Traffic } from '@terrace/cloud/views/network';
import { type Language, type Words, words } from '@terrace/cloud/words';
import { type Intervals, includes, intersect, interval, isEmpty, none, pairsOf, unite } from './intervals.ts';

/**
 * Kinds of packets as one line of numbers, so that a set of them is a set of intervals: TCP by destination port,
 * UDP by destination port, ICMP by type and code, and every other protocol by its number.
 */
export type TrafficSet = Intervals;

const tcpStart = 0;
const udpStart = 0x10000;
const icmpStart = 0x20000;
const otherStart = 0x30000;

export const allTcp: TrafficSet = interval(tcpStart, tcpStart + 0xffff);
export const allUdp: TrafficSet = interval(udpStart, udpStart + 0xffff);
export const allIcmp: TrafficSet = interval(icmpStart, icmpStart + 0xffff);
const allOthers: TrafficSet = interval(otherStart, otherStart + 0xff);
export const allTraffic: TrafficSet = interval(tcpStart, otherStart + 0xff);
export const noTraffic: TrafficSet = none;

/** What `ping` sends. */
export const echoRequest: TrafficSet = interval(icmpStart + 8 * 256, icmpStart + 8 * 256);
export const echoReply: TrafficSet = interval(icmpStart, icmpStart);

export function trafficSet(traffic: Traffic): TrafficSet {
  switch (traffic.protocol) {
    case 'all':
      return allTraffic;
    case 'tcp':
      return tcpPorts(traffic.ports);
    case 'udp':
      return udpPorts(traffic.ports);
    case 'icmp':
      return icmpPackets(traffic.type, traffic.code);
    case 'icmpv6':
      return protocolNumbered(58);
    case 'other':
      return protocolNumbered(traffic.number);
  }
}

/**
 * The same for a rule about IPv6, where ICMPv6 is the ICMP that is asked about: echo request and reply change places with the types that bear
 * ICMP's numbers of them, so that a ping is a ping in both families.
 *
 * https://www.iana.org/assignments/icmpv6-parameters/
 */
export function trafficSet6(traffic: Traffic): TrafficSet {
  switch (traffic.protocol) {
    case 'icmp':
      return protocolNumbered(1);
    case 'icmpv6':
      return icmpPackets(traffic.type === null ? null : (echoTypes[traffic.type] ?? traffic.type), traffic.code);
    default:
      return trafficSet(traffic);
  }
}

const echoTypes: Readonly<Record<number, number>> = { 128: 8, 129: 0, 8: 128, 0: 129 };

function icmpPackets(type: number | null, code: number | null): TrafficSet {
  if (type === null) return allIcmp;
  const first = icmpStart + type * 256;
  return code === null ? interval(first, first + 255) : interval(first + code, first + code);
}

function protocolNumbered(number: number): TrafficSet {
  return interval(otherStart + number, otherStart + number);
}

export function tcpPorts({ from, to }: PortRange): TrafficSet {
  return interval(tcpStart + from, tcpStart + to);
}

export function udpPorts({ from, to }: PortRange): TrafficSet {
  return interval(udpStart + from, udpStart + to);
}

/**
 * What of a connection's traffic gets its answer back where `allowed` may pass that way. TCP and UDP are answered to a
 * port of the client's; ping by its reply; other protocols by themselves.
 *
 * @param clientPorts The ports that the client may have chosen.
 * @returns `always`: answered whatever port was chosen; `sometimes`: answered for some of them.
 */
export function answered(allowed: TrafficSet, clientPorts: PortRange): { always: TrafficSet; sometimes: TrafficSet } {
  if (allowed.length === 2 && allowed[0] === 0 && allowed[1] === otherStart + 0xff) {
    return { always: allTraffic, sometimes: allTraffic };
  }
  const tcp = shareOf(allowed, tcpPorts(clientPorts));
  const udp = shareOf(allowed, udpPorts(clientPorts));
  const ping = shareOf(allowed, echoReply) === 'all' ? allIcmp : withoutPing;
  const others = intersect(allowed, allOthers);
  const part = (share: Share, wanted: readonly Share[], set: TrafficSet) => (wanted.includes(share) ? set : none);
  return {
    always: unite(part(tcp, ['all'], allTcp), part(udp, ['all'], allUdp), ping, others),
    sometimes: unite(part(tcp, ['all', 'some'], allTcp), part(udp, ['all', 'some'], allUdp), ping, others),
  };
}

/** ICMP messages other than echo requests are not answered, so nothing has to come back. */
const withoutPing: TrafficSet = unite(
  interval(icmpStart, icmpStart + 8 * 256 - 1),
  interval(icmpStart + 9 * 256, icmpStart + 0xffff),
);

type Share = 'all' | 'some' | 'none';

function shareOf(allowed: TrafficSet, wanted: TrafficSet): Share {
  const common = intersect(allowed, wanted);
  if (isEmpty(common)) return 'none';
  return common.length === 2 && common[0] === wanted[0] && common[1] === wanted[1] ? 'all' : 'some';
}

/** For example `tcp 80, 443, 8000-8100; udp 53; icmp`, in Korean `tcp 80, 443, 8000-8100 · udp 53 · icmp`. */
export function describeTraffic(set: TrafficSet, language: Language = 'en'): string {
  if (set.length === 2 && set[0] === allTraffic[0] && set[1] === allTraffic[1]) return everything[language];
  const parts = [
    ports('tcp', intersect(set, allTcp), tcpStart),
    ports('udp', intersect(set, allUdp), udpStart),
    icmp(intersect(set, allIcmp)),
    others(intersect(set, allOthers)),
  ].filter((part) => part !== null);
  if (parts.length === 0) return nothing[language];
  return parts.map((part) => part[language]).join(language === 'ko' ? ' · ' : '; ');
}

const everything = words('all traffic', '모든 트래픽');
const nothing = words('nothing', '없음');

/** The same as plain data, for `--json`. */
export function trafficData(set: TrafficSet): { protocol: string; ports?: PortRange; type?: number; code?: number }[] {
  if (set.length === 2 && set[0] === allTraffic[0] && set[1] === allTraffic[1]) return [{ protocol: 'all' }];
  const range =
    (protocol: string, start: number) =>
    ([from, to]: [number, number]) => ({
      protocol,
      ports: { from: from - start, to: to - start },
    });
  return [
    ...pairsOf(intersect(set, allTcp)).map(range('tcp', tcpStart)),
    ...pairsOf(intersect(set, allUdp)).map(range('udp', udpStart)),
    ...icmpData(intersect(set, allIcmp)),
    ...pairsOf(intersect(set, allOthers)).flatMap(([from, to]) =>
      to - from > 200
        ? [{ protocol: 'other' }]
        : sequence(from, to).map((each) => ({ protocol: `${each - otherStart}` })),
    ),
  ];
}

function icmpData(set: TrafficSet): { protocol: string; type?: number; code?: number }[] {
  if (set.length === 2 && set[0] === allIcmp[0] && set[1] === allIcmp[1]) return [{ protocol: 'icmp' }];
  return icmpTypes(set).map(({ type, code }) => ({ protocol: 'icmp', type, ...(code === null ? {} : { code }) }));
}

function icmpTypes(set: TrafficSet): { type: number; code: number | null }[] {
  const found: { type: number; code: number | null }[] = [];
  for (let type = 0; type < 256; type++) {
    const whole = interval(icmpStart + type * 256, icmpStart + type * 256 + 255);
    const part = intersect(set, whole);
    if (isEmpty(part)) continue;
    if (part[0] === whole[0] && part[1] === whole[1]) found.push({ type, code: null });
    else for (const code of sequence(0, 255)) if (includes(part, whole[0]! + code)) found.push({ type, code });
  }
  return found;
}

function ports(name: string, set: TrafficSet, start: number): Words | null {
  if (isEmpty(set)) return null;
  const ranges = pairsOf(set).map(([from, to]) => (from === to ? `${from - start}` : `${from - start}-${to - start}`));
  if (ranges.join() === '0-65535') return words(`${name} (every port)`, `${name} (모든 포트)`);
  return inBoth(`${name} ${ranges.join(', ')}`);
}

function icmp(set: TrafficSet): Words | null {
  if (isEmpty(set)) return null;
  if (set[0] === allIcmp[0] && set[1] === allIcmp[1]) return inBoth('icmp');
  const types = icmpTypes(set);
  if (types.length > 8) {
    return words(`icmp (${types.length} types and codes)`, `icmp (유형과 코드 ${types.length}가지)`);
  }
  const named = (typeName: string, codeName: string) =>
    types
      .map(({ type, code }) => (code === null ? `${typeName} ${type}` : `${typeName} ${type} ${codeName} ${code}`))
      .join(', ');
  return words(`icmp ${named('type', 'code')}`, `icmp ${named('유형', '코드')}`);
}

function others(set: TrafficSet): Words | null {
  if (isEmpty(set)) return null;
  const numbers = pairsOf(set).map(([from, to]) =>
    from === to ? `${from - otherStart}` : `${from - otherStart}-${to - otherStart}`,
  );
  if (set[0] === allOthers[0] && set[1] === allOthers[1]) return words('other protocols', '그 밖의 프로토콜');
  return words(`protocol ${numbers.join(', ')}`, `프로토콜 ${numbers.join(', ')}`);
}

function inBoth(text: string): Words {
  return words(text, text);
}

function sequence(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
