import { type Prefix, parsePrefix } from '../../address.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { nameOf, text } from '../../property.ts';
import { words } from '../../words.ts';
import type {
  ModelledNetwork,
  NetworkView,
  Route,
  RouteTable,
  RouteTarget,
  Unknown,
  Vpc,
  VpnGateway,
} from '../network.ts';
import { unknown, unknownValue } from './unknown.ts';

export type Targets = Pick<
  NetworkView,
  'internetGateways' | 'natGateways' | 'peerings' | 'interfaces' | 'gatewayEndpoints' | 'prefixLists'
> &
  Pick<ModelledNetwork, 'vpnGateways' | 'transitGateways'> & {
    readonly peeringsBeyond: readonly { readonly id: string; readonly unknown: Unknown }[];
    readonly statedPeerings: readonly string[];
  };

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
  const named = namedTables(inventory, vpcs, [...main, ...stated]);
  const routes = ofType(inventory, 'AWS::EC2::Route');
  return [...main, ...stated, ...named].map((table) => {
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

/** Tables that an association names and no template makes. */
function namedTables(inventory: Inventory, vpcs: readonly Vpc[], known: readonly RouteTable[]): RouteTable[] {
  return ofType(inventory, 'AWS::EC2::SubnetRouteTableAssociation').flatMap(({ properties }, index, all) => {
    const id = text(properties, 'RouteTableId');
    const subnet = ofType(inventory, 'AWS::EC2::Subnet').find(
      (each) => each.physicalId === text(properties, 'SubnetId'),
    );
    const vpc = vpcs.find((each) => subnet && each.id === text(subnet.properties, 'VpcId'));
    const isFirst = all.findIndex((each) => text(each.properties, 'RouteTableId') === id) === index;
    if (id === undefined || !vpc || !isFirst || known.some((each) => each.id === id)) return [];
    return [{ id, statedBy: null, name: id, vpc: vpc.id, routes: [] }];
  });
}

function localRoute(destination: Prefix): Route {
  return { destination, prefixList: null, target: { kind: 'local' }, statedBy: null };
}

function statedRoutes(route: Resource, table: RouteTable, targets: Targets): Route[] {
  const target = targetOf(route.properties, table, targets);
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
export function targetOf(properties: JsonObject, table: RouteTable, targets: Targets): RouteTarget {
  const gateway = text(properties, 'GatewayId');
  if (gateway === 'local') return { kind: 'local' };
  if (gateway !== undefined) return gatewayTarget(gateway, table, targets);
  const nat = text(properties, 'NatGatewayId');
  if (nat !== undefined) {
    const found = targets.natGateways.find((each) => each.id === nat);
    if (!found) return outside(nat);
    return found.vpc === table.vpc
      ? { kind: 'nat-gateway', id: nat }
      : blackhole(`NAT gateway ${nat} is in another VPC`, `NAT 게이트웨이 ${nat}{이/가} 다른 VPC에 있습니다`);
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
    return own ? interfaceTarget(own.id, table, targets) : outside(instance);
  }
  const transit = text(properties, 'TransitGatewayId');
  if (transit !== undefined) return transitTarget(transit, table, targets);
  return unknownTarget(properties) ?? blackhole('no target is stated', '대상이 없습니다');
}

/** Targets that a packet may be carried by, and that nothing here follows. */
const notFollowed = [
  'VpcEndpointId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
  'EgressOnlyInternetGatewayId',
];

function unknownTarget(properties: JsonObject): RouteTarget | undefined {
  const name = notFollowed.find((each) => text(properties, each) !== undefined);
  if (name !== undefined) {
    const id = text(properties, name)!;
    return notModelled(id, `${name} ${id}`);
  }
  // A target that is written and has no text is a value that only a deployment gives.
  const unwritten = routeTargets.find((each) => properties[each] !== undefined);
  return unwritten === undefined ? undefined : { kind: 'unknown', id: unwritten, unknown: unknownValue(unwritten) };
}

const routeTargets = [
  'GatewayId',
  'NatGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'TransitGatewayId',
  ...notFollowed,
];

function notModelled(id: string, name: string): RouteTarget {
  return {
    kind: 'unknown',
    id,
    unknown: unknown(
      'UNKNOWN_TARGET',
      words(`${name} is a target that is not modelled.`, `${name}{은/는} 분석하지 않는 대상입니다.`),
      words(
        'look at what is behind it; for a proof it would have to be modelled',
        '그 뒤에 있는 것을 직접 확인하세요. Terrace는 이 대상을 증명하지 못합니다',
      ),
    ),
  };
}

/** A gateway that a template only names, by a parameter or an import. */
function outside(id: string): RouteTarget {
  return {
    kind: 'unknown',
    id,
    unknown: unknown(
      'UNKNOWN_TARGET',
      words(`${id} is not in the templates.`, `${id}{은/는} 템플릿에 없습니다.`),
      words('load the template that makes it as well', '그것을 만드는 템플릿도 함께 불러오세요'),
    ),
  };
}

function transitTarget(id: string, table: RouteTable, { transitGateways }: Targets): RouteTarget {
  const gateway = transitGateways.find((each) => each.id === id);
  if (!gateway) return outside(id);
  const attached = gateway.attachments.some((each) => each.vpc === table.vpc);
  if (attached || gateway.attachments.some((each) => each.unknown)) return { kind: 'transit-gateway', id };
  return blackhole(
    `transit gateway ${gateway.name} is not attached to this VPC`,
    `Transit Gateway ${gateway.name}{이/가} 이 VPC에 연결되지 않았습니다`,
  );
}

function vpnTarget({ id, name, vpc }: VpnGateway, table: RouteTable): RouteTarget {
  if (vpc === table.vpc) return { kind: 'vpn-gateway', id };
  return vpc === null
    ? blackhole(
        `virtual private gateway ${name} is not attached`,
        `가상 프라이빗 게이트웨이 ${name}{이/가} 연결되지 않았습니다`,
      )
    : blackhole(
        `virtual private gateway ${name} is attached to another VPC`,
        `가상 프라이빗 게이트웨이 ${name}{이/가} 다른 VPC에 연결되어 있습니다`,
      );
}

function gatewayTarget(id: string, table: RouteTable, { internetGateways, vpnGateways }: Targets): RouteTarget {
  const vpn = vpnGateways.find((each) => each.id === id);
  if (vpn) return vpnTarget(vpn, table);
  const gateway = internetGateways.find((each) => each.id === id);
  if (!gateway) return outside(id);
  if (gateway.vpc === null)
    return blackhole(
      `internet gateway ${gateway.name} is not attached`,
      `인터넷 게이트웨이 ${gateway.name}{이/가} 연결되지 않았습니다`,
    );
  if (gateway.vpc !== table.vpc)
    return blackhole(
      `internet gateway ${gateway.name} is attached to another VPC`,
      `인터넷 게이트웨이 ${gateway.name}{이/가} 다른 VPC에 연결되어 있습니다`,
    );
  return { kind: 'internet-gateway', id };
}

function peeringTarget(
  id: string,
  table: RouteTable,
  { peerings, peeringsBeyond, statedPeerings }: Targets,
): RouteTarget {
  const peering = peerings.find((each) => each.id === id);
  if (!peering) {
    const beyond = peeringsBeyond.find((each) => each.id === id);
    if (beyond) return { kind: 'unknown', id, unknown: beyond.unknown };
    return statedPeerings.includes(id)
      ? blackhole(`peering ${id} is not active`, `피어링 ${id}{이/가} 활성 상태가 아닙니다`)
      : outside(id);
  }
  const joined = peering.requester === table.vpc || peering.accepter === table.vpc;
  return joined
    ? { kind: 'peering', id }
    : blackhole(
        `peering ${peering.name} does not join this VPC`,
        `피어링 ${peering.name}{은/는} 이 VPC와 이어지지 않습니다`,
      );
}

function interfaceTarget(id: string, table: RouteTable, { interfaces }: Targets): RouteTarget {
  const found = interfaces.find((each) => each.id === id);
  if (!found) return outside(id);
  if (found.vpc !== table.vpc)
    return blackhole(
      `network interface ${found.name} is in another VPC`,
      `네트워크 인터페이스 ${found.name}{이/가} 다른 VPC에 있습니다`,
    );
  if (found.owner.kind === 'unattached')
    return blackhole(
      `network interface ${found.name} is attached to nothing`,
      `네트워크 인터페이스 ${found.name}{이/가} 아무것에도 연결되지 않았습니다`,
    );
  return { kind: 'interface', id };
}

function blackhole(reason: string, korean: string): RouteTarget {
  return { kind: 'blackhole', reason, because: words(reason, korean) };
}
