import { type Inventory, ofType } from '../../inventory.ts';
import { text } from '../../property.ts';
import type { EdgeTable } from '../network.ts';

/**
 * Route tables of gateways: what comes in by the gateway follows them, for example to an appliance.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
export function edgeTablesOf(inventory: Inventory): EdgeTable[] {
  return ofType(inventory, 'AWS::EC2::GatewayRouteTableAssociation').flatMap(({ properties }) => {
    const gateway = text(properties, 'GatewayId');
    const table = text(properties, 'RouteTableId');
    return gateway !== undefined && table !== undefined ? [{ gateway, table }] : [];
  });
}
