import { formatAddress } from '../../address.ts';
import { hexadecimal, regional, resourceIdentifier, type Subject } from '../../allocate/identifier.ts';
import { zonesOf } from '../../allocate/zones.ts';
import type { Inventory, Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { object, text, texts } from '../../property.ts';

/** An account in one region: each has a default VPC of its own. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

/** The first address of 172.31.0.0/16; the subnet of each zone takes the next 4,096. */
const base = 0xac1f0000;

/**
 * The default VPC of an account and what AWS makes with it: 172.31.0.0/16, a /20 subnet in each zone that gives public addresses, an internet
 * gateway, a route to it in the main route table, and the default DB subnet group over all subnets. Its default security group and network ACL are
 * those of every VPC.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function defaultVpc(home: Home): Resource[] {
  const vpc = defaultVpcId(home);
  const gateway = `igw-0${hexadecimal(subject(home), 'default internet gateway', 16)}`;
  const mainTable = `rtb-0${hexadecimal(subject(home), 'main route table', 16)}`;
  const subnets = zonesOf(home.region).map((zone, index): Resource => {
    const range = `${formatAddress(base + index * 4096)}/20`;
    const id = defaultSubnetId(home, zone);
    return standing(home, `default-subnet-${zone.slice(home.region.length)}`, 'AWS::EC2::Subnet', id, {
      properties: { VpcId: vpc, CidrBlock: range, AvailabilityZone: zone, MapPublicIpOnLaunch: true },
      attributes: { SubnetId: id, AvailabilityZone: zone, CidrBlock: range, VpcId: vpc },
    });
  });
  return [
    standing(home, defaultVpcName, 'AWS::EC2::VPC', vpc, {
      properties: { CidrBlock: `${formatAddress(base)}/16`, EnableDnsSupport: true, EnableDnsHostnames: true },
      attributes: { VpcId: vpc, CidrBlock: `${formatAddress(base)}/16`, MainRouteTable: mainTable },
    }),
    ...subnets,
    standing(home, 'default-internet-gateway', 'AWS::EC2::InternetGateway', gateway, { properties: {} }),
    standing(home, 'default-gateway-attachment', 'AWS::EC2::VPCGatewayAttachment', `IGW|${vpc}`, {
      properties: { VpcId: vpc, InternetGatewayId: gateway },
    }),
    standing(home, 'default-route', 'AWS::EC2::Route', `${mainTable}|0.0.0.0/0`, {
      properties: { RouteTableId: mainTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway },
    }),
    standing(home, 'default-db-subnet-group', 'AWS::RDS::DBSubnetGroup', defaultSubnetGroup, {
      properties: {
        DBSubnetGroupDescription: 'default',
        DBSubnetGroupName: defaultSubnetGroup,
        SubnetIds: subnets.map(({ physicalId }) => physicalId),
      },
    }),
  ];
}

/** The DB subnet group of a database that names none. */
export const defaultSubnetGroup = 'default';

export function defaultVpcId(home: Home): string {
  return resourceIdentifier(subject(home), 'vpc');
}

export function defaultSubnetId(home: Home, zone: string): string {
  return `subnet-0${hexadecimal(subject(home), `default subnet ${zone}`, 16)}`;
}

/** The account and region of a resource, by its stack. */
export function homeOf(inventory: Inventory, { stack }: Pick<Resource, 'stack'>): Home {
  const [, , , region, account] = inventory.stacks.find((each) => each.name === stack)?.id.split(':') ?? [];
  return { region: region || inventory.region, account: account || inventory.account };
}

/** The subnet that AWS chooses for a launch that names none: the default one of the stated zone, here of the first where none is stated. */
export function defaultSubnetFor(home: Home, launch: JsonObject): string {
  const zone = text(launch, 'AvailabilityZone') ?? text(object(launch, 'Placement'), 'AvailabilityZone');
  return defaultSubnetId(home, zone ?? zonesOf(home.region)[0]!);
}

/** The default subnets of the zones that an Auto Scaling group or a Classic Load Balancer names in place of subnets. */
export function defaultSubnetsIn(home: Home, properties: JsonObject): string[] {
  const byId = texts(properties, 'AvailabilityZoneIds').flatMap((id) => {
    const number = /-az(\d)$/.exec(id)?.[1];
    return number === undefined ? [] : (zonesOf(home.region)[Number(number) - 1] ?? []);
  });
  return [...new Set([...texts(properties, 'AvailabilityZones'), ...byId])].map((zone) => defaultSubnetId(home, zone));
}

/** Whether the VPC is the one that an account has by default, and not one that was imported. */
export function isDefaultVpc(inventory: Inventory, { logicalId, key }: Resource): boolean {
  return logicalId === defaultVpcName && (inventory.outside ?? []).some((each) => each.key === key);
}

const defaultVpcName = 'default-vpc';

function standing(
  home: Home,
  logicalId: string,
  type: string,
  physicalId: string,
  { properties, attributes = {} }: { properties: JsonObject; attributes?: JsonObject },
): Resource {
  const stack = stackOf(home);
  return {
    key: `${stack}/${logicalId}`,
    stack,
    logicalId,
    type,
    physicalId,
    attributes,
    properties,
    metadata: {},
    creationPolicy: {},
    updatePolicy: {},
    deletionPolicy: 'Retain',
    dependsOn: [],
    tags: {},
    place: {},
  };
}

/** In place of a stack's name; no stack is called so, since a stack's name has no full stop. */
function stackOf({ account, region }: Home): string {
  return `${account}.${region}`;
}

function subject({ account, region }: Home): Subject {
  return { ...regional({ account, region, stack: '', logicalId: '' }), logicalId: 'default VPC' };
}
