import { createHash } from 'node:crypto';
import { type Address6, type Prefix6, parseAddress6 } from '../../../address6.ts';
import { launchData } from '../../../families/launch-template/launch-data.ts';
import { findResource, type Inventory, ofType } from '../../../inventory.ts';
import type { JsonObject } from '../../../json.ts';
import { flag, number, object, objects, text, texts } from '../../../property.ts';
import type { Ipv6Network, NetworkInterface } from '../../network.ts';
import { subnetRanges6 } from './subnet-ranges.ts';

/**
 * The IPv6 addresses of each interface that has one, and where the first of them lies: at a stated address, or anywhere in its subnet's range, of which
 * AWS chooses.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#ipv6-addressing
 */
export function interfaceRanges6(
  inventory: Inventory,
  interfaces: readonly NetworkInterface[],
): Pick<Ipv6Network, 'interfaces' | 'addresses'> {
  const ranges = subnetRanges6(inventory);
  const assigning = new Set(
    ofType(inventory, 'AWS::EC2::Subnet')
      .filter(({ properties }) => flag(properties, 'AssignIpv6AddressOnCreation'))
      .map(({ physicalId }) => physicalId),
  );
  const given = interfaces.flatMap((each) => {
    const range = ranges.get(each.subnet);
    if (!range) return [];
    const { stated, chosen } = wishOf(inventory, each);
    const count = chosen ?? (stated.length === 0 && assigning.has(each.subnet) ? 1 : 0);
    if (stated.length + count === 0) return [];
    const addresses = [
      ...stated,
      ...Array.from({ length: count }, (_, index) => chosenAddress(range, `${each.id} ${index}`)),
    ];
    const [first] = stated;
    const place = first === undefined ? range : { first, last: first, length: 128 };
    return [{ id: each.id, place, addresses }];
  });
  return {
    interfaces: Object.fromEntries(given.map(({ id, place }) => [id, place])),
    addresses: Object.fromEntries(given.map(({ id, addresses }) => [id, addresses])),
  };
}

/**
 * An address of a subnet's that AWS would choose, made from a name that stays. AWS keeps the first four and the last to itself.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
function chosenAddress({ first, length }: Prefix6, name: string): Address6 {
  const hash = BigInt(`0x${createHash('sha256').update(`ipv6 ${name}`).digest('hex').slice(0, 32)}`);
  const size = 1n << BigInt(128 - length);
  const offset = size > 8n ? 4n + (hash % (size - 5n)) : 0n;
  return (BigInt(`0x${first}`) + offset).toString(16).padStart(32, '0');
}

/** What is stated for an interface; `chosen` is how many AWS is to choose, `undefined` where the subnet decides. */
interface Wish {
  readonly stated: readonly Address6[];
  readonly chosen?: number;
}

function wishOf(inventory: Inventory, each: NetworkInterface): Wish {
  const resource = each.statedBy === null ? undefined : findResource(inventory, each.statedBy);
  if (!resource) return { stated: [] };
  switch (resource.type) {
    case 'AWS::EC2::Instance':
    case 'AWS::AutoScaling::AutoScalingGroup': {
      const data = launchData(inventory, resource);
      const index = each.owner.kind === 'instance' ? each.owner.index : 0;
      const listed = objects(data, 'NetworkInterfaces').find((one) => (number(one, 'DeviceIndex') ?? 0) === index);
      return addressesIn(listed ?? data);
    }
    case 'AWS::EC2::NetworkInterface':
      return addressesIn(resource.properties);
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return one(text(resource.properties, 'IpAddressType')?.startsWith('dualstack') ?? false);
    case 'AWS::RDS::DBInstance':
      return one(text(resource.properties, 'NetworkType') === 'DUAL');
    case 'AWS::Lambda::Function':
      return one(flag(object(resource.properties, 'VpcConfig'), 'Ipv6AllowedForDualStack') ?? false);
    case 'AWS::EC2::VPCEndpoint':
      return one(['dualstack', 'ipv6'].includes(text(resource.properties, 'IpAddressType') ?? 'ipv4'));
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-internet-facing-load-balancers.html
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
    case 'AWS::EC2::NatGateway':
      return one(false);
    default:
      return { stated: [] };
  }
}

function one(has: boolean): Wish {
  return { stated: [], chosen: has ? 1 : 0 };
}

function addressesIn(properties: JsonObject): Wish {
  const stated = [
    ...objects(properties, 'Ipv6Addresses').flatMap((each) => text(each, 'Ipv6Address') ?? []),
    ...texts(properties, 'Ipv6Addresses'),
  ].flatMap((each) => parseAddress6(each) ?? []);
  const count = number(properties, 'Ipv6AddressCount');
  return { stated, ...(count === undefined ? {} : { chosen: count }) };
}
