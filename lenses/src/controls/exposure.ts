import type { Resource } from '@terrace/cloud/inventory';
import type { NetworkInterface, SecurityRule } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import { ask } from '../reach/ask/ask.ts';
import { intersect, isEmpty, subtract, unite } from '../reach/traffic/intervals.ts';
import { describeTraffic, noTraffic, type TrafficSet, tcpPorts, trafficSet } from '../reach/traffic/traffic-set.ts';
import type { Control, Finding, Ground } from './control.ts';
import { isWide, resourceOf } from './find.ts';

const internet: Endpoints = {
  reference: 'internet',
  interfaces: [],
  internet: true,
  range: null,
  byPublicAddress: false,
};

/** SSH, RDP and what administers machines, containers and clusters. */
const administration = ports([22, 23, 2375, 2376, 3389, 5900, 5985, 5986, 6443, 8443, 10250]);
/** Databases, caches, search and queues by their default ports. */
const stores = ports([
  1433, 1521, 2049, 3306, 5432, 5439, 5601, 5671, 5672, 6379, 8182, 9042, 9092, 9200, 9300, 11211, 27017,
]);

/** What the internet reaches, proved for IPv4 and IPv6. */
export const exposure: readonly Control[] = [
  {
    id: 'DATABASE_REACHED_FROM_INTERNET',
    severity: 'critical',
    what: words(
      'The internet reaches no database, cache or file system.',
      '인터넷에서 데이터베이스, 캐시, 파일 시스템에 연결할 수 없어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/rds-controls.html#rds-2',
    nag: [],
    find: (ground) =>
      reached(
        ground,
        ({ owner }) => owner.kind === 'database' || owner.kind === 'service',
        (traffic) => traffic,
        {
          next: words(
            'Set PubliclyAccessible to false, put it into private subnets, and let only the group of its users in.',
            'PubliclyAccessible을 false로 하고 프라이빗 서브넷에 두며, 사용하는 쪽의 보안 그룹만 허용하세요.',
          ),
        },
      ),
  },
  {
    id: 'ADMIN_PORT_REACHED_FROM_INTERNET',
    severity: 'critical',
    what: words(
      'The internet reaches no SSH, RDP or other administrative port.',
      '인터넷에서 SSH, RDP 등 관리용 포트에 연결할 수 없어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/ec2-controls.html#ec2-13',
    nag: [],
    find: (ground) =>
      reached(ground, isServer, (traffic) => intersect(traffic, administration), {
        next: words(
          'Take the rule out and open sessions by Systems Manager, or let in only the addresses that you work from.',
          '규칙을 빼고 Systems Manager 세션을 쓰거나, 작업하는 주소만 허용하세요.',
        ),
      }),
  },
  {
    id: 'STORE_PORT_REACHED_FROM_INTERNET',
    severity: 'critical',
    what: words(
      'The internet reaches no port of a database, cache or queue on an instance.',
      '인터넷에서 인스턴스의 데이터베이스, 캐시, 메시지 큐 포트에 연결할 수 없어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/ec2-controls.html#ec2-19',
    nag: [],
    find: (ground) =>
      reached(ground, isServer, (traffic) => intersect(traffic, stores), {
        next: words('Let in only the group of its users.', '사용하는 쪽의 보안 그룹만 허용하세요.'),
      }),
  },
  {
    id: 'INSTANCE_REACHED_FROM_INTERNET',
    severity: 'medium',
    what: words(
      'The internet reaches load balancers, and instances only where an intent says so.',
      '인터넷에서는 로드 밸런서에 연결하고, 인스턴스에는 통신 규칙에 적은 경우에만 연결할 수 있어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/ec2-controls.html#ec2-9',
    nag: ['AwsSolutions-EC23'],
    find: (ground) =>
      reached(
        ground,
        (each) => isServer(each) && !isDeclaredPublic(ground, each),
        (traffic) => subtract(subtract(traffic, administration), stores),
        {
          next: words(
            'Put it behind a load balancer in private subnets, or state an intent from internet to it.',
            '프라이빗 서브넷에 두고 로드 밸런서 뒤에 놓거나, 인터넷에서 오는 통신 규칙을 적으세요.',
          ),
        },
      ),
  },
];

function isServer({ owner }: NetworkInterface): boolean {
  return owner.kind === 'instance';
}

/** An intent allows the internet to talk to the resource, by the name of it. */
function isDeclaredPublic({ inventory, intents }: Ground, each: NetworkInterface): boolean {
  const resource = resourceOf(inventory, each.statedBy);
  return intents.some(
    ({ verdict, from, to }) =>
      verdict === 'allow' &&
      from.includes('internet') &&
      to.some((name) => name === each.name || name === resource?.logicalId || name === each.name.replace(/\/\d+$/, '')),
  );
}

/** One finding for each resource whose interfaces the internet reaches with some of the traffic. */
function reached(
  ground: Ground,
  is: (each: NetworkInterface) => boolean,
  of: (traffic: TrafficSet) => TrafficSet,
  { next }: { readonly next: Words },
): Finding[] {
  const found = new Map<string, Finding>();
  for (const each of publicInterfaces(ground)) {
    const resource = resourceOf(ground.inventory, each.statedBy);
    if (!is(each) || !resource || found.has(resource.key)) continue;
    const finding = reachedOne(ground, each, resource, of, next);
    if (finding) found.set(resource.key, finding);
  }
  return [...found.values()];
}

/** Only a public address, or one of IPv6, can be reached from outside. */
function publicInterfaces({ network }: Ground): NetworkInterface[] {
  const six = network.modelled?.ipv6.interfaces ?? {};
  return network.interfaces.filter(({ id, publicAddress }) => publicAddress !== null || six[id] !== undefined);
}

function reachedOne(
  ground: Ground,
  each: NetworkInterface,
  resource: Resource,
  of: (traffic: TrafficSet) => TrafficSet,
  next: Words,
): Finding | undefined {
  const to: Endpoints = {
    reference: each.name,
    interfaces: [each],
    internet: false,
    range: null,
    byPublicAddress: true,
  };
  const { pairs } = ask(ground.reach, { from: internet, to, traffic: null });
  const open = pairs.filter((pair) => isWide(pair.fromAddress) && !isEmpty(of(pair.allowed)));
  const [first] = open;
  const unsure = pairs.filter((pair) => pair.verdict === 'unknown' && isWide(pair.fromAddress));
  if (!first && unsure.length === 0) return undefined;
  const traffic = of(unite(noTraffic, ...open.map(({ allowed }) => allowed)));
  const rule = openingRule(ground, each, traffic);
  return {
    resource,
    ...(rule ? { at: rule } : {}),
    outcome: first ? 'broken' : 'unknown',
    cause: first
      ? words(
          `The internet reaches ${resource.logicalId}: ${describeTraffic(traffic)}.`,
          `인터넷에서 ${resource.logicalId}에 연결할 수 있습니다: ${describeTraffic(traffic, 'ko')}`,
        )
      : words(
          `It is not known whether the internet reaches ${resource.logicalId}.`,
          `인터넷에서 ${resource.logicalId}에 연결할 수 있는지 알 수 없습니다.`,
        ),
    next: first ? next : (unsure[0]?.unknowns[0]?.next ?? next),
    path: first ? first.path.filter(({ way }) => way === 'forward').map(({ text }) => text) : [],
  };
}

/** The rule of a group that lets it in from everywhere, where the template states it. */
function openingRule({ inventory, network }: Ground, each: NetworkInterface, traffic: TrafficSet): Finding['at'] {
  for (const group of network.securityGroups.filter(({ id }) => each.securityGroups.includes(id))) {
    const six = network.modelled?.ipv6.rules[group.id]?.ingress ?? [];
    const rule = group.ingress.find(
      (one) => isFromEverywhere(one) && !isEmpty(intersect(trafficSet(one.traffic), traffic)),
    );
    const stated = rule ? resourceOf(inventory, rule.statedBy) : undefined;
    if (rule && stated)
      return { resource: stated, path: rule.index === null ? [] : ['SecurityGroupIngress', rule.index] };
    const own = resourceOf(inventory, group.statedBy);
    if (own && six.some((one) => one.range.length === 0)) return { resource: own, path: ['SecurityGroupIngress'] };
  }
  return undefined;
}

function isFromEverywhere({ peer }: SecurityRule): boolean {
  return peer.kind === 'range' && peer.range.length <= 8;
}

function ports(list: readonly number[]): TrafficSet {
  return unite(noTraffic, ...list.map((port) => tcpPorts({ from: port, to: port })));
}
