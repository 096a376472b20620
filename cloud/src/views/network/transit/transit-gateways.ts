import { parsePrefix } from '../../../address.ts';
import { otherAttachments, tableSatellites, vpcAttachments } from '../../../families/transit-gateway/types.ts';
import { type Inventory, ofType, type Resource } from '../../../inventory.ts';
import { flag, nameOf, object, text, texts } from '../../../property.ts';
import type { TransitAttachment, TransitGateway, TransitRoute, TransitTable, Unknown, Vpc } from '../../network.ts';
import { suppliedId } from '../supplied.ts';
import { behind, unknownValue } from '../unknown.ts';

/**
 * Transit gateways with their attachments and route tables. Unless it is switched off, a new attachment is associated with the default table,
 * and its VPC's ranges are propagated to it.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function transitGatewaysOf(inventory: Inventory, vpcs: readonly Vpc[]): TransitGateway[] {
  return ofType(inventory, 'AWS::EC2::TransitGateway').map((resource): TransitGateway => {
    const defaults = defaultTable(resource);
    const attachments = attachmentsOf(inventory, resource, vpcs, defaults);
    return {
      id: resource.physicalId,
      statedBy: resource.key,
      name: nameOf(resource),
      attachments,
      tables: tablesOf(inventory, resource, vpcs, attachments, defaults),
      groupReferences: text(resource.properties, 'SecurityGroupReferencingSupport') === 'enable',
    };
  });
}

interface DefaultTable {
  readonly id: string;
  readonly associates: boolean;
  readonly propagates: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgateway.html */
function defaultTable({ physicalId, properties }: Resource): DefaultTable {
  const isOn = (name: string) => (text(properties, name) ?? 'enable') === 'enable';
  return {
    id: text(properties, 'AssociationDefaultRouteTableId') ?? suppliedId('tgw-rtb', physicalId),
    associates: isOn('DefaultRouteTableAssociation'),
    propagates: isOn('DefaultRouteTablePropagation'),
  };
}

function attachmentsOf(
  inventory: Inventory,
  gateway: Resource,
  vpcs: readonly Vpc[],
  defaults: DefaultTable,
): TransitAttachment[] {
  const associations = ofType(inventory, 'AWS::EC2::TransitGatewayRouteTableAssociation');
  const ofGateway = (name: string) => (each: Resource) => text(each.properties, name) === gateway.physicalId;
  const tableOf = (id: string): string | null => {
    const stated = associations.find(({ properties }) => text(properties, 'TransitGatewayAttachmentId') === id);
    const table = stated && text(stated.properties, 'TransitGatewayRouteTableId');
    return table ?? (defaults.associates ? defaults.id : null);
  };
  const ofVpcs = ofType(inventory, ...vpcAttachments)
    .filter(ofGateway('TransitGatewayId'))
    .map((resource): TransitAttachment => {
      const vpc = vpcs.find((each) => each.id === text(resource.properties, 'VpcId'));
      return {
        id: resource.physicalId,
        name: nameOf(resource),
        vpc: vpc?.id ?? null,
        subnets: texts(resource.properties, 'SubnetIds'),
        table: tableOf(resource.physicalId),
        groupReferences:
          (text(object(resource.properties, 'Options'), 'SecurityGroupReferencingSupport') ?? 'enable') === 'enable',
        unknown: vpc ? null : behind(nameOf(resource)),
      };
    });
  const others = [
    ...ofType(inventory, ...otherAttachments).filter(
      (each) =>
        ofGateway('TransitGatewayId')(each) || ofGateway('PeerTransitGatewayId')(each) || isConnectOf(each, ofVpcs),
    ),
    ...ofType(inventory, 'AWS::EC2::VPNConnection').filter(ofGateway('TransitGatewayId')),
  ].map((resource): TransitAttachment => {
    const id = text(resource.attributes, 'TransitGatewayAttachmentId') ?? resource.physicalId;
    return {
      id,
      name: nameOf(resource),
      vpc: null,
      subnets: [],
      table: tableOf(id),
      groupReferences: false,
      unknown: behind(nameOf(resource)),
    };
  });
  return [...ofVpcs, ...others, ...namedOnly(inventory, [...ofVpcs, ...others], gateway)];
}

