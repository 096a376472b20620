import { formatAddress6, formatPrefix6 } from '@terrace/cloud/address6';
import type { JsonObject } from '@terrace/cloud/json';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { type Words, words } from '@terrace/cloud/words';
import { component } from '../engine/components.ts';
import type { End6, Part6, Step, Stop6 } from '../engine/journey.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import { describeTraffic, type TrafficSet } from '../traffic/traffic-set.ts';
import type { Blocker, Hop } from './blocker.ts';
import { answerTraffic, ruleProperties } from './explain-filter.ts';

type SixStep = Extract<Step, { kind: 'six' }>;

/** What let a packet pass a part of its way in IPv6; `undefined` where nothing does. */
export function hopBySix(network: NetworkIndex, { way, by }: SixStep): Hop | undefined {
  switch (by.kind) {
    case 'groups':
      return {
        way,
        component: groupComponent(network, by),
        text:
          by.direction === 'egress'
            ? words(`IPv6 egress of ${by.interface.name}`, `${by.interface.name}의 IPv6 아웃바운드`)
            : words(`IPv6 ingress of ${by.interface.name}`, `${by.interface.name}의 IPv6 인바운드`),
      };
    case 'acl':
      return {
        way,
        component: component('network-acl', by.acl),
        text:
          by.direction === 'egress'
            ? words(`IPv6 out of ${by.subnet.name}`, `${by.subnet.name}에서 나가는 IPv6`)
            : words(`IPv6 into ${by.subnet.name}`, `${by.subnet.name}{으로/로} 들어오는 IPv6`),
      };
    case 'table': {
      if (by.stopped !== null || by.route === null) return undefined;
      const range = formatPrefix6(by.route.destination);
      const target = 'id' in by.route.target ? by.route.target.id : 'local';
      return {
        way,
        component: component('route-table', by.table),
        text: words(`the route ${range} to ${target}`, `경로 ${range} → ${target}`),
      };
    }
    case 'closed':
      return undefined;
  }
}

/** What keeps `wanted` from passing a part of its way in IPv6, and what would let it. */
export function blockedBySix(network: NetworkIndex, step: SixStep, wanted: TrafficSet): Blocker {
  switch (step.by.kind) {
    case 'groups':
      return blockedByGroups(network, step, step.by, wanted);
    case 'acl':
      return blockedByAcl(step, step.by, wanted);
    case 'table':
      return blockedByTable(network, step, step.by);
    case 'closed':
      return closed(step, step.by.interface);
  }
}

function closed({ way }: SixStep, each: NetworkInterface): Blocker {
  return {
    code: 'IPV6_CLOSED_TO_INTERNET',
    way,
    component: component('interface', each),
    cause: words(
      `No internet gateway passes IPv6 to ${each.name}: it is a database, an endpoint or an internal load balancer.`,
      `인터넷 게이트웨이는 ${each.name}{으로/로} IPv6를 보내지 않습니다. 데이터베이스, 엔드포인트 또는 내부 로드 밸런서입니다.`,
    ),
    next: words(
      'reach it from inside; of a load balancer, ipv6.deny_all_igw_traffic decides',
      'VPC 안에서 연결하세요. 로드 밸런서는 ipv6.deny_all_igw_traffic 속성이 정합니다',
    ),
    change: null,
  };
}

type Groups = Extract<Part6, { kind: 'groups' }>;
type Acl = Extract<Part6, { kind: 'acl' }>;
type Table = Extract<Part6, { kind: 'table' }>;

function groupComponent(network: NetworkIndex, { interface: each }: Groups) {
  const [id = ''] = each.securityGroups;
  return component('security-group', network.securityGroup(id) ?? { id, name: id, statedBy: null });
}

