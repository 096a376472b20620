import type { Inventory } from '../../inventory.ts';
import type { Fleet } from '../fleet.ts';
import type { NetworkInterface, NetworkView } from '../network.ts';
import { balancerInterfaces } from './balancer-interfaces.ts';
import { databaseInterfaces } from './database-interfaces.ts';
import { endpointInterfaces } from './endpoint-interfaces.ts';
import { gatewayEndpointsOf } from './gateway-endpoints.ts';
import { internetGatewaysOf, natGatewaysOf } from './gateways.ts';
import { instanceInterfaces } from './instance-interfaces.ts';
import { natInterfaces } from './nat-interfaces.ts';
import { networkAclsOf } from './network-acls.ts';
import { peeringsOf } from './peerings.ts';
import { prefixListsOf } from './prefix-lists.ts';
import { routeTablesOf } from './route-tables.ts';
import { securityGroupsOf } from './security-groups.ts';
import { openSite } from './site.ts';
import { subnetsOf } from './subnets.ts';
import { vpcsOf } from './vpcs.ts';

/**
 * Reads the network out of an inventory. What refers to a VPC or a subnet that is not in the templates is left out:
 * `terrace validate` names it.
 *
 * @param fleet Which instances there are: `initialFleet(inventory)`, or what a running region made of it.
 */
export function networkView(inventory: Inventory, fleet: Fleet): NetworkView {
  const vpcs = vpcsOf(inventory);
  const subnets = subnetsOf(inventory, vpcs);
  const site = openSite(inventory, fleet, vpcs, subnets);
  const internetGateways = internetGatewaysOf(inventory, vpcs);
  const interfaces: NetworkInterface[] = [
    ...instanceInterfaces(site, fleet),
    ...balancerInterfaces(site),
    ...databaseInterfaces(site, internetGateways),
    ...endpointInterfaces(site),
    ...natInterfaces(site),
  ].filter((each) => each.addresses.length > 0);
  const targets = {
    internetGateways,
    natGateways: natGatewaysOf(inventory, subnets, interfaces),
    peerings: peeringsOf(inventory, vpcs),
    interfaces,
    gatewayEndpoints: gatewayEndpointsOf(inventory, vpcs),
    prefixLists: prefixListsOf(inventory),
  };
  return {
    vpcs,
    subnets,
    routeTables: routeTablesOf(inventory, vpcs, targets),
    networkAcls: networkAclsOf(inventory, vpcs),
    securityGroups: securityGroupsOf(inventory, vpcs),
    ...targets,
  };
}
