import type { Address } from '../../address.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import { flag, text, texts } from '../../property.ts';
import type { NetworkView } from '../network.ts';

/** An interface endpoint's own names and, with private DNS, the service's usual names, with its private addresses. */
export interface InterfaceEndpointName {
  /** `vpce-…` */
  readonly id: string;
  readonly vpc: string;
  /** For example `secretsmanager`. */
  readonly service: string;
  readonly privateDns: boolean;
  /** The endpoint's own names, without its zones' ones. */
  readonly names: readonly string[];
  readonly nodes: readonly { readonly zone: string; readonly address: Address }[];
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html#interface-endpoint-dns-hostnames */
export function interfaceEndpointNames(inventory: Inventory, network: NetworkView): InterfaceEndpointName[] {
  const zoneOf = new Map(network.subnets.map((subnet) => [subnet.id, subnet.zone]));
  return ofType(inventory, 'AWS::EC2::VPCEndpoint').flatMap(({ properties, physicalId, attributes }) => {
    if (text(properties, 'VpcEndpointType') !== 'Interface') return [];
    const nodes = network.interfaces.flatMap(({ owner, addresses, subnet }) =>
      owner.kind === 'endpoint' && owner.id === physicalId
        ? [{ zone: zoneOf.get(subnet)!, address: addresses[0]! }]
        : [],
    );
    const entries = texts(attributes, 'DnsEntries').map((entry) => entry.split(':').at(-1)!.toLowerCase());
    return [
      {
        id: physicalId,
        vpc: text(properties, 'VpcId') ?? '',
        service: serviceOf(text(properties, 'ServiceName') ?? ''),
        privateDns: flag(properties, 'PrivateDnsEnabled') ?? false,
        names: entries,
        nodes,
      },
    ];
  });
}

/** `com.amazonaws.ap-northeast-2.ecr.api` is called `api.ecr` in names, as the few others of two parts are. */
function serviceOf(serviceName: string): string {
  const parts = serviceName.split('.').slice(3);
  return (parts.length > 1 ? parts.reverse() : parts).join('.');
}
