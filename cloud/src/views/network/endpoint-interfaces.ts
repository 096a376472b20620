import { nodeOwner } from '../../allocate/addresses.ts';
import { ofType } from '../../inventory.ts';
import { nameOf, text, texts } from '../../property.ts';
import type { NetworkInterface } from '../network.ts';
import type { Site } from './site.ts';
import { suppliedId } from './supplied.ts';

/**
 * The interfaces of interface endpoints, one for each of their subnets.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export function endpointInterfaces(site: Site): NetworkInterface[] {
  const endpoints = ofType(site.inventory, 'AWS::EC2::VPCEndpoint').filter(
    ({ properties }) => text(properties, 'VpcEndpointType') === 'Interface',
  );
  return endpoints.flatMap((endpoint) =>
    texts(endpoint.properties, 'SubnetIds').flatMap((id): NetworkInterface[] => {
      const subnet = site.subnet(id);
      if (!subnet) return [];
      return [
        {
          id: suppliedId('eni', endpoint.physicalId, subnet.id),
          statedBy: endpoint.key,
          name: `${nameOf(endpoint)}/${subnet.zone}`,
          vpc: subnet.vpc,
          subnet: subnet.id,
          addresses: site.privateAddresses(subnet, nodeOwner(endpoint.key), []),
          publicAddress: null,
          securityGroups: site.groupsOrDefault(texts(endpoint.properties, 'SecurityGroupIds'), subnet),
          filtered: true,
          sourceDestinationCheck: true,
          owner: { kind: 'endpoint', id: endpoint.physicalId },
        },
      ];
    }),
  );
}
