import { formatPrefix } from '../address.ts';
import { defaultVpc, defaultVpcId } from '../families/vpc/default-vpc.ts';
import { everyResource, type Inventory, ofType } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { flag, text } from '../property.ts';
import { initialFleet } from '../views/initial-fleet.ts';
import { networkView } from '../views/network/network-view.ts';
import type { NetworkView, Subnet, Vpc } from '../views/network.ts';
import { words } from '../words.ts';
import { type Answer, fits, type Home, homeOf, type Known, known, standIn } from './lookup.ts';
import { usualVpc } from './usual-vpc.ts';
import { type GroupedSubnet, type SubnetType, vpcContext } from './vpc-context.ts';

/**
 * Answers `Vpc.fromLookup` as CDK's own command line does: by the filters of DescribeVpcs, with the subnets grouped by their type and
 * name.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html#static-fromwbrlookupscope-id-options
 */
export function answerVpc(props: JsonObject, from: Known): Answer {
  const home = homeOf(props);
  const filter = isObject(props.filter) ? props.filter : {};
  for (const inventory of from.inventories) {
    const network = networkView(inventory, initialFleet(inventory));
    const meant = network.vpcs.filter((vpc) => isMeant(vpc, filter, inventory, home));
    if (meant.length > 1) return { kind: 'none', why: several(meant.length, filter) };
    if (meant[0]) return known(described(meant[0], network, inventory, props));
  }
  if (asksForDefault(filter, home)) return known(describedDefault(home, props));
  const { value, name } = usualVpc(filter, home, asymmetric(props));
  return standIn(value, words(`VPC ${name}`, `VPC ${name}`));
}

/** Every account has its default VPC: here it is the one that stands where a template stands in it. */
function asksForDefault(filter: JsonObject, home: Home): boolean {
  return (
    Object.keys(filter).length > 0 &&
    Object.entries(filter).every(([name, wanted]) => {
      if (name === 'isDefault' || name === 'is-default') return String(wanted) === 'true';
      return (name === 'vpc-id' && wanted === defaultVpcId(home)) || (name === 'owner-id' && wanted === home.account);
    }) &&
    Object.keys(filter).some((name) => name !== 'owner-id')
  );
}

function describedDefault(home: Home, props: JsonObject): Json {
  const standing: Inventory = {
    ...home,
    stacks: [],
    resources: [],
    outside: defaultVpc(home),
    allocations: {},
    assets: [],
    secrets: [],
    notKnown: [],
  };
  const network = networkView(standing, initialFleet(standing));
  return described(network.vpcs[0]!, network, standing, props);
}

function asymmetric(props: JsonObject): boolean {
  return flag(props, 'returnAsymmetricSubnets') ?? false;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html */
function isMeant(
  vpc: Vpc,
  filter: JsonObject,
  inventory: Inventory,
  home: { readonly account: string; readonly region: string },
): boolean {
  const resource = inventory.resources.find(({ key }) => key === vpc.statedBy);
  const isDefault = resource?.attributes.IsDefault === true;
  const stack = inventory.stacks.find(({ name }) => name === resource?.stack);
  const [, , , region = inventory.region, account = inventory.account] = stack?.id.split(':') ?? [];
  if (!resource || region !== home.region || account !== home.account) return false;
  return Object.entries(filter).every(([name, wanted]) => {
    const value = String(wanted);
    if (name.startsWith('tag:'))
      return resource.tags[name.slice(4)] !== undefined && fits(value, resource.tags[name.slice(4)]!);
    switch (name) {
      case 'vpc-id':
        return fits(value, vpc.id);
      case 'owner-id':
        return fits(value, account);
      case 'isDefault':
      case 'is-default':
        return value === String(isDefault);
      case 'cidr':
      case 'cidr-block':
        return fits(value, formatPrefix(vpc.ranges[0]!));
      case 'tag-key':
        return Object.keys(resource.tags).some((key) => fits(value, key));
      default:
        return false;
    }
  });
}

function described(vpc: Vpc, network: NetworkView, inventory: Inventory, props: JsonObject): Json {
  const tagOfGroup = text(props, 'subnetGroupNameTag') ?? 'aws-cdk:subnet-name';
  const subnets = network.subnets
    .filter((each) => each.vpc === vpc.id)
    .map((subnet): GroupedSubnet => {
      const tags = everyResource(inventory).find(({ key }) => key === subnet.statedBy)?.tags ?? {};
      const type = typeOf(subnet, network, tags);
      return {
        type,
        group: tags[tagOfGroup] ?? type,
        subnetId: subnet.id,
        cidr: formatPrefix(subnet.range),
        availabilityZone: subnet.zone,
        routeTableId: subnet.routeTable,
      };
    });
  const gateway = ofType(inventory, 'AWS::EC2::VPCGatewayAttachment').find(
    ({ properties }) => text(properties, 'VpcId') === vpc.id && text(properties, 'VpnGatewayId') !== undefined,
  );
  return vpcContext(
    {
      vpcId: vpc.id,
      vpcCidrBlock: formatPrefix(vpc.ranges[0]!),
      ownerAccountId: String(props.account),
      ...(gateway && flag(props, 'returnVpnGateways') !== false
        ? { vpnGatewayId: text(gateway.properties, 'VpnGatewayId')! }
        : {}),
    },
    subnets,
    asymmetric(props),
  );
}

/** The tag that CDK gives its subnets, or else whether they give public addresses, or else where they route to. */
function typeOf(subnet: Subnet, network: NetworkView, tags: Readonly<Record<string, string>>): SubnetType {
  const tagged = (['Public', 'Private', 'Isolated'] as const).find((each) => each === tags['aws-cdk:subnet-type']);
  if (tagged) return tagged;
  const kinds = network.routeTables.find(({ id }) => id === subnet.routeTable)?.routes.map(({ target }) => target.kind);
  if (subnet.publicAddressOnLaunch || kinds?.includes('internet-gateway')) return 'Public';
  return kinds?.some((kind) => kind === 'nat-gateway' || kind === 'transit-gateway') ? 'Private' : 'Isolated';
}

function several(count: number, filter: JsonObject) {
  return words(
    `${count} VPCs match ${JSON.stringify(filter)}, and CDK takes exactly one.`,
    `${JSON.stringify(filter)}에 맞는 VPC가 ${count}개입니다. CDK는 정확히 하나만 받습니다.`,
  );
}
