import { parsePrefix } from '../../address.ts';
import { vpcAttachments } from '../../families/transit-gateway/types.ts';
import type { Resource } from '../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { mistake, type Place } from '../../mistake.ts';
import { words } from '../../words.ts';
import type { NetworkSite } from './site.ts';

/**
 * Rules of security groups and network ACLs: ranges and ports are well formed, a group that is named is in the same or a peered VPC, and
 * an ACL has each number once.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function checkFilters(site: NetworkSite): void {
  for (const group of site.ofType('AWS::EC2::SecurityGroup')) {
    checkDescription(site, group);
    for (const list of ['SecurityGroupIngress', 'SecurityGroupEgress']) {
      const rules = group.properties[list];
      if (!Array.isArray(rules)) continue;
      rules.forEach((rule: Json, index) => {
        if (isObject(rule)) checkRule(site, group, group, rule, ['Properties', list, index]);
      });
    }
  }
  for (const rule of site.ofType('AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'))
    checkRule(site, rule, site.find(rule.properties.GroupId), rule.properties, ['Properties']);
  checkAcls(site);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
function checkDescription(site: NetworkSite, group: Resource): void {
  const text = group.properties.GroupDescription;
  if (typeof text !== 'string' || /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(text)) return;
  site.report(
    mistake('BAD_DESCRIPTION', site.at(group, 'Properties', 'GroupDescription'), {
      cause: words(
        'AWS refuses this description: a security group’s has up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*.',
        'AWS가 이 설명을 거부합니다. 보안 그룹의 설명은 영문자, 숫자, 공백과 ._-:/()#,@[]+=&;{}!$* 문자로 255자까지입니다.',
      ),
      next: words(
        'Write it with these characters only; apostrophes are not among them.',
        '이 문자로만 쓰세요. 작은따옴표와 한글은 쓸 수 없습니다.',
      ),
    }),
  );
}

function badProtocol(place: Place, protocol: string) {
  return mistake('BAD_PROTOCOL', place, {
    cause: words(`"${protocol}" is not a protocol.`, `"${protocol}"{은/는} 프로토콜이 아닙니다.`),
    next: words(
      'Write tcp, udp, icmp, icmpv6, a number of an IP protocol, or -1 for all.',
      'tcp, udp, icmp, icmpv6, IP 프로토콜 번호, 또는 전체를 뜻하는 -1을 쓰세요.',
    ),
  });
}

function badType(place: Place, name: string, given: string) {
  const called = name === 'FromPort' ? words('type', '유형') : words('code', '코드');
  return mistake('BAD_PORTS', place, {
    cause: words(`${given} is not a ${called.en} of ICMP.`, `${given}{은/는} ICMP ${called.ko}{이/가} 아닙니다.`),
    next: words('Write 0 to 255, or -1 for all.', '0~255를 쓰세요. 전체는 -1입니다.'),
  });
}

const peers = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'SourcePrefixListId',
  'DestinationSecurityGroupId',
  'DestinationPrefixListId',
];

function ruleWithoutPeer(place: Place) {
  return mistake('RULE_WITHOUT_PEER', place, {
    cause: words('This rule does not say who is at the other end.', '이 규칙에는 상대가 없습니다.'),
    next: words(
      'Add CidrIp, or the security group or prefix list that it is for.',
      'CidrIp, 또는 상대 보안 그룹이나 접두사 목록을 추가하세요.',
    ),
  });
}

/**
 * Across a transit gateway an ingress rule may name the sender's group.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
 */
function shareTransitGateway(site: NetworkSite, one: string, other: string): boolean {
  const attachments = site.ofType(...vpcAttachments).map(({ properties }) => properties);
  return attachments.some(
    (each) =>
      each.VpcId === one &&
      attachments.some((far) => far.VpcId === other && far.TransitGatewayId === each.TransitGatewayId),
  );
}