/** A Connect attachment runs over another attachment of the gateway. */
function isConnectOf({ properties }: Resource, transports: readonly TransitAttachment[]): boolean {
  const transport = text(properties, 'TransportTransitGatewayAttachmentId');
  return transport !== undefined && transports.some((each) => each.id === transport);
}

/** Attachments that the gateway's tables name and no template makes: a VPN by its id, an attachment of another stack. */
function namedOnly(inventory: Inventory, known: readonly TransitAttachment[], gateway: Resource): TransitAttachment[] {
  const tables = statedTables(inventory, gateway).map((each) => each.physicalId);
  const named = ofType(inventory, ...tableSatellites).flatMap(({ properties }) => {
    const id = text(properties, 'TransitGatewayAttachmentId');
    const table = text(properties, 'TransitGatewayRouteTableId');
    return id !== undefined && table !== undefined && tables.includes(table) ? [id] : [];
  });
  return [...new Set(named)]
    .filter((id) => !known.some((each) => each.id === id))
    .map((id) => ({
      id,
      name: id,
      vpc: null,
      subnets: [],
      table: null,
      groupReferences: false,
      unknown: behind(id),
    }));
}

function statedTables(inventory: Inventory, gateway: Resource): Resource[] {
  return ofType(inventory, 'AWS::EC2::TransitGatewayRouteTable').filter(
    ({ properties }) => text(properties, 'TransitGatewayId') === gateway.physicalId,
  );
}

function tablesOf(
  inventory: Inventory,
  gateway: Resource,
  vpcs: readonly Vpc[],
  attachments: readonly TransitAttachment[],
  defaults: DefaultTable,
): TransitTable[] {
  const stated = statedTables(inventory, gateway).map((each) => ({ id: each.physicalId, name: nameOf(each) }));
  const own = { id: defaults.id, name: `default table of ${nameOf(gateway)}` };
  const all = stated.some((each) => each.id === defaults.id) ? stated : [own, ...stated];
  const propagations = ofType(inventory, 'AWS::EC2::TransitGatewayRouteTablePropagation');
  return all.map(({ id, name }): TransitTable => {
    const propagated = attachments.filter(
      (each) =>
        (id === defaults.id && defaults.propagates) ||
        propagations.some(
          ({ properties }) =>
            text(properties, 'TransitGatewayRouteTableId') === id &&
            text(properties, 'TransitGatewayAttachmentId') === each.id,
        ),
    );
    const { routes, unknownRoutes } = statedRoutes(inventory, id, name);
    return {
      id,
      name,
      routes: [...routes, ...propagated.flatMap((each) => propagatedRoutes(each, vpcs))],
      unknownRoutes: [...unknownRoutes, ...propagated.flatMap((each) => each.unknown ?? [])],
    };
  });
}

function propagatedRoutes({ id, vpc }: TransitAttachment, vpcs: readonly Vpc[]): TransitRoute[] {
  const ranges = vpcs.find((each) => each.id === vpc)?.ranges ?? [];
  return ranges.map((destination) => ({ destination, attachment: id, isStatic: false }));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgatewayroute.html */
function statedRoutes(
  inventory: Inventory,
  table: string,
  name: string,
): { routes: TransitRoute[]; unknownRoutes: Unknown[] } {
  const stated = ofType(inventory, 'AWS::EC2::TransitGatewayRoute').filter(
    ({ properties }) => text(properties, 'TransitGatewayRouteTableId') === table,
  );
  const routes: TransitRoute[] = [];
  const unknownRoutes: Unknown[] = [];
  for (const { logicalId, properties } of stated) {
    const written = text(properties, 'DestinationCidrBlock') ?? '';
    const destination = parsePrefix(written);
    const attachment = flag(properties, 'Blackhole') ? null : (text(properties, 'TransitGatewayAttachmentId') ?? null);
    if (destination) routes.push({ destination, attachment, isStatic: true });
    else if (!written.includes(':')) unknownRoutes.push(unknownValue(`${name}: ${logicalId}`));
  }
  return { routes, unknownRoutes };
}
