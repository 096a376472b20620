import { type Prefix6, parsePrefix6 } from '../../../address6.ts';
import { launchData } from '../../../families/launch-template/launch-data.ts';
import { findResource, type Inventory, ofType } from '../../../inventory.ts';
import type { JsonObject } from '../../../json.ts';
import { flag, number, object, objects, text, texts } from '../../../property.ts';
import type { Ipv6Network, NetworkInterface } from '../../network.ts';

/**
 * Where the IPv6 address of each interface lies that has one: at a stated address, or anywhere in its subnet's range, of which AWS chooses.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#ipv6-addressing
 */
export function interfaceRanges6(
  inventory: Inventory,
  interfaces: readonly NetworkInterface[],
): Ipv6Network['interfaces'] {
  const subnets = new Map(
    ofType(inventory, 'AWS::EC2::Subnet').flatMap(({ physicalId, properties }) => {
      const range = parsePrefix6(text(properties, 'Ipv6CidrBlock') ?? '');
      return range
        ? [[physicalId, { range, onCreation: flag(properties, 'AssignIpv6AddressOnCreation') ?? false }]]
        : [];
    }),
  );
  return Object.fromEntries(
    interfaces.flatMap((each): [string, Prefix6][] => {
      const subnet = subnets.get(each.subnet);
      if (!subnet) return [];
      const wish = wishOf(inventory, each);
      if (wish.stated) return [[each.id, wish.stated]];
      return wish.any || (subnet.onCreation && !wish.none) ? [[each.id, subnet.range]] : [];
    }),
  );
}

interface Wish {
  readonly stated?: Prefix6;
  readonly any?: boolean;
  readonly none?: boolean;
}

function wishOf(inventory: Inventory, each: NetworkInterface): Wish {
  const resource = each.statedBy === null ? undefined : findResource(inventory, each.statedBy);
  if (!resource) return {};
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
      return {
        any: (text(resource.properties, 'IpAddressType') ?? 'ipv4').startsWith('dualstack'),
        none: !text(resource.properties, 'IpAddressType')?.startsWith('dualstack'),
      };
    case 'AWS::RDS::DBInstance':
      return text(resource.properties, 'NetworkType') === 'DUAL' ? { any: true } : { none: true };
    case 'AWS::Lambda::Function':
      return flag(object(resource.properties, 'VpcConfig'), 'Ipv6AllowedForDualStack') ? { any: true } : { none: true };
    default:
      return {};
  }
}

function addressesIn(properties: JsonObject): Wish {
  const [stated] = [
    ...objects(properties, 'Ipv6Addresses').flatMap((each) => text(each, 'Ipv6Address') ?? []),
    ...texts(properties, 'Ipv6Addresses'),
  ];
  const only = stated === undefined ? undefined : parsePrefix6(`${stated}/128`);
  if (only) return { stated: only };
  const count = number(properties, 'Ipv6AddressCount');
  return count === undefined ? {} : count > 0 ? { any: true } : { none: true };
}
