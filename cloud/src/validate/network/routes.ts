import { formatPrefix, holdsPrefix, parsePrefix } from '../../address.ts';
import type { Resource } from '../../inventory.ts';
import type { Json } from '../../json.ts';
import { type Mistake, mistake } from '../../mistake.ts';
import { type Words, words } from '../../words.ts';
import type { NetworkSite } from './site.ts';

/**
 * Routes: each leads somewhere that its VPC can reach, none is stated twice, and a subnet has one table.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function checkRoutes(site: NetworkSite): void {
  const seen = new Map<string, Resource>();
  for (const route of site.ofType('AWS::EC2::Route')) {
    checkTarget(site, route);
    checkDestination(site, route, seen);
  }
  checkAssociations(site);
}

const targets = [
  'GatewayId',
  'NatGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'VpcEndpointId',
  'TransitGatewayId',
  'EgressOnlyInternetGatewayId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
] as const;

/** Shared with an account, or made with hardware: a template names them by id. */
const madeElsewhere: readonly string[] = [
  'CoreNetworkArn',
  'OdbNetworkArn',
  'TransitGatewayId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'VpcEndpointId',
];

function checkTarget(site: NetworkSite, route: Resource): void {
  const stated = targets.filter((name) => route.properties[name] !== undefined);
  const [name] = stated;
  if (stated.length !== 1 || name === undefined) {
    site.report(
      routeToNothing(
        site,
        route,
        [],
        stated.length === 0
          ? words('This route has no target.', '이 경로에는 대상이 없습니다.')
          : words(`This route has ${stated.length} targets.`, `이 경로에는 대상이 ${stated.length}개 있습니다.`),
        words('Give it exactly one, for example NatGatewayId.', '정확히 하나를 지정하세요. 예: NatGatewayId'),
      ),
    );
    return;
  }
  const id = route.properties[name] as Json;
  const target = site.find(id);
  const vpc = site.find(site.find(route.properties.RouteTableId)?.properties.VpcId);
  if (!vpc) return;
  if (!target) {
    const isWellKnown = id === 'local' || madeElsewhere.includes(name) || site.isOutside(vpc);
    if (isWellKnown) return;
    const cause = words(
      `Nothing that is loaded has the id ${String(id)}.`,
      `불러온 것 중 ID가 ${String(id)}인 리소스가 없습니다.`,
    );
    site.report(
      routeToNothing(
        site,
        route,
        [name],
        cause,
        words('Name a resource of the template.', '템플릿의 리소스를 지정하세요.'),
      ),
    );
    return;
  }
  const complaint = unreachable(site, vpc, target);
  if (complaint) site.report(routeToNothing(site, route, [name], complaint.cause, complaint.next));
}

/** Why a VPC's packets cannot be sent to a target, `undefined` if they can. */
function unreachable(site: NetworkSite, vpc: Resource, target: Resource): { cause: Words; next: Words } | undefined {
  switch (target.type) {
    case 'AWS::EC2::InternetGateway': {
      const attached = site
        .standing('AWS::EC2::VPCGatewayAttachment')
        .some(
          ({ properties }) => properties.InternetGatewayId === target.physicalId && properties.VpcId === vpc.physicalId,
        );
      if (attached) return undefined;
      return {
        cause: words(
          `${target.logicalId} is not attached to ${vpc.logicalId}.`,
          `${target.logicalId}{이/가} ${vpc.logicalId}에 연결되어 있지 않습니다.`,
        ),
        next: words('Add an AWS::EC2::VPCGatewayAttachment.', 'AWS::EC2::VPCGatewayAttachment를 추가하세요.'),
      };
    }
    case 'AWS::EC2::VPCPeeringConnection':
      if ([target.properties.VpcId, target.properties.PeerVpcId].includes(vpc.physicalId)) return undefined;
      return {
        cause: words(
          `${target.logicalId} does not peer ${vpc.logicalId}.`,
          `${target.logicalId}{은/는} ${vpc.logicalId}의 피어링이 아닙니다.`,
        ),
        next: words('Name a peering of this VPC.', '이 VPC의 피어링을 지정하세요.'),
      };
    case 'AWS::EC2::NatGateway': {
      const home = site.find(site.find(target.properties.SubnetId)?.properties.VpcId);
      if (!home || home === vpc) return undefined;
      return {
        cause: words(
          `${target.logicalId} stands in ${home.logicalId}, and the table belongs to ${vpc.logicalId}.`,
          `${target.logicalId}{은/는} ${home.logicalId}에 있고 라우팅 테이블은 ${vpc.logicalId}의 것입니다.`,
        ),
        next: words('Name a NAT gateway of the same VPC.', '같은 VPC의 NAT 게이트웨이를 지정하세요.'),
      };
    }
    default:
      return undefined;
  }
}

function routeToNothing(
  site: NetworkSite,
  route: Resource,
  path: readonly string[],
  cause: Words,
  next: Words,
): Mistake {
  return mistake('ROUTE_TO_NOTHING', site.at(route, 'Properties', ...path), { cause, next });
}