function blockedByGroups(network: NetworkIndex, { way }: SixStep, by: Groups, wanted: TrafficSet): Blocker {
  const { interface: each, direction, other } = by;
  const groups = each.securityGroups.flatMap((id) => network.securityGroup(id) ?? []);
  const names = groups.map(({ name }) => name).join(', ');
  const [first] = groups;
  const who = nameOf(network, other);
  const range = rangeFor(network, other);
  const [traffic, trafficKorean] = [describeTraffic(wanted), describeTraffic(wanted, 'ko')];
  const isEgress = direction === 'egress';
  const [toOrFrom, toOrFromKorean] = isEgress ? ['to', '{으로/로} 나가는'] : ['from', '에서 들어오는'];
  const isEmpty = groups.every(
    (group) => group[direction].length === 0 && (network.modelled.ipv6.rules[group.id]?.[direction] ?? []).length === 0,
  );
  return {
    code: isEmpty ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH',
    way,
    component: groupComponent(network, by),
    cause: words(
      `${names} of ${each.name} has no IPv6 ${direction} rule for ${traffic} ${toOrFrom} ${who}.`,
      `${each.name}의 보안 그룹 ${names}에 ${who}${toOrFromKorean} ${trafficKorean}{을/를} 허용하는 IPv6 ${isEgress ? '아웃바운드' : '인바운드'} 규칙이 없습니다.`,
    ),
    next: words(
      `add to ${first?.name ?? 'its group'} an ${direction} rule: ${traffic} ${toOrFrom} ${range}`,
      `${first?.name ?? '그룹'}에 ${isEgress ? '아웃바운드' : '인바운드'} 규칙을 추가하세요: ${range}${toOrFromKorean} ${trafficKorean}`,
    ),
    change: first
      ? {
          type: isEgress ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress',
          action: 'add',
          properties: { GroupId: first.id, ...ruleProperties6(wanted), CidrIpv6: range },
        }
      : null,
  };
}

/** A ping is of another protocol here. */
function ruleProperties6(wanted: TrafficSet): JsonObject {
  const properties = ruleProperties(wanted);
  return properties.IpProtocol === 'icmp' ? { IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1 } : properties;
}

function blockedByAcl({ way }: SixStep, { acl, subnet, direction, clientPorts }: Acl, wanted: TrafficSet): Blocker {
  const needed = clientPorts === null ? wanted : answerTraffic(wanted, clientPorts);
  const [traffic, trafficKorean] = [describeTraffic(needed), describeTraffic(needed, 'ko')];
  const isEgress = direction === 'egress';
  const [verb, verbKorean] = isEgress ? ['leave', '에서 나갈'] : ['enter', '{으로/로} 들어올'];
  const isBack = way === 'return';
  return {
    code: 'SUBNET_ACL_RESTRICTION',
    way,
    component: component('network-acl', acl),
    cause: words(
      `${traffic} may not ${verb} ${subnet.name} by IPv6: ${acl.name} denies it, or has no entry that allows it.${isBack ? ' ACLs keep no memory of the request.' : ''}`,
      `${trafficKorean}{이/가} IPv6로 ${subnet.name}${verbKorean} 수 없습니다. ${acl.name}{이/가} 거부하거나 허용하는 항목이 없습니다.${isBack ? ' 네트워크 ACL은 요청을 기억하지 않습니다.' : ''}`,
    ),
    next: words(
      `add to ${acl.name} an ${direction} entry that allows ${traffic} for an IPv6 range`,
      `${acl.name}에 ${trafficKorean}{을/를} 허용하는 IPv6 ${isEgress ? '아웃바운드' : '인바운드'} 항목을 추가하세요`,
    ),
    change: null,
  };
}

function blockedByTable(network: NetworkIndex, { way }: SixStep, by: Table): Blocker {
  const stopped = by.stopped ?? 'NO_ROUTE_TO_DESTINATION';
  return {
    code: stopped,
    way,
    component: component('route-table', by.table),
    cause: causes(by.table.name, nameOf(network, by.to))[stopped],
    next: next(network, by, stopped),
    change: null,
  };
}

