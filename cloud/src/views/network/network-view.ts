import { type Inventory, ofType } from '../../inventory.ts';
import type { Fleet } from '../fleet.ts';
import type { ModelledNetwork, NetworkInterface, NetworkView } from '../network.ts';
import { balancerInterfaces } from './balancer-interfaces.ts';
import { balancerPortsOf } from './balancer-ports.ts';
import { databaseInterfaces } from './database-interfaces.ts';
import { edgeTablesOf } from './edge-tables.ts';
import { endpointInterfaces } from './endpoint-interfaces.ts';
import { gatewayEndpointsOf } from './gateway-endpoints.ts';
import { internetGatewaysOf, natGatewaysOf } from './gateways.ts';
import { instanceInterfaces } from './instance-interfaces.ts';
import { ipv6NetworkOf } from './ipv6/ipv6-network.ts';
import { natInterfaces } from './nat-interfaces.ts';
import { networkAclsOf } from './network-acls.ts';
import { peeringsBeyond, peeringsOf } from './peerings.ts';
import { prefixListsOf } from './prefix-lists.ts';
import { routeTablesOf, type Targets, targetOf } from './route-tables.ts';
import { securityGroupsOf } from './security-groups.ts';
import { serviceInterfaces } from './services/service-interfaces.ts';
import { openSite } from './site.ts';
import { subnetsOf } from './subnets.ts';
import { transitGatewaysOf } from './transit/transit-gateways.ts';
import { unknownPartsOf } from './unknown-parts.ts';
import { vpcsOf } from './vpcs.ts';
import { propagationsOf, vpnGatewaysOf } from './vpn-gateways.ts';

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
  const beyond = peeringsBeyond(inventory, vpcs);
  const targets = {
    internetGateways,
    natGateways: natGatewaysOf(inventory, subnets, interfaces),
    peerings: peeringsOf(inventory, vpcs),
    interfaces,
    gatewayEndpoints: gatewayEndpointsOf(inventory, vpcs),
    prefixLists: prefixListsOf(inventory),
  };
  const gateways = {
    transitGateways: transitGatewaysOf(inventory, vpcs),
    vpnGateways: vpnGatewaysOf(inventory, vpcs),
  };
  const routing: Targets = {
    ...targets,
    ...gateways,
    peeringsBeyond: beyond,
    statedPeerings: ofType(inventory, 'AWS::EC2::VPCPeeringConnection').map((each) => each.physicalId),
  };
  const services = serviceInterfaces(site);
  const routeTables = routeTablesOf(inventory, vpcs, routing);
  const networkAcls = networkAclsOf(inventory, vpcs);
  const securityGroups = securityGroupsOf(inventory, vpcs);
  const modelled: ModelledNetwork = {
    ...gateways,
    edgeTables: edgeTablesOf(inventory),
    serviceInterfaces: services,
    balancers: [],
    unknownParts: [],
    propagations: propagationsOf(inventory),
    unknownWaysIn: beyond,
    ipv6: ipv6NetworkOf(
      inventory,
      { vpcs, interfaces: [...interfaces, ...services], routeTables, securityGroups, networkAcls },
      (properties, table) => targetOf(properties, table, routing),
    ),
  };
  const view: NetworkView = {
    vpcs,
    subnets,
    routeTables,
    networkAcls,
    securityGroups,
    ...targets,
    modelled,
  };
  return {
    ...view,
    modelled: {
      ...modelled,
      balancers: balancerPortsOf(inventory, view, fleet),
      unknownParts: unknownPartsOf(inventory, view),
    },
  };
}