function checkDestination(site: NetworkSite, route: Resource, seen: Map<string, Resource>): void {
  const { DestinationCidrBlock: text, RouteTableId: table } = route.properties;
  const place = site.at(route, 'Properties', 'DestinationCidrBlock');
  if (typeof text === 'string') {
    const range = parsePrefix(text);
    if (!range) {
      site.report(
        mistake('BAD_RANGE', place, {
          cause: words(`"${text}" is not an IPv4 range.`, `"${text}"{은/는} IPv4 대역이 아닙니다.`),
          next: words('Write it as 10.10.0.0/16.', '10.10.0.0/16처럼 쓰세요.'),
        }),
      );
      return;
    }
    const vpc = site.find(site.find(table)?.properties.VpcId);
    const local = vpc && site.rangesOf(vpc).some((each) => formatPrefix(each) === formatPrefix(range));
    if (local)
      site.report(
        mistake('DUPLICATE_ROUTE', place, {
          cause: words(
            `${text} is the VPC’s own range, for which every table has a local route.`,
            `${text}{은/는} VPC 자신의 대역이며 모든 테이블에 이미 로컬 경로가 있습니다.`,
          ),
          next: words('Take this route out.', '이 경로를 빼세요.'),
        }),
      );
    else if (vpc && site.rangesOf(vpc).some((each) => holdsPrefix(each, range))) checkWithinVpc(site, route);
  }
  const destination = text ?? route.properties.DestinationPrefixListId ?? route.properties.DestinationIpv6CidrBlock;
  if (destination === undefined) {
    site.report(
      mistake('MISSING_PROPERTY', site.at(route, 'Properties'), {
        cause: words('This route has no destination.', '이 경로에는 목적지가 없습니다.'),
        next: words('Add DestinationCidrBlock.', 'DestinationCidrBlock을 추가하세요.'),
      }),
    );
    return;
  }
  const name = `${table} ${destination}`;
  const before = seen.get(name);
  if (!before) {
    seen.set(name, route);
    return;
  }
  site.report(
    mistake('DUPLICATE_ROUTE', place, {
      cause: words(
        `${before.logicalId} already states a route to ${String(destination)} in this table.`,
        `${before.logicalId}{이/가} 이 테이블에 ${String(destination)} 경로를 이미 정했습니다.`,
      ),
      next: words('Take one of the two out.', '둘 중 하나를 빼세요.'),
    }),
  );
}

const withinVpc = ['NatGatewayId', 'NetworkInterfaceId', 'InstanceId', 'VpcEndpointId'];

/**
 * A route longer than the local one leads to a NAT gateway, a network interface or an endpoint of a Gateway Load Balancer, and nowhere else.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html#route-table-routes
 */
function checkWithinVpc(site: NetworkSite, route: Resource): void {
  const target = targets.find((name) => route.properties[name] !== undefined);
  if (target === undefined || withinVpc.includes(target) || route.properties[target] === 'local') return;
  const destination = String(route.properties.DestinationCidrBlock);
  site.report(
    mistake('ROUTE_WITHIN_VPC', site.at(route, 'Properties', target), {
      cause: words(
        `${destination} lies within the VPC's own range; AWS refuses a route there by ${target}.`,
        `${destination}{은/는} VPC 자신의 대역 안에 있습니다. AWS는 그곳으로 가는 경로의 대상으로 ${target}{을/를} 받지 않습니다.`,
      ),
      next: words(
        'Name a NAT gateway, a network interface or a Gateway Load Balancer endpoint, or take the route out.',
        'NAT 게이트웨이, 네트워크 인터페이스, Gateway Load Balancer 엔드포인트를 지정하거나 이 경로를 빼세요.',
      ),
    }),
  );
}

function checkAssociations(site: NetworkSite): void {
  const seen = new Map<Json, Resource>();
  for (const association of site.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const subnet = association.properties.SubnetId;
    const table = site.find(association.properties.RouteTableId);
    const owner = site.find(subnet);
    if (subnet === undefined) continue;
    const before = seen.get(subnet);
    if (before)
      site.report(
        mistake('TWO_ROUTE_TABLES', site.at(association, 'Properties', 'SubnetId'), {
          cause: words(
            `${before.logicalId} already gives ${owner?.logicalId ?? subnet} a route table; a subnet has one.`,
            `${before.logicalId}{이/가} ${owner?.logicalId ?? String(subnet)}에 이미 라우팅 테이블을 연결했습니다. 서브넷에는 하나만 연결됩니다.`,
          ),
          next: words('Take one of the two out.', '둘 중 하나를 빼세요.'),
        }),
      );
    else seen.set(subnet, association);
    if (table && owner && table.properties.VpcId !== owner.properties.VpcId)
      site.report(
        mistake('OTHER_VPC', site.at(association, 'Properties', 'RouteTableId'), {
          cause: words(
            `${table.logicalId} and ${owner.logicalId} belong to different VPCs.`,
            `${table.logicalId}{과/와} ${owner.logicalId}{은/는} 서로 다른 VPC에 있습니다.`,
          ),
          next: words('Use a route table of the subnet’s VPC.', '서브넷과 같은 VPC의 라우팅 테이블을 쓰세요.'),
        }),
      );
  }
}
