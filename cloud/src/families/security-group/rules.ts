import type { Resource } from '../../inventory.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { words } from '../../words.ts';
import { identifier } from '../contract/refused.ts';
import { form, length, needed, unique } from '../contract/rows.ts';
import { type Estate, isKnown, itemsAt, type Path, type Rule } from '../contract/rule.ts';

const types = ['AWS::EC2::SecurityGroup'];
const single = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
const rulePage = 'AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html';
const page = 'AWSEC2/latest/APIReference/API_CreateSecurityGroup.html';

/** What AWS refuses of security groups, besides ranges, ports and peers (validate/network). */
export const rules: readonly Rule[] = [
  length({ types, path: 'GroupName', most: 255, page }),
  form({
    types,
    path: 'GroupName',
    code: 'NAME_RESERVED',
    pattern: /^(?!sg-)/i,
    said: words('a group’s name does not begin with "sg-"', '그룹의 이름은 "sg-"로 시작할 수 없습니다.'),
    page,
    aws: () => 'Invalid value for parameter groupName. Group names cannot start with sg-',
  }),
  form({
    types,
    path: 'GroupName',
    code: 'NAME_RESERVED',
    pattern: /^(?!default$)/,
    said: words('every VPC has a group "default" already', 'VPC마다 "default" 그룹이 이미 있습니다.'),
    page,
    aws: () => "The security group 'default' is reserved",
  }),
  form({
    types,
    path: 'GroupName',
    pattern: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/,
    said: words(
      'a name has letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
      '이름에는 영문자, 숫자, 공백과 ._-:/()#,@[]+=&;{}!$* 만 쓸 수 있습니다.',
    ),
    page,
  }),
  unique({
    types,
    path: 'GroupName',
    code: 'NAME_TAKEN',
    said: words('A group’s name is unique in its VPC.', '그룹의 이름은 VPC 안에서 하나뿐입니다.'),
    key: ({ attributes, ...resource }, value, estate) => {
      const { VpcId = attributes.VpcId } = resource.properties;
      return VpcId !== '' && isKnown(VpcId)
        ? `${estate.homeOf({ attributes, ...resource })} ${VpcId} ${value}`
        : undefined;
    },
    page,
    aws: 'The security group already exists for VPC',
  }),
  ...['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap((list) => [
    form({
      types,
      path: `${list}.*.Description`,
      code: 'BAD_DESCRIPTION',
      pattern: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/,
      said: words(
        'a rule’s description has up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
        '규칙의 설명은 영문자, 숫자, 공백과 ._-:/()#,@[]+=&;{}!$* 로 255자까지입니다.',
      ),
      page: 'AWSEC2/latest/APIReference/API_IpRange.html',
    }),
    form({
      types: [`AWS::EC2::${list}`],
      path: 'Description',
      code: 'BAD_DESCRIPTION',
      pattern: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/,
      said: words(
        'a rule’s description has up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
        '규칙의 설명은 영문자, 숫자, 공백과 ._-:/()#,@[]+=&;{}!$* 로 255자까지입니다.',
      ),
      page: 'AWSEC2/latest/APIReference/API_IpRange.html',
    }),
  ]),
  {
    code: 'RULE_TWICE',
    types: [...types, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
    page: 'AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    what: words('A group has each rule once.', '그룹에는 같은 규칙을 한 번만 둡니다.'),
    check: (resource, estate) => {
      const firsts = firstsOf(estate);
      return statedBy(resource).flatMap(({ key, at }) => {
        const first = key === undefined ? undefined : firsts.get(key);
        if (key === undefined || !first || (first.by === resource && first.at.join() === at.join())) return [];
        return [
          {
            at,
            cause: words(
              `${first.by.logicalId} states the same rule already.`,
              `${first.by.logicalId}에 같은 규칙이 이미 있습니다.`,
            ),
            next: words('Take one of the two out.', '둘 중 하나를 빼세요.'),
            aws: 'the specified rule already exists',
          },
        ];
      });
    },
  },
  ...['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap((list) =>
    [types[0] as string, `AWS::EC2::${list}`].flatMap((type) => {
      const at = (path: string) => (type === types[0] ? `${list}.*.${path}` : path);
      return ['SourcePrefixListId', 'DestinationPrefixListId'].map((path) =>
        identifier({ types: [type], path: at(path), prefixes: ['pl'], page: rulePage }),
      );
    }),
  ),
  ...['GroupId', 'SourceSecurityGroupId', 'DestinationSecurityGroupId'].map((path) =>
    identifier({ types: single, path, prefixes: ['sg'], page: rulePage }),
  ),
  needed({ types: single, paths: ['GroupId', 'GroupName'], page: rulePage }),
];

const known = new WeakMap<Estate, ReadonlyMap<string, Stated>>();

/** The first statement of each rule. */
function firstsOf(estate: Estate): ReadonlyMap<string, Stated> {
  const found = known.get(estate);
  if (found) return found;
  const firsts = new Map<string, Stated>();
  for (const each of estate.ofType(...types, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'))
    for (const stated of statedBy(each))
      if (stated.key !== undefined && !firsts.has(stated.key)) firsts.set(stated.key, stated);
  known.set(estate, firsts);
  return firsts;
}

interface Stated {
  readonly by: Resource;
  readonly at: Path;
  readonly key: string | undefined;
}

function statedBy(resource: Resource): Stated[] {
  const { type, properties } = resource;
  if (type !== types[0]) {
    const direction = type.endsWith('Ingress') ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
    return [{ by: resource, at: [], key: keyOf(properties, direction, properties.GroupId) }];
  }
  return ['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap((direction) =>
    itemsAt(properties, direction).map(([at, rule]) => ({
      by: resource,
      at,
      key: keyOf(rule, direction, resource.attributes.GroupId ?? resource.physicalId),
    })),
  );
}

const peers = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId',
];

/** A rule without its description; `undefined` where a part is not known. */
function keyOf(rule: JsonObject, direction: string, group: JsonObject[string] | undefined): string | undefined {
  if (group === undefined || isObject(group) || !isKnown(group) || !isKnown(rule)) return undefined;
  const protocol = String(rule.IpProtocol).toLowerCase().replace(/^6$/, 'tcp').replace(/^17$/, 'udp');
  const ports = protocol === '-1' ? '' : `${rule.FromPort ?? ''}-${rule.ToPort ?? ''}`;
  const peer = peers.map((name) => (rule[name] === undefined ? '' : `${name} ${String(rule[name])}`)).join('');
  return peer === '' ? undefined : [group, direction, protocol, ports, peer].join(' ');
}
