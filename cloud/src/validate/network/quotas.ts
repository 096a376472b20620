import type { Resource } from '../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { membershipOf } from './memberships.ts';
import { type NetworkSite, texts } from './site.ts';

/** Of an account that has not asked for more. */
const rulesPerGroup = 60;
const groupsPerInterface = 5;

/**
 * More rules in a group, or groups on an interface, than an account is given: AWS refuses them at creation. Both can be raised, so these
 * are warnings.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export function checkQuotas(site: NetworkSite): void {
  for (const group of site.ofType('AWS::EC2::SecurityGroup')) {
    for (const direction of ['Ingress', 'Egress'] as const) {
      const count = Math.max(
        ...(['IPv4', 'IPv6'] as const).map((family) => countRules(site, group, direction, family)),
      );
      if (count <= rulesPerGroup) continue;
      site.warn(
        mistake('OVER_QUOTA', site.at(group, 'Properties', `SecurityGroup${direction}`), {
          cause: words(
            `${group.logicalId} comes to ${count} rules in one direction; AWS takes ${rulesPerGroup} unless more was granted. A prefix list counts for its MaxEntries.`,
            `${group.logicalId}의 한 방향 규칙이 ${count}개입니다. AWS는 따로 승인받지 않으면 ${rulesPerGroup}개까지 받습니다. 접두사 목록은 MaxEntries만큼 셉니다.`,
          ),
          next: words(
            'Name wider ranges or groups in place of single addresses, or split the group in two.',
            '개별 주소 대신 더 넓은 대역이나 그룹을 지정하거나 그룹을 둘로 나누세요.',
          ),
        }),
      );
    }
  }
  for (const resource of site.ofType(...membershipTypes)) {
    for (const { groups, path } of membershipsOf(site, resource)) {
      if (groups.length <= groupsPerInterface) continue;
      site.warn(
        mistake('OVER_QUOTA', site.at(resource, 'Properties', ...path), {
          cause: words(
            `${resource.logicalId} has ${groups.length} security groups; AWS takes ${groupsPerInterface} on an interface unless more was granted.`,
            `${resource.logicalId}의 보안 그룹이 ${groups.length}개입니다. AWS는 따로 승인받지 않으면 인터페이스마다 ${groupsPerInterface}개까지 받습니다.`,
          ),
          next: words('Put their rules into fewer groups.', '규칙을 더 적은 그룹으로 모으세요.'),
        }),
      );
    }
  }
}

function countRules(
  site: NetworkSite,
  group: Resource,
  direction: 'Ingress' | 'Egress',
  family: 'IPv4' | 'IPv6',
): number {
  const stated = group.properties[`SecurityGroup${direction}`];
  const inline = Array.isArray(stated) ? stated.filter(isObject) : [];
  const supplied = direction === 'Egress' && inline.length === 0 && family === 'IPv4' ? 1 : 0;
  const id = group.attributes.GroupId ?? group.physicalId;
  const own = site
    .ofType(`AWS::EC2::SecurityGroup${direction}`)
    .filter(({ properties }) => properties.GroupId === id || properties.GroupId === group.physicalId)
    .map(({ properties }) => properties);
  return [...inline, ...own].reduce((sum, rule) => sum + weight(site, rule, family), supplied);
}

/** A rule that names a group or a list of AWS's own counts once for each family, one that names a template's list for what that may hold. */
function weight(site: NetworkSite, rule: JsonObject, family: 'IPv4' | 'IPv6'): number {
  if (rule.CidrIp !== undefined) return family === 'IPv4' ? 1 : 0;
  if (rule.CidrIpv6 !== undefined) return family === 'IPv6' ? 1 : 0;
  const list = site.find(rule.SourcePrefixListId ?? rule.DestinationPrefixListId)?.properties;
  if (!list) return 1;
  return (list.AddressFamily ?? 'IPv4') === family ? Number(list.MaxEntries ?? 1) : 0;
}

const membershipTypes = [
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::RDS::DBInstance',
];

interface Groups {
  readonly groups: readonly string[];
  readonly path: readonly (string | number)[];
}

/** The groups of each interface that a resource states. */
function membershipsOf(site: NetworkSite, resource: Resource): Groups[] {
  const isTemplate = resource.type === 'AWS::EC2::LaunchTemplate';
  const data: Json | undefined = isTemplate ? resource.properties.LaunchTemplateData : resource.properties;
  if (!isObject(data)) return [];
  const before = isTemplate ? ['LaunchTemplateData'] : [];
  const interfaces = Array.isArray(data.NetworkInterfaces) ? data.NetworkInterfaces : [];
  const whole = isTemplate
    ? { groups: texts(data.SecurityGroupIds), path: ['SecurityGroupIds'] }
    : membershipOf(site, resource);
  return [
    { groups: whole.groups, path: [...before, ...whole.path] },
    ...interfaces.flatMap((each, index) =>
      isObject(each)
        ? [
            {
              groups: texts(each.GroupSet ?? each.Groups),
              path: [...before, 'NetworkInterfaces', index, each.GroupSet === undefined ? 'Groups' : 'GroupSet'],
            },
          ]
        : [],
    ),
  ];
}
