import { type Prefix, parsePrefix } from '../../address.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { nameOf, text } from '../../property.ts';
import { words } from '../../words.ts';
import type { NetworkView, Route, RouteTable, RouteTarget, Vpc } from '../network.ts';

type Targets = Pick<
  NetworkView,
  'internetGateways' | 'natGateways' | 'peerings' | 'interfaces' | 'gatewayEndpoints' | 'prefixLists'
>;

/**
 * Each VPC's main table and the template's own, each with a local route for every range of its VPC, and
 * with a gateway endpoint's routes where one is associated.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function routeTablesOf(inventory: Inventory, vpcs: readonly Vpc[], targets: Targets): RouteTable[] {
  const stated = ofType(inventory, 'AWS::EC2::RouteTable').flatMap((resource): RouteTable[] => {
    const vpc = vpcs.find((each) => each.id === text(resource.properties, 'VpcId'));
    if (!vpc) return [];
    return [{ id: resource.physicalId, statedBy: resource.key, name: nameOf(resource), vpc: vpc.id, routes: [] }];
  });
  const main = vpcs.map(
    (vpc): RouteTable => ({
      id: vpc.mainRouteTable,
      statedBy: null,
      name: `main table of ${vpc.name}`,
      vpc: vpc.id,
      routes: [],
    }),
  );
  const routes = ofType(inventory, 'AWS::EC2::Route');
  return [...main, ...stated].map((table) => {
    const vpc = vpcs.find((each) => each.id === table.vpc)!;
    return {
      ...table,
      routes: [
        ...vpc.ranges.map(localRoute),
        ...routes
          .filter(({ properties }) => text(properties, 'RouteTableId') === table.id)
          .flatMap((route) => statedRoutes(route, table, targets)),
        ...endpointRoutes(table, targets),
      ],
    };
  });
}

function localRoute(destination: Prefix): Route {
  return { destination, prefixList: null, target: { kind: 'local' }, statedBy: null };
}

function statedRoutes(route: Resource, table: RouteTable, targets: Targets): Route[] {
  const target = targetOf(route, table, targets);
  const prefixList = text(route.properties, 'DestinationPrefixListId') ?? null;
  const single = parsePrefix(text(route.properties, 'DestinationCidrBlock') ?? '');
  const listed = targets.prefixLists.find((list) => list.id === prefixList)?.entries ?? [];
  return (single ? [single] : listed).map((destination) => ({ destination, prefixList, target, statedBy: route.key }));
}

function endpointRoutes(table: RouteTable, { gatewayEndpoints, prefixLists }: Targets): Route[] {
  return gatewayEndpoints
    .filter((endpoint) => endpoint.vpc === table.vpc && endpoint.routeTables.includes(table.id))
    .flatMap((endpoint) => {
      const entries = prefixLists.find((list) => list.id === endpoint.prefixList)?.entries ?? [];
      return entries.map((destination) => ({
        destination,
        prefixList: endpoint.prefixList,
        target: { kind: 'gateway-endpoint' as const, id: endpoint.id },
        statedBy: null,
      }));
    });
}

/**
 * The target of a stated route; a blackhole with its reason where the target is not available.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 */
function targetOf({ properties }: Resource, table: RouteTable, targets: Targets): RouteTarget {
  const gateway = text(properties, 'GatewayId');
  if (gateway === 'local') return { kind: 'local' };
  if (gateway !== undefined) return internetGatewayTarget(gateway, table, targets);
  const nat = text(properties, 'NatGatewayId');
  if (nat !== undefined) {
    const found = targets.natGateways.find((each) => each.id === nat);
    if (!found) return blackhole(`NAT gateway ${nat} is not there`, `NAT 게이트웨이 ${nat}이(가) 없습니다`);
    return found.vpc === table.vpc
      ? { kind: 'nat-gateway', id: nat }
      : blackhole(`NAT gateway ${nat} is in another VPC`, `NAT 게이트웨이 ${nat}이(가) 다른 VPC에 있습니다`);
  }
  const peering = text(properties, 'VpcPeeringConnectionId');
  if (peering !== undefined) return peeringTarget(peering, table, targets);
  const attached = text(properties, 'NetworkInterfaceId');
  if (attached !== undefined) return interfaceTarget(attached, table, targets);
  const instance = text(properties, 'InstanceId');
  if (instance !== undefined) {
    const own = targets.interfaces.find(
      ({ owner }) => owner.kind === 'instance' && owner.id === instance && owner.index === 0,
    );
    return own
      ? interfaceTarget(own.id, table, targets)
      : blackhole(`instance ${instance} is not there`, `인스턴스 ${instance}이(가) 없습니다`);
  }
  const unsupported = ['TransitGatewayId', 'VpcEndpointId', 'CarrierGatewayId', 'LocalGatewayId', 'CoreNetworkArn'];
  const named = unsupported.find((each) => text(properties, each) !== undefined);
  return named
    ? blackhole(`${named} is not carried by Terrace`, `Terrace가 다루지 않는 대상입니다: ${named}`)
    : blackhole('no target is stated', '대상이 없습니다');
}

function internetGatewayTarget(id: string, table: RouteTable, { internetGateways }: Targets): RouteTarget {
  const gateway = internetGateways.find((each) => each.id === id);
  if (!gateway)
    return blackhole(
      `gateway ${id} is not there or not an internet gateway`,
      `게이트웨이 ${id}이(가) 없거나 인터넷 게이트웨이가 아닙니다`,
    );
  if (gateway.vpc === null)
    return blackhole(
      `internet gateway ${gateway.name} is not attached`,
      `인터넷 게이트웨이 ${gateway.name}이(가) 연결되지 않았습니다`,
    );
  if (gateway.vpc !== table.vpc)
    return blackhole(
      `internet gateway ${gateway.name} is attached to another VPC`,
      `인터넷 게이트웨이 ${gateway.name}이(가) 다른 VPC에 연결되어 있습니다`,
    );
  return { kind: 'internet-gateway', id };
}

function peeringTarget(id: string, table: RouteTable, { peerings }: Targets): RouteTarget {
  const peering = peerings.find((each) => each.id === id);
  if (!peering) return blackhole(`peering ${id} is not active`, `피어링 ${id}이(가) 활성 상태가 아닙니다`);
  const joined = peering.requester === table.vpc || peering.accepter === table.vpc;
  return joined
    ? { kind: 'peering', id }
    : blackhole(
        `peering ${peering.name} does not join this VPC`,
        `피어링 ${peering.name}은(는) 이 VPC와 이어지지 않습니다`,
      );
}

function interfaceTarget(id: string, table: RouteTable, { interfaces }: Targets): RouteTarget {
  const found = interfaces.find((each) => each.id === id);
  if (!found) return blackhole(`network interface ${id} is not there`, `네트워크 인터페이스 ${id}이(가) 없습니다`);
  if (found.vpc !== table.vpc)
    return blackhole(
      `network interface ${found.name} is in another VPC`,
      `네트워크 인터페이스 ${found.name}이(가) 다른 VPC에 있습니다`,
    );
  if (found.owner.kind === 'unattached')
    return blackhole(
      `network interface ${found.name} is attached to nothing`,
      `네트워크 인터페이스 ${found.name}이(가) 아무것에도 연결되지 않았습니다`,
    );
  return { kind: 'interface', id };
}

function blackhole(reason: string, korean: string): RouteTarget {
  return { kind: 'blackhole', reason, because: words(reason, korean) };
}
