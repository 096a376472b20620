import { parseAddress, parsePrefix } from '../../address.ts';
import { isAssignable } from '../../allocate/addresses.ts';
import { zonesOf } from '../../allocate/zones.ts';
import type { Resource } from '../../inventory.ts';
import { isObject, type Json } from '../../json.ts';
import { mistake, type Place } from '../../mistake.ts';
import { words } from '../../words.ts';
import { type NetworkSite, texts } from './site.ts';

/**
 * Where things stand: addresses within their subnets and given once, load balancers and databases over enough zones, nothing in a subnet
 * that no template creates.
 */
export function checkPlacement(site: NetworkSite, regionOf: (resource: Resource) => string): void {
  checkStatedAddresses(site);
  checkSpread(site);
  checkZones(site, regionOf);
  checkOutsiders(site);
}

function checkStatedAddresses(site: NetworkSite): void {
  const holders = new Map<string, Resource>();
  const check = (resource: Resource, subnetId: Json | undefined, text: Json | undefined, place: Place): void => {
    const subnet = site.find(subnetId);
    const range = parsePrefix(String(subnet?.properties.CidrBlock));
    if (typeof text !== 'string' || !subnet || !range) return;
    const address = parseAddress(text);
    if (address === undefined || !isAssignable(range, address)) {
      site.report(
        mistake('ADDRESS_NOT_IN_SUBNET', place, {
          cause: words(
            `${text} cannot be given in ${subnet.logicalId} (${String(subnet.properties.CidrBlock)}); its first four addresses and its last are AWS’s own.`,
            `${text}{은/는} ${subnet.logicalId}(${String(subnet.properties.CidrBlock)})에서 쓸 수 없습니다. 처음 네 주소와 마지막 주소는 AWS가 씁니다.`,
          ),
          next: words(
            'Choose an address within the subnet, or leave it out.',
            '서브넷 안의 주소를 고르거나 지정하지 마세요.',
          ),
        }),
      );
      return;
    }
    const name = `${subnet.physicalId} ${text}`;
    const before = holders.get(name);
    if (before && before !== resource)
      site.report(
        mistake('ADDRESS_TAKEN', place, {
          cause: words(
            `${before.logicalId} has ${text} already.`,
            `${before.logicalId}{이/가} ${text}{을/를} 이미 씁니다.`,
          ),
          next: words('Choose another address, or leave it out.', '다른 주소를 고르거나 지정하지 마세요.'),
        }),
      );
    else holders.set(name, resource);
  };
  for (const resource of site.ofType('AWS::EC2::Instance', 'AWS::EC2::NetworkInterface', 'AWS::EC2::NatGateway')) {
    const { SubnetId, PrivateIpAddress, NetworkInterfaces } = resource.properties;
    check(resource, SubnetId, PrivateIpAddress, site.at(resource, 'Properties', 'PrivateIpAddress'));
    if (!Array.isArray(NetworkInterfaces)) continue;
    NetworkInterfaces.forEach((each: Json, index) => {
      if (!isObject(each)) return;
      const place = site.at(resource, 'Properties', 'NetworkInterfaces', index, 'PrivateIpAddress');
      check(resource, each.SubnetId, each.PrivateIpAddress, place);
    });
  }
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
function checkSpread(site: NetworkSite): void {
  const zonesIn = (subnets: readonly string[]) => {
    const found = subnets.map((id) => site.find(id)?.attributes.AvailabilityZone);
    return found.includes(undefined) ? undefined : found.map(String);
  };
  for (const balancer of site.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    const { Subnets, SubnetMappings, Type } = balancer.properties;
    if (Subnets !== undefined && SubnetMappings !== undefined) continue;
    const mapped = Array.isArray(SubnetMappings)
      ? SubnetMappings.filter(isObject).map((each) => String(each.SubnetId))
      : [];
    const zones = zonesIn([...texts(Subnets), ...mapped]);
    const place = site.at(balancer, 'Properties', mapped.length > 0 ? 'SubnetMappings' : 'Subnets');
    if (zones && (Type ?? 'application') === 'application' && new Set(zones).size < 2)
      site.report(tooFewZones(place, words('An Application Load Balancer', 'Application Load Balancer')));
    if (zones && new Set(zones).size < zones.length)
      site.report(
        mistake('ZONE_TWICE', place, {
          cause: words(
            'Two of its subnets are in the same zone; a load balancer takes one subnet of each.',
            '서브넷 둘이 같은 영역에 있습니다. 로드 밸런서는 영역마다 서브넷 하나만 씁니다.',
          ),
          next: words('Name one subnet for each zone.', '영역마다 서브넷 하나만 지정하세요.'),
        }),
      );
  }
  for (const group of site.ofType('AWS::RDS::DBSubnetGroup')) {
    const zones = zonesIn(texts(group.properties.SubnetIds));
    if (zones && new Set(zones).size < 2)
      site.report(tooFewZones(site.at(group, 'Properties', 'SubnetIds'), words('A DB subnet group', 'DB 서브넷 그룹')));
  }
}

function tooFewZones(place: Place, what: { en: string; ko: string }) {
  return mistake('TOO_FEW_ZONES', place, {
    cause: words(
      `${what.en} needs subnets in at least two zones.`,
      `${what.ko}에는 두 개 이상의 영역에 걸친 서브넷이 필요합니다.`,
    ),
    next: words('Add a subnet of another zone.', '다른 영역의 서브넷을 추가하세요.'),
  });
}

function checkZones(site: NetworkSite, regionOf: (resource: Resource) => string): void {
  for (const subnet of site.ofType('AWS::EC2::Subnet')) {
    const region = regionOf(subnet);
    const zone = subnet.properties.AvailabilityZone;
    if (typeof zone !== 'string' || zonesOf(region).includes(zone)) continue;
    const isElsewhere = !zone.startsWith(region);
    const said = {
      cause: words(`${zone} is not a zone of ${region}.`, `${zone}{은/는} ${region}의 가용 영역이 아닙니다.`),
      next: words(
        `Use one of ${zonesOf(region).join(', ')}, or !Select with !GetAZs.`,
        `${zonesOf(region).join(', ')} 중 하나나 !GetAZs와 !Select를 쓰세요.`,
      ),
    };
    const each = mistake('UNKNOWN_ZONE', site.at(subnet, 'Properties', 'AvailabilityZone'), said);
    if (isElsewhere) site.report(each);
    else site.warn(each);
  }
}

/** What refers to a VPC or subnet that exists on AWS only. */
function checkOutsiders(site: NetworkSite): void {
  const references: readonly (readonly [string, string, string])[] = [
    ['AWS::EC2::Subnet', 'VpcId', 'AWS::EC2::VPC'],
    ['AWS::EC2::RouteTable', 'VpcId', 'AWS::EC2::VPC'],
    ['AWS::EC2::SecurityGroup', 'VpcId', 'AWS::EC2::VPC'],
    ['AWS::EC2::Instance', 'SubnetId', 'AWS::EC2::Subnet'],
    ['AWS::EC2::NatGateway', 'SubnetId', 'AWS::EC2::Subnet'],
    ['AWS::EC2::NetworkInterface', 'SubnetId', 'AWS::EC2::Subnet'],
  ];
  for (const [type, property, wanted] of references) {
    for (const resource of site.ofType(type)) {
      const id = resource.properties[property];
      if (id === undefined || site.find(id)?.type === wanted) continue;
      site.warn(
        mistake('OUTSIDE_RESOURCE', site.at(resource, 'Properties', property), {
          cause: words(
            `No template that is loaded creates ${String(id)}, so ${resource.logicalId} stands nowhere here.`,
            `불러온 템플릿 중 ${String(id)}{을/를} 만드는 것이 없어 ${resource.logicalId}{이/가} 놓일 곳이 없습니다.`,
          ),
          next: words(
            'Load the template that creates it as well, or import it with terrace import.',
            '그것을 만드는 템플릿도 함께 불러오거나 terrace import로 가져오세요.',
          ),
        }),
      );
    }
  }
}