function checkRule(
  site: NetworkSite,
  stated: Resource,
  group: Resource | undefined,
  rule: JsonObject,
  path: readonly (string | number)[],
): void {
  const at = (name: string): Place => site.at(stated, ...path, name);
  if (!peers.some((name) => rule[name] !== undefined)) site.report(ruleWithoutPeer(site.at(stated, ...path)));
  if (typeof rule.CidrIp === 'string' && !parsePrefix(rule.CidrIp)) site.report(badRange(at('CidrIp'), rule.CidrIp));
  const [from, to] = [Number(rule.FromPort), Number(rule.ToPort)];
  const protocol = String(rule.IpProtocol).toLowerCase();
  if (!/^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255)
    site.report(badProtocol(at('IpProtocol'), protocol));
  if (['tcp', 'udp', '6', '17'].includes(protocol)) {
    const isPort = (port: number) => Number.isInteger(port) && port >= -1 && port <= 65535;
    const wrong = !isPort(from) || !isPort(to) || from > to || (from === -1 && to !== -1);
    if (wrong)
      site.report(
        mistake('BAD_PORTS', at(isPort(from) && !isPort(to) && rule.ToPort !== undefined ? 'ToPort' : 'FromPort'), {
          cause: words(
            `${rule.FromPort ?? 'no port'} to ${rule.ToPort ?? 'no port'} is not a range of ports.`,
            `${rule.FromPort ?? '없음'}부터 ${rule.ToPort ?? '없음'}까지는 포트 범위가 아닙니다.`,
          ),
          next: words('Write 0 to 65535, the lower first.', '0–65535 안에서 작은 값을 먼저 쓰세요.'),
        }),
      );
  }
  if (['icmp', '1', 'icmpv6', '58'].includes(protocol))
    for (const [name, number] of [
      ['FromPort', from],
      ['ToPort', to],
    ] as const)
      if (rule[name] !== undefined && !(Number.isInteger(number) && number >= -1 && number <= 255))
        site.report(badType(at(name), name, String(rule[name])));
  for (const name of ['SourceSecurityGroupId', 'DestinationSecurityGroupId']) {
    const peer = site.find(rule[name]);
    const [here, there] = [group?.properties.VpcId, peer?.properties.VpcId];
    if (typeof here !== 'string' || typeof there !== 'string' || here === there) continue;
    const isIngress = name === 'SourceSecurityGroupId';
    if (!site.arePeered(here, there) && !(isIngress && shareTransitGateway(site, here, there))) {
      site.report(
        mistake('GROUP_OUT_OF_REACH', at(name), {
          cause: words(
            `${peer?.logicalId} belongs to another VPC that is not peered with this one.`,
            `${peer?.logicalId}{은/는} 이 VPC와 피어링되지 않은 다른 VPC에 있습니다.`,
          ),
          next: words('Name a range (CidrIp), or peer the VPCs.', '대역(CidrIp)을 쓰거나 VPC를 피어링하세요.'),
        }),
      );
    } else {
      warnOfOrder(site, stated, here, there, at(name));
    }
  }
}

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html */
function warnOfOrder(site: NetworkSite, stated: Resource, here: string, there: string, place: Place): void {
  const peering = site
    .ofType('AWS::EC2::VPCPeeringConnection')
    .find(
      ({ properties: { VpcId, PeerVpcId } }) => [VpcId, PeerVpcId].includes(here) && [VpcId, PeerVpcId].includes(there),
    );
  if (!peering || peering.stack !== stated.stack || site.waitsFor(stated, peering)) return;
  site.warn(
    mistake('MISSING_DEPENDENCY', place, {
      cause: words(
        `This rule names a group across ${peering.logicalId} without waiting for it; AWS may try to create it too early.`,
        `이 규칙은 ${peering.logicalId} 너머의 그룹을 가리키지만 그것을 기다리지 않습니다. AWS가 너무 일찍 만들려 할 수 있습니다.`,
      ),
      next: words(`Add "DependsOn": "${peering.logicalId}".`, `"DependsOn": "${peering.logicalId}"{을/를} 추가하세요.`),
    }),
  );
}

function checkAcls(site: NetworkSite): void {
  const seen = new Map<string, Resource>();
  for (const entry of site.ofType('AWS::EC2::NetworkAclEntry')) {
    const { NetworkAclId, RuleNumber, Egress, CidrBlock } = entry.properties;
    if (typeof CidrBlock === 'string' && !parsePrefix(CidrBlock))
      site.report(badRange(site.at(entry, 'Properties', 'CidrBlock'), CidrBlock));
    const name = `${NetworkAclId} ${String(Egress ?? false)} ${RuleNumber}`;
    const before = seen.get(name);
    if (!before) {
      seen.set(name, entry);
      continue;
    }
    site.report(
      mistake('DUPLICATE_RULE_NUMBER', site.at(entry, 'Properties', 'RuleNumber'), {
        cause: words(
          `${before.logicalId} already has the number ${RuleNumber} in this direction of the ACL.`,
          `${before.logicalId}{이/가} 이 ACL의 같은 방향에서 번호 ${RuleNumber}{을/를} 이미 씁니다.`,
        ),
        next: words('Give it another number.', '다른 번호를 쓰세요.'),
      }),
    );
  }
}

function badRange(place: Place, text: string) {
  return mistake('BAD_RANGE', place, {
    cause: words(`"${text}" is not an IPv4 range.`, `"${text}"{은/는} IPv4 대역이 아닙니다.`),
    next: words(
      'Write it as 10.10.0.0/16, or 203.0.113.7/32 for one address.',
      '10.10.0.0/16처럼, 주소 하나는 203.0.113.7/32처럼 쓰세요.',
    ),
  });
}
