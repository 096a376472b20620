import type { Address } from '@terrace/cloud/address';
import type { JsonObject } from '@terrace/cloud/json';
import type { NetworkInterface, PortRange } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { addressName, component, rangeFor } from '../engine/components.ts';
import type { Filters } from '../engine/filters.ts';
import type { Step } from '../engine/journey.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import { includes } from '../traffic/intervals.ts';
import { describeTraffic, type TrafficSet, tcpPorts, trafficData, udpPorts } from '../traffic/traffic-set.ts';
import type { Blocker } from './blocker.ts';

type GroupStep = Extract<Step, { kind: 'group' }>;
type AclStep = Extract<Step, { kind: 'acl' }>;

/** Why the groups of an interface let `wanted` not through, and the rule that would. */
export function explainGroup(network: NetworkIndex, filters: Filters, step: GroupStep, wanted: TrafficSet): Blocker {
  const { interface: each, direction, other, membershipLost } = step;
  const groups = each.securityGroups.flatMap((id) => network.securityGroup(id) ?? []);
  const [first] = groups;
  const holder = membershipLost ? holderOf(network, each, other.address) : other.member;
  const lost =
    membershipLost !== null &&
    holder !== null &&
    filters.groups(each, direction, { ...other, member: holder }).length > 0;
  const empty = groups.every((group) => group[direction].length === 0);
  const names = groups.map((group) => group.name).join(', ');
  const [traffic, trafficKorean] = [describeTraffic(wanted), describeTraffic(wanted, 'ko')];
  const who = addressName(network, other.address, other.member?.vpc);
  const peerGroup = membershipLost ? undefined : groupToName(network, each, other.member);
  const peer = peerGroup ? peerGroup.name : rangeFor(network, other.address);
  const [toOrFrom, toOrFromKorean] = direction === 'egress' ? ['to', '{으로/로} 나가는'] : ['from', '에서 들어오는'];
  return {
    code: lost ? 'SG_REFERENCES_NOT_PRESERVED' : empty ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH',
    way: step.way,
    component: first
      ? component('security-group', first)
      : {
          kind: 'security-group',
          id: each.securityGroups[0] ?? '',
          name: each.securityGroups[0] ?? '',
          statedBy: null,
        },
    cause: lost
      ? words(
          `${names} of ${each.name} admits a group, but ${membershipLost.name} forwards the packet and the sender's group is lost there.`,
          `${each.name}의 ${names}{은/는} 그룹을 허용하지만, ${membershipLost.name}{이/가} 패킷을 전달하면서 보낸 쪽의 그룹 정보가 사라집니다.`,
        )
      : words(
          `${names} of ${each.name} has no ${direction} rule for ${traffic} ${toOrFrom} ${who}.`,
          `${each.name}의 보안 그룹 ${names}에 ${who}${toOrFromKorean} ${trafficKorean}{을/를} 허용하는 ${direction === 'egress' ? '아웃바운드' : '인바운드'} 규칙이 없습니다.`,
        ),
    next: words(
      `add to ${first?.name ?? 'its group'} an ${direction} rule: ${traffic} ${toOrFrom} ${peer}`,
      `${first?.name ?? '그룹'}에 ${direction === 'egress' ? '아웃바운드' : '인바운드'} 규칙을 추가하세요: ${peer}${toOrFromKorean} ${trafficKorean}`,
    ),
    change: first
      ? {
          type: direction === 'egress' ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress',
          action: 'add',
          properties: {
            GroupId: first.id,
            ...ruleProperties(wanted),
            ...(peerGroup
              ? { [direction === 'egress' ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId']: peerGroup.id }
              : { CidrIp: rangeFor(network, other.address) }),
          },
        }
      : null,
  };
}

function holderOf(network: NetworkIndex, near: NetworkInterface, address: Address): NetworkInterface | null {
  return (
    network.holder(near.vpc, address) ??
    network.view.interfaces.find((each) => each.addresses.includes(address)) ??
    null
  );
}

/** A group that says who the other end is, and that a rule here may name. */
function groupToName(network: NetworkIndex, each: NetworkInterface, member: NetworkInterface | null) {
  if (!member || (member.vpc !== each.vpc && !network.peeringBetween(member.vpc, each.vpc))) return undefined;
  const groups = member.securityGroups.flatMap((id) => network.securityGroup(id) ?? []);
  return groups.find((group) => !group.isDefault) ?? groups[0];
}

/** Which entry, or the lack of which, lets `wanted` not across the edge of a subnet. */
export function explainAcl(network: NetworkIndex, filters: Filters, step: AclStep, wanted: TrafficSet): Blocker {
  const { acl, subnet, direction, address, clientPorts, way } = step;
  const needed = clientPorts === null ? wanted : answerTraffic(wanted, clientPorts);
  const allowed = filters.acl(acl, direction, address);
  const packet = firstMissing(needed, allowed);
  const entry = packet === undefined ? null : filters.decidingEntry(acl, direction, address, packet);
  const [traffic, trafficKorean] = [describeTraffic(needed), describeTraffic(needed, 'ko')];
  const before = entry?.ruleNumber ?? 32767;
  const ruleNumber = freeNumber(
    acl[direction].map((each) => each.ruleNumber),
    before,
  );
  const [verb, verbKorean] = direction === 'egress' ? ['leave', '나갈'] : ['enter', '들어올'];
  const inKorean = direction === 'egress' ? '에서' : '{으로/로}';
  const by = entry
    ? words(
        `rule ${entry.ruleNumber} of ${acl.name} denies it`,
        `${acl.name}의 규칙 ${entry.ruleNumber}{이/가} 거부합니다`,
      )
    : words(`no rule of ${acl.name} allows it`, `${acl.name}에 허용하는 규칙이 없습니다`);
  const part = step.sometimes.length > 0 && way === 'return';
  return {
    code: 'SUBNET_ACL_RESTRICTION',
    way,
    component: component('network-acl', acl),
    cause: words(
      way === 'return'
        ? `The answer may not ${verb} ${subnet.name} ${part ? 'for some of the client’s ports' : ''} (${traffic}): ${by.en}. ACLs keep no memory of the request.`.replace(
            '  ',
            ' ',
          )
        : `${traffic} may not ${verb} ${subnet.name}: ${by.en}.`,
      way === 'return'
        ? `응답(${trafficKorean})이 ${part ? '클라이언트 포트 일부에서 ' : ''}${subnet.name}${inKorean} ${verbKorean} 수 없습니다: ${by.ko}. ACL은 요청을 기억하지 않습니다.`
        : `${trafficKorean}{이/가} ${subnet.name}${inKorean} ${verbKorean} 수 없습니다: ${by.ko}.`,
    ),
    next: words(
      `add to ${acl.name} an ${direction} entry ${ruleNumber}: allow ${traffic} ${direction === 'egress' ? 'to' : 'from'} ${rangeFor(network, address)}`,
      `${acl.name}에 ${direction === 'egress' ? '아웃바운드' : '인바운드'} 항목 ${ruleNumber}{을/를} 추가하세요: ${rangeFor(network, address)} ${trafficKorean} 허용`,
    ),
    change: {
      type: 'AWS::EC2::NetworkAclEntry',
      action: 'add',
      properties: {
        NetworkAclId: acl.id,
        RuleNumber: ruleNumber,
        RuleAction: 'allow',
        Egress: direction === 'egress',
        CidrBlock: rangeFor(network, address),
        ...aclProperties(needed),
      },
    },
  };
}

/** What comes back for what was asked. */
export function answerTraffic(wanted: TrafficSet, clientPorts: PortRange): TrafficSet {
  const [first] = trafficData(wanted);
  if (first?.protocol === 'tcp' || first?.protocol === 'all') return tcpPorts(clientPorts);
  if (first?.protocol === 'udp') return udpPorts(clientPorts);
  return wanted;
}

function firstMissing(needed: TrafficSet, allowed: TrafficSet): number | undefined {
  for (let index = 0; index < needed.length; index += 2) {
    if (!includes(allowed, needed[index]!)) return needed[index];
    for (let at = 0; at < allowed.length; at += 2) {
      const end = allowed[at + 1]!;
      if (allowed[at]! <= needed[index]! && end >= needed[index]! && end < needed[index + 1]!) return end + 1;
    }
  }
  return undefined;
}

function freeNumber(taken: readonly number[], before: number): number {
  for (let number = before - 1; number > 0; number--) if (!taken.includes(number)) return Math.min(number, before - 1);
  return 1;
}

export function ruleProperties(wanted: TrafficSet): JsonObject {
  const [first] = trafficData(wanted);
  if (!first || first.protocol === 'all') return { IpProtocol: '-1' };
  if (first.ports) return { IpProtocol: first.protocol, FromPort: first.ports.from, ToPort: first.ports.to };
  if (first.protocol === 'icmp') return { IpProtocol: 'icmp', FromPort: first.type ?? -1, ToPort: first.code ?? -1 };
  return { IpProtocol: first.protocol };
}

function aclProperties(wanted: TrafficSet): JsonObject {
  const [first] = trafficData(wanted);
  if (!first || first.protocol === 'all') return { Protocol: -1 };
  if (first.ports) {
    return { Protocol: first.protocol === 'tcp' ? 6 : 17, PortRange: { From: first.ports.from, To: first.ports.to } };
  }
  if (first.protocol === 'icmp') return { Protocol: 1, Icmp: { Type: first.type ?? -1, Code: first.code ?? -1 } };
  return { Protocol: Number(first.protocol) };
}
