import { type Inventory, ofType } from '../../inventory.ts';
import { nameOf, text, texts } from '../../property.ts';
import type { GatewayEndpoint, Vpc } from '../network.ts';
import { servicePrefixListId } from './prefix-lists.ts';

/**
 * Gateway endpoints (S3, DynamoDB): a way to a service's public ranges without an internet gateway, for the chosen tables.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function gatewayEndpointsOf(inventory: Inventory, vpcs: readonly Vpc[]): GatewayEndpoint[] {
  return ofType(inventory, 'AWS::EC2::VPCEndpoint').flatMap((resource): GatewayEndpoint[] => {
    const { properties } = resource;
    const vpc = vpcs.find((each) => each.id === text(properties, 'VpcId'));
    if (!vpc || (text(properties, 'VpcEndpointType') ?? 'Gateway') !== 'Gateway') return [];
    const service = serviceOf(text(properties, 'ServiceName') ?? '');
    return [
      {
        id: resource.physicalId,
        statedBy: resource.key,
        name: nameOf(resource),
        vpc: vpc.id,
        service,
        prefixList: servicePrefixListId(inventory.region, service),
        routeTables: texts(properties, 'RouteTableIds'),
        policy: properties.PolicyDocument ?? null,
      },
    ];
  });
}

/** `s3` of `com.amazonaws.ap-northeast-2.s3`. */
function serviceOf(serviceName: string): string {
  return serviceName.split('.').slice(3).join('.');
}
