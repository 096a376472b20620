import { hexadecimal } from '../allocate/identifier.ts';
import { partitionOf } from '../allocate/zones.ts';
import type { Resource } from '../inventory.ts';
import type { JsonObject } from '../json.ts';
import { attribute, number, objects, text, texts } from '../property.ts';
import { words } from '../words.ts';
import { type Answer, type Found, type Home, homeOf, type Known, matching, standIn } from './lookup.ts';
import { one } from './things.ts';

const balancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** `ApplicationLoadBalancer.fromLookup` and `NetworkLoadBalancer.fromLookup`, by ARN or by tags. */
export function answerLoadBalancer(props: JsonObject, from: Known): Answer {
  const found = balancersOf(props, from);
  const answer = one(found, nameOf(props), ({ resource, inventory }) => ({
    loadBalancerArn: resource.physicalId,
    loadBalancerCanonicalHostedZoneId: attribute(resource, 'CanonicalHostedZoneID') ?? '',
    loadBalancerDnsName: attribute(resource, 'DNSName') ?? '',
    ipAddressType: text(resource.properties, 'IpAddressType') ?? 'ipv4',
    securityGroupIds: texts(resource.properties, 'SecurityGroups'),
    vpcId: vpcOf(resource, inventory.resources),
  }));
  if (answer) return answer;
  const home = homeOf(props);
  const arn = text(props, 'loadBalancerArn') ?? inventedArn(props, home, 'loadbalancer');
  const digest = hexadecimal({ ...home, stack: '', logicalId: arn }, 'balancer', 16);
  return standIn(
    {
      loadBalancerArn: arn,
      loadBalancerCanonicalHostedZoneId: `Z${digest.slice(0, 13).toUpperCase()}`,
      loadBalancerDnsName: `stand-in-${digest.slice(0, 10)}.${home.region}.elb.amazonaws.com`,
      ipAddressType: 'ipv4',
      securityGroupIds: [`sg-0${digest}`],
      vpcId: `vpc-0${digest}`,
    },
    words(`load balancer ${nameOf(props)}`, `로드 밸런서 ${nameOf(props)}`),
  );
}

/** `ApplicationListener.fromLookup` and `NetworkListener.fromLookup`, by ARN, or by balancer, port and protocol. */
export function answerListener(props: JsonObject, from: Known): Answer {
  const arn = text(props, 'listenerArn');
  const isFiltered = text(props, 'loadBalancerArn') !== undefined || objects(props, 'loadBalancerTags').length > 0;
  const balancers = isFiltered ? balancersOf(props, from).map(({ resource }) => resource.physicalId) : undefined;
  const [port, protocol] = [number(props, 'listenerPort'), text(props, 'listenerProtocol')];
  const found = matching(
    from,
    homeOf(props),
    ['AWS::ElasticLoadBalancingV2::Listener'],
    ({ physicalId, properties }) =>
      (arn === undefined || physicalId === arn) &&
      (balancers === undefined || balancers.includes(text(properties, 'LoadBalancerArn') ?? '')) &&
      (port === undefined || number(properties, 'Port') === port) &&
      (protocol === undefined || text(properties, 'Protocol') === protocol),
  );
  const name = arn ?? `${nameOf(props)}:${port ?? protocol ?? ''}`;
  const answer = one(found, name, ({ resource, inventory }) => ({
    listenerArn: resource.physicalId,
    listenerPort: number(resource.properties, 'Port') ?? 0,
    securityGroupIds: inventory.resources
      .filter(({ physicalId }) => physicalId === text(resource.properties, 'LoadBalancerArn'))
      .flatMap(({ properties }) => texts(properties, 'SecurityGroups')),
  }));
  if (answer) return answer;
  const home = homeOf(props);
  const invented = arn ?? inventedArn(props, home, 'listener');
  return standIn(
    {
      listenerArn: invented,
      listenerPort: port ?? 80,
      securityGroupIds: [`sg-0${hexadecimal({ ...home, stack: '', logicalId: invented }, 'listener', 16)}`],
    },
    words(`listener ${name}`, `리스너 ${name}`),
  );
}

function balancersOf(props: JsonObject, from: Known): Found[] {
  const [arn, type] = [text(props, 'loadBalancerArn'), text(props, 'loadBalancerType')];
  const tags = objects(props, 'loadBalancerTags');
  return matching(
    from,
    homeOf(props),
    [balancerType],
    (each) =>
      (type === undefined || (text(each.properties, 'Type') ?? 'application') === type) &&
      (arn === undefined || each.physicalId === arn) &&
      tags.every((tag) => each.tags[text(tag, 'key') ?? ''] === (text(tag, 'value') ?? '')),
  );
}

function vpcOf({ properties }: Resource, resources: readonly Resource[]): string {
  const mapped = objects(properties, 'SubnetMappings').flatMap((each) => text(each, 'SubnetId') ?? []);
  const subnets = [...texts(properties, 'Subnets'), ...mapped];
  const subnet = resources.find(({ physicalId }) => physicalId === subnets[0]);
  return (subnet && text(subnet.properties, 'VpcId')) ?? '';
}

function nameOf(props: JsonObject): string {
  const tags = objects(props, 'loadBalancerTags').map((tag) => `${text(tag, 'key')}=${text(tag, 'value') ?? ''}`);
  return text(props, 'loadBalancerArn') ?? (tags.join(',') || (text(props, 'loadBalancerType') ?? ''));
}

function inventedArn(props: JsonObject, { account, region }: Home, kind: 'loadbalancer' | 'listener'): string {
  const form = text(props, 'loadBalancerType') === 'network' ? 'net' : 'app';
  const digest = hexadecimal({ account, region, stack: '', logicalId: JSON.stringify(props) }, kind, 16);
  const tail = kind === 'listener' ? `/${digest}` : '';
  return `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${account}:${kind}/${form}/stand-in/${digest}${tail}`;
}
