import { failure, mistake, type Result, success } from '@terrace/cloud/mistake';
import type { PortRange } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import {
  allIcmp,
  allTcp,
  allTraffic,
  allUdp,
  echoRequest,
  type TrafficSet,
  tcpPorts,
  trafficSet,
  udpPorts,
} from './traffic-set.ts';

export interface AskedTraffic {
  /** `null` where neither port nor protocol was given: what can pass at all. */
  readonly traffic: TrafficSet | null;
  readonly sourcePort?: number;
}

/** What `--protocol`, `--port` and `--source-port` ask about. Mistakes: `UNKNOWN_PROTOCOL`, `PORT_OUT_OF_RANGE`, `PROTOCOL_WITHOUT_PORTS`. */
export function readTraffic(options: Readonly<Record<string, unknown>>): Result<AskedTraffic> {
  const { protocol, port, sourcePort } = options;
  if (protocol === undefined && port === undefined && sourcePort === undefined) return success({ traffic: null });
  const traffic = trafficOf(String(protocol ?? 'tcp'), port === undefined ? 'all' : String(port));
  if (!traffic.ok) return traffic;
  const hasPorts = /^(tcp|udp|6|17)$/i.test(String(protocol ?? 'tcp'));
  if (!hasPorts && (port !== undefined || sourcePort !== undefined)) return failure([noPorts(String(protocol))]);
  if (sourcePort === undefined) return success({ traffic: traffic.value });
  const source = readPorts(String(sourcePort));
  return source && source.from === source.to
    ? success({ traffic: traffic.value, sourcePort: source.from })
    : failure([wrongPort(String(sourcePort))]);
}

/**
 * The traffic of an intent or a question: a protocol's name or number, with `all`, `8080`, `8000-8100` or several with commas as ports.
 * `icmp` alone means ping.
 */
export function trafficOf(protocol: string, ports: string): Result<TrafficSet> {
  const name = protocol.toLowerCase();
  const listed = ports === 'all' ? null : ports.split(',').map((each) => readPorts(each.trim()));
  if (listed?.includes(undefined)) return failure([wrongPort(ports)]);
  const ranges = listed as readonly PortRange[] | null;
  const unite = (make: (range: PortRange) => TrafficSet, whole: TrafficSet): TrafficSet =>
    ranges === null ? whole : ranges.flatMap(make).sort((one, other) => one - other);
  if (name === 'all' || name === '-1') return success(allTraffic);
  if (name === 'tcp' || name === '6') return success(unite(tcpPorts, allTcp));
  if (name === 'udp' || name === '17') return success(unite(udpPorts, allUdp));
  if (name === 'icmp' || name === '1') return success(echoRequest);
  if (name === 'icmp-all') return success(allIcmp);
  const number = /^\d{1,3}$/.test(name) ? Number(name) : undefined;
  if (number !== undefined && number <= 255) return success(trafficSet({ protocol: 'other', number }));
  return failure([
    mistake(
      'UNKNOWN_PROTOCOL',
      {},
      {
        cause: words(`${protocol} is no protocol.`, `${protocol}{은/는} 프로토콜이 아닙니다.`),
        next: words(
          'use tcp, udp, icmp, all or a number from 0 to 255',
          'tcp, udp, icmp, all 또는 0~255의 번호를 쓰세요',
        ),
      },
    ),
  ]);
}

function readPorts(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}

function noPorts(protocol: string) {
  return mistake(
    'PROTOCOL_WITHOUT_PORTS',
    { path: '--port' },
    {
      cause: words(`A port means nothing with ${protocol}.`, `${protocol}에는 포트가 없습니다.`),
      next: words(
        'leave the port out, or ask about tcp or udp',
        '포트를 빼거나 --protocol tcp 또는 udp로 다시 실행하세요',
      ),
    },
  );
}

function wrongPort(text: string) {
  return mistake(
    'PORT_OUT_OF_RANGE',
    {},
    {
      cause: words(`${text} is neither a port nor a range of ports.`, `${text}{은/는} 포트나 포트 범위가 아닙니다.`),
      next: words(
        'a port is a whole number from 0 to 65535; a range is written 8000-8100',
        '포트는 0~65535의 정수이고, 범위는 8000-8100처럼 씁니다',
      ),
    },
  );
}
