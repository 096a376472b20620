import { holdsAddress, parseAddress, parsePrefix } from '../../address.ts';
import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { exclusive, form, length, needed, notFor, unique } from '../contract/rows.ts';
import { itemsAt, type Rule } from '../contract/rule.ts';
import { lacksInternetGateway } from '../internet-gateway/attached.ts';
import { actionRules } from './action-rules.ts';
import { attributeRules } from './attribute-rules.ts';
import { conditionRules } from './condition-rules.ts';
import { kindOf, vpcOf } from './kind.ts';
import { listenerRules } from './listener-rules.ts';
import { logRules } from './log-rules.ts';

const types = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const page = 'elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html';

/** What AWS refuses of load balancers, listeners and rules. */
export const rules: readonly Rule[] = [
  length({
    types,
    path: 'Name',
    most: 32,
    page,
    aws: (name) => `The load balancer name '${name}' cannot be longer than '32' characters`,
  }),
  form({
    types,
    path: 'Name',
    pattern: /^[A-Za-z0-9-]+$/,
    said: words('a name has letters, digits and hyphens', '이름에는 영문자, 숫자, 하이픈만 쓸 수 있습니다.'),
    page,
    aws: (name) =>
      `The load balancer name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
  }),
  form({
    types,
    path: 'Name',
    pattern: /^[^-].*[^-]$|^[^-]$/s,
    said: words('a name begins and ends with a letter or digit', '이름은 영문자나 숫자로 시작하고 끝나야 합니다.'),
    page,
    aws: (name) => `The load balancer name '${name}' cannot begin or end with '-'`,
  }),
  form({
    types,
    path: 'Name',
    code: 'NAME_RESERVED',
    pattern: /^(?!internal-)/,
    said: words('AWS keeps names that begin with "internal-"', '"internal-"로 시작하는 이름은 AWS가 씁니다.'),
    page,
    aws: (name) => `The load balancer name '${name}' cannot begin with 'internal-'`,
  }),
  unique({
    types,
    path: 'Name',
    code: 'NAME_TAKEN',
    said: words(
      'A load balancer’s name is unique in its account and region.',
      '로드 밸런서의 이름은 계정과 리전 안에서 하나뿐입니다.',
    ),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page,
  }),
  exclusive({
    types,
    paths: ['Subnets', 'SubnetMappings'],
    page,
    aws: 'You must specify either subnets or subnet mappings',
  }),
  needed({ types, paths: ['Subnets', 'SubnetMappings'], page, aws: 'At least one subnet must be specified' }),
  notFor({
    types,
    path: 'SecurityGroups',
    kind: words('a Gateway Load Balancer', 'Gateway Load Balancer'),
    when: (resource) => kindOf(resource) === 'gateway',
    page,
  }),
  notFor({
    types,
    path: 'Scheme',
    kind: words('a Gateway Load Balancer', 'Gateway Load Balancer'),
    when: (resource) => kindOf(resource) === 'gateway',
    page,
  }),
  notFor({
    types,
    path: 'SubnetMappings.*.AllocationId',
    kind: words('an Application Load Balancer', 'Application Load Balancer'),
    when: (resource) => kindOf(resource) === 'application',
    page,
  }),
  notFor({
    types,
    path: 'SubnetMappings.*.AllocationId',
    kind: words('an internal load balancer', '내부 로드 밸런서'),
    when: ({ properties }) => text(properties, 'Scheme') === 'internal',
    page,
  }),
  notFor({
    types,
    path: 'SubnetMappings.*.PrivateIPv4Address',
    kind: words('an internet-facing load balancer', '인터넷 경계 로드 밸런서'),
    when: ({ properties }) => text(properties, 'Scheme') !== 'internal' && text(properties, 'Type') === 'network',
    page,
  }),
  form({
    types,
    path: 'SubnetMappings.*.AllocationId',
    code: 'WRONG_IDENTIFIER',
    pattern: /^eipalloc-/,
    said: words(
      'an Elastic IP address is named as eipalloc-0123456789abcdef0',
      '탄력적 IP 주소는 eipalloc-0123456789abcdef0처럼 지정합니다.',
    ),
    page,
    aws: (id) => `The allocation ID '${id}' does not exist`,
  }),
  refused({
    code: 'ADDRESS_OUTSIDE_SUBNET',
    types,
    page,
    what: words('A private address is within its subnet.', '프라이빗 IPv4 주소는 서브넷 안에 있어야 합니다.'),
    where: ({ properties }, estate) =>
      itemsAt(properties, 'SubnetMappings').flatMap(([at, each]) => {
        const range = parsePrefix(text(estate.find(each.SubnetId)?.properties ?? {}, 'CidrBlock') ?? '');
        const address = parseAddress(text(each, 'PrivateIPv4Address') ?? '');
        return range && address !== undefined && !holdsAddress(range, address) ? [[...at, 'PrivateIPv4Address']] : [];
      }),
  }),
  {
    code: 'VPC_WITHOUT_INTERNET_GATEWAY',
    types,
    page: 'elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    what: words(
      'An internet-facing load balancer needs an internet gateway at its VPC.',
      '인터넷 경계 로드 밸런서의 VPC에는 인터넷 게이트웨이가 필요합니다.',
    ),
    check: (resource, estate) => {
      const internal = text(resource.properties, 'Scheme') === 'internal' || kindOf(resource) === 'gateway';
      const id = vpcOf(resource, estate);
      if (internal || !lacksInternetGateway(estate, id)) return [];
      const vpc = estate.find(id)!;
      return [
        {
          at: ['Scheme'],
          cause: words(
            `${resource.logicalId} faces the internet, and ${vpc.logicalId} has no internet gateway.`,
            `${resource.logicalId}{은/는} 인터넷 경계인데 ${vpc.logicalId}에 인터넷 게이트웨이가 없습니다.`,
          ),
          next: words(
            'Attach an internet gateway, or write Scheme: internal.',
            '인터넷 게이트웨이를 연결하거나 Scheme을 internal로 쓰세요.',
          ),
          aws: `VPC ${id} has no internet gateway`,
        },
      ];
    },
  },
  ...attributeRules,
  ...logRules,
  ...listenerRules,
  ...actionRules,
  ...conditionRules,
  ...(
    [
      ['AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn'],
      ['AWS::ElasticLoadBalancingV2::Listener', 'Certificates.*.CertificateArn'],
      ['AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn'],
    ] as const
  ).map(([type, path]) =>
    form({
      types: [type],
      path,
      code: 'WRONG_FORM',
      pattern: /^arn:/,
      said: words('it is an ARN', 'ARN이어야 합니다.'),
      page: 'elasticloadbalancing/latest/APIReference/API_CreateListener.html',
      aws: (value) => `'${value}' is not a valid ARN`,
    }),
  ),
];