function causes(table: string, address: string): Readonly<Record<Stop6, Words>> {
  return {
    NO_ROUTE_TO_DESTINATION: words(
      `${table} has no IPv6 route that holds ${address}: the packet is dropped.`,
      `${table}에 ${address}{을/를} 포함하는 IPv6 경로가 없어 패킷이 버려집니다.`,
    ),
    BAD_STATE_ROUTE: words(
      `The IPv6 route of ${table} for ${address} leads to a target that is not there.`,
      `${table}에서 ${address}{을/를} 포함하는 IPv6 경로의 대상이 없습니다.`,
    ),
    NO_POSSIBLE_DESTINATION: words(
      `${table} keeps ${address} within the VPC, and nothing there has it.`,
      `${table}{은/는} ${address}{을/를} VPC 안으로 보내지만 그 주소를 가진 것이 없습니다.`,
    ),
    EGRESS_ONLY_GATEWAY_NO_INBOUND: words(
      `${table} leads out by an egress-only internet gateway, which lets nothing be started from outside.`,
      `${table}{은/는} 송신 전용 인터넷 게이트웨이로 나가며, 이 게이트웨이는 밖에서 시작한 연결을 허용하지 않습니다.`,
    ),
    PCX_REQUIRES_ADDRESS_IN_VPC_CIDR: words(
      `${table} sends ${address} over a peering, which passes packets from one VPC's own range to the other's only.`,
      `${table}{은/는} ${address}{을/를} 피어링으로 보내지만, 피어링은 한 VPC의 CIDR 블록에서 다른 VPC의 CIDR 블록으로 가는 패킷만 통과시킵니다.`,
    ),
    ROUTE_LOOP: words(
      `The IPv6 routes for ${address} lead in a circle.`,
      `${address}{으로/로} 가는 IPv6 경로가 순환합니다.`,
    ),
  };
}

function next(network: NetworkIndex, { table: { name: table }, to, at }: Table, stopped: Stop6): Words {
  if (stopped === 'EGRESS_ONLY_GATEWAY_NO_INBOUND') {
    return words(
      `lead ::/0 of ${table} to an internet gateway if it is to be called from outside`,
      `밖에서 연결해야 한다면 ${table}의 ::/0 경로를 인터넷 게이트웨이로 바꾸세요`,
    );
  }
  if (stopped === 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR') {
    return words('use a gateway of the own VPC', '자기 VPC의 게이트웨이를 쓰세요');
  }
  if (stopped !== 'NO_ROUTE_TO_DESTINATION') {
    return words('point the IPv6 route at something that is there', 'IPv6 경로가 실제로 있는 대상을 가리키게 하세요');
  }
  const far = to.interface !== null && to.interface.vpc !== at.vpc ? network.vpc(to.interface.vpc) : undefined;
  if (far) {
    const range = (network.modelled.ipv6.ranges[far.id] ?? []).map(formatPrefix6).join(', ');
    return words(
      `add to ${table} an IPv6 route ${range} over a peering with ${far.name}`,
      `${table}에 ${far.name}{과/와}의 피어링으로 가는 IPv6 경로 ${range}{을/를} 추가하세요`,
    );
  }
  return words(
    `add to ${table} a route ::/0 to an internet gateway, or to an egress-only internet gateway where nothing is to come in`,
    `${table}에 인터넷 게이트웨이로 가는 ::/0 경로를 추가하세요. 들어오는 연결이 없어야 하면 송신 전용 인터넷 게이트웨이로 보내세요`,
  );
}

function nameOf(network: NetworkIndex, { address, interface: holder }: End6): string {
  if (!holder) return `internet (${formatAddress6(address)})`;
  const [own = address] = network.modelled.ipv6.addresses[holder.id] ?? [];
  return `${formatAddress6(own)} (${holder.name})`;
}

/** The range that a rule would name: the subnet's, of which AWS chooses; all of the internet for somebody outside. */
function rangeFor(network: NetworkIndex, { interface: holder }: End6): string {
  const range = holder ? network.modelled.ipv6.interfaces[holder.id] : undefined;
  return range ? formatPrefix6(range) : '::/0';
}
