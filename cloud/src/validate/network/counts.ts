import type { Resource } from '../../inventory.ts';
import { mistake } from '../../mistake.ts';
import { type Words, words } from '../../words.ts';
import type { NetworkSite } from './site.ts';

interface Count {
  readonly type: string;
  /** Of an account that has not asked for more. */
  readonly most: number;
  readonly what: Words;
  /** What they are counted within; `undefined` for one that does not count. */
  readonly within: (resource: Resource, site: NetworkSite) => string | undefined;
}

const property =
  (...names: readonly string[]) =>
  ({ properties }: Resource) =>
    names
      .map((name) => (typeof properties[name] === 'string' ? properties[name] : ''))
      .join(' ')
      .trim() || undefined;
const inStack = ({ stack }: Resource) => stack;

/**
 * How many of a kind an account is given. All can be raised, so more of them is a warning.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const counts: readonly Count[] = [
  {
    type: 'AWS::EC2::VPC',
    most: 5,
    what: words('VPCs of a region', '리전의 VPC'),
    within: inStack,
  },
  { type: 'AWS::EC2::Subnet', most: 200, what: words('subnets of a VPC', 'VPC의 서브넷'), within: property('VpcId') },
  {
    type: 'AWS::EC2::RouteTable',
    most: 200,
    what: words('route tables of a VPC', 'VPC의 라우팅 테이블'),
    within: property('VpcId'),
  },
  {
    type: 'AWS::EC2::Route',
    most: 500,
    what: words('routes of a table', '라우팅 테이블의 경로'),
    within: property('RouteTableId'),
  },
  {
    type: 'AWS::EC2::NetworkAclEntry',
    most: 20,
    what: words('entries of a network ACL in one direction', '네트워크 ACL의 한 방향 항목'),
    within: ({ properties }) =>
      typeof properties.NetworkAclId === 'string'
        ? `${properties.NetworkAclId} ${String(properties.Egress ?? false)}`
        : undefined,
  },
  {
    type: 'AWS::EC2::EIP',
    most: 5,
    what: words('Elastic IP addresses of a region', '리전의 탄력적 IP 주소'),
    within: inStack,
  },
  {
    type: 'AWS::EC2::NatGateway',
    most: 5,
    what: words('NAT gateways of an Availability Zone', '가용 영역의 NAT 게이트웨이'),
    within: ({ properties }, site) => {
      const zone = site.find(properties.SubnetId)?.properties.AvailabilityZone;
      return typeof zone === 'string' ? zone : undefined;
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    most: 50,
    what: words('listeners of a load balancer', '로드 밸런서의 리스너'),
    within: property('LoadBalancerArn'),
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    most: 100,
    what: words('rules of a load balancer', '로드 밸런서의 규칙'),
    within: ({ properties }, site) => {
      const listener = site.find(properties.ListenerArn);
      return listener && property('LoadBalancerArn')(listener);
    },
  },
];

/** Warns at the first of a kind that is one too many. */
export function checkCounts(site: NetworkSite): void {
  for (const { type, most, what, within } of counts) {
    const found = new Map<string, Resource[]>();
    for (const resource of site.ofType(type)) {
      const place = within(resource, site);
      if (place !== undefined) found.set(place, [...(found.get(place) ?? []), resource]);
    }
    for (const all of found.values()) {
      const first = all[most];
      if (!first) continue;
      site.warn(
        mistake('OVER_QUOTA', site.at(first, 'Properties'), {
          cause: words(
            `There are ${all.length} ${what.en}; AWS takes ${most} unless more was granted.`,
            `${what.ko}{이/가} ${all.length}개입니다. AWS는 따로 승인받지 않으면 ${most}개까지 받습니다.`,
          ),
          next: words('Ask for a higher quota, or use fewer.', '할당량 증가를 요청하거나 줄이세요.'),
        }),
      );
    }
  }
}
