import type { JsonObject } from '../../json.ts';
import { flag, objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/**
 * A table with its routes and associations. A route in the state `blackhole` has no target: it drops what it matches.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-route-tables.html
 */
export const described: Descriptions = {
  RouteTables: (table) => {
    const id = text(table, 'RouteTableId');
    const vpc = text(table, 'VpcId');
    if (id === undefined || vpc === undefined) return [];
    const associations = objects(table, 'Associations');
    const isMain = associations.some((each) => flag(each, 'Main'));
    const own: DescribedResource = {
      type: 'AWS::EC2::RouteTable',
      id,
      properties: { VpcId: vpc },
      attributes: { RouteTableId: id },
      tags: tagsOf(table),
    };
    return [
      {
        id,
        ...ownedBy(text(table, 'OwnerId')),
        resources: [
          ...(isMain ? [] : [own]),
          ...objects(table, 'Routes').flatMap((route) => routeOf(id, route)),
          ...associations.flatMap((each) => associationOf(id, each)),
        ],
        amends: isMain ? { [vpc]: { MainRouteTable: id } } : {},
      },
    ];
  },
};

/** The local route of each range is that of the VPC. */
function routeOf(table: string, route: JsonObject): DescribedResource[] {
  const gateway = text(route, 'GatewayId');
  if (gateway === 'local') return [];
  const destination = renamed(route, {
    DestinationCidrBlock: 'DestinationCidrBlock',
    DestinationIpv6CidrBlock: 'DestinationIpv6CidrBlock',
    DestinationPrefixListId: 'DestinationPrefixListId',
  });
  const [first] = targets.filter((name) => text(route, name) !== undefined);
  const isDropped = text(route, 'State') === 'blackhole';
  return [
    {
      type: 'AWS::EC2::Route',
      id: `${table}|${Object.values(destination)[0]}`,
      properties: {
        RouteTableId: table,
        ...destination,
        ...(isDropped || first === undefined ? {} : { [first]: text(route, first)! }),
      },
    },
  ];
}

/** In the order of what decides: a route to an instance names its network interface as well. */
const targets = [
  'GatewayId',
  'NatGatewayId',
  'VpcPeeringConnectionId',
  'TransitGatewayId',
  'EgressOnlyInternetGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
];

function associationOf(table: string, association: JsonObject): DescribedResource[] {
  const subnet = text(association, 'SubnetId');
  const gateway = text(association, 'GatewayId');
  const id = text(association, 'RouteTableAssociationId') ?? `${table}|${subnet ?? gateway}`;
  if (subnet !== undefined)
    return [
      { type: 'AWS::EC2::SubnetRouteTableAssociation', id, properties: { RouteTableId: table, SubnetId: subnet } },
    ];
  return gateway === undefined
    ? []
    : [{ type: 'AWS::EC2::GatewayRouteTableAssociation', id, properties: { RouteTableId: table, GatewayId: gateway } }];
}
