import { formatPrefix } from '@terrace/cloud/address';
import type { InternetGateway, NetworkInterface, NetworkView, Subnet, Vpc } from '@terrace/cloud/views/network';

/** An architecture as boxes within boxes, what stands in them, and lines between: what every format is drawn from. */
export interface Drawing {
  readonly title: string;
  readonly boxes: readonly Box[];
  /** What stands outside all boxes: the internet. */
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

export interface Box {
  readonly id: string;
  readonly kind: 'vpc' | 'zone' | 'public-subnet' | 'private-subnet';
  readonly label: string;
  /** A range, or a zone's full name. */
  readonly note: string;
  readonly mark: Mark;
  readonly boxes: readonly Box[];
  readonly items: readonly Item[];
}

export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly label: string;
  readonly note: string;
  readonly mark: Mark;
}

export type ItemKind =
  | 'internet'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'instance'
  | 'instances'
  | 'application-load-balancer'
  | 'network-load-balancer'
  | 'database'
  | 'endpoint'
  | 'interface';

/** How something compares with another drawing, or fares in a question. */
export type Mark = 'plain' | 'faint' | 'added' | 'removed' | 'good' | 'bad';

export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** A `way` is there to be used, a `flow` uses it. */
  readonly kind: 'way' | 'flow';
  readonly mark: Mark;
}

export const internetItem = 'internet';

/** VPCs, zones, subnets and what stands in them, with the gateways between; flows are added by `withFlows`. */
export function drawNetwork(view: NetworkView, title: string): Drawing {
  return {
    title,
    boxes: view.vpcs.map((vpc) => vpcBox(view, vpc)),
    items: [{ id: internetItem, kind: 'internet', label: 'internet', note: '', mark: 'plain' }],
    links: [...gatewayLinks(view), ...natLinks(view), ...peeringLinks(view)],
  };
}

export function allItems(drawing: Drawing): Item[] {
  return [...drawing.items, ...allBoxes(drawing).flatMap((box) => box.items)];
}

/** Outer boxes before what is in them. */
export function allBoxes(drawing: Pick<Drawing, 'boxes'>): Box[] {
  return drawing.boxes.flatMap((box) => [box, ...allBoxes(box)]);
}

function vpcBox(view: NetworkView, vpc: Vpc): Box {
  const subnets = view.subnets.filter((subnet) => subnet.vpc === vpc.id);
  const zones = [...new Set(subnets.map((subnet) => subnet.zone))].sort();
  const gateways = view.internetGateways.filter((each) => each.vpc === vpc.id);
  return {
    id: vpc.id,
    kind: 'vpc',
    label: vpc.name,
    note: vpc.ranges.map(formatPrefix).join(', '),
    mark: 'plain',
    boxes: zones.map((zone) => zoneBox(view, vpc, zone, subnets)),
    items: gateways.map(gatewayItem),
  };
}

function zoneBox(view: NetworkView, vpc: Vpc, zone: string, subnets: readonly Subnet[]): Box {
  return {
    id: `${vpc.id} ${zone}`,
    kind: 'zone',
    label: zone,
    note: '',
    mark: 'plain',
    boxes: subnets.filter((subnet) => subnet.zone === zone).map((subnet) => subnetBox(view, subnet)),
    items: [],
  };
}

function subnetBox(view: NetworkView, subnet: Subnet): Box {
  return {
    id: subnet.id,
    kind: isPublic(view, subnet) ? 'public-subnet' : 'private-subnet',
    label: subnet.name,
    note: formatPrefix(subnet.range),
    mark: 'plain',
    boxes: [],
    items: subnetItems(view, subnet),
  };
}

/** A subnet is public if its table leads to an internet gateway. https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html */
export function isPublic(view: NetworkView, subnet: Subnet): boolean {
  const table = view.routeTables.find((each) => each.id === subnet.routeTable);
  return table?.routes.some((route) => route.target.kind === 'internet-gateway') ?? false;
}

function subnetItems(view: NetworkView, subnet: Subnet): Item[] {
  const own = view.interfaces.filter((each) => each.subnet === subnet.id);
  const roles = new Map<string, NetworkInterface[]>();
  for (const each of own) roles.set(itemOf(each), [...(roles.get(itemOf(each)) ?? []), each]);
  return [...roles].map(([id, members]): Item => {
    const [first] = members as [NetworkInterface];
    const shared = members.length > 1 || first.owner.kind === 'load-balancer';
    const name = shared ? first.name.replace(/\/[^/]+$/, '') : first.name;
    const facing = first.publicAddress === null ? 'internal' : 'internet-facing';
    return {
      id,
      kind: kindOf(first, members.length),
      label: members.length > 1 ? `${name} ×${members.length}` : name,
      note: first.owner.kind === 'load-balancer' ? facing : '',
      mark: 'plain',
    };
  });
}

function gatewayItem({ id, name }: InternetGateway): Item {
  return { id, kind: 'internet-gateway', label: name, note: '', mark: 'plain' };
}

/** What an interface is drawn as: what one resource has in one subnet, together. */
export function itemOf(each: NetworkInterface): string {
  const stated = each.statedBy ?? each.id;
  return `${stated} in ${each.subnet}`;
}

function kindOf(each: NetworkInterface, count: number): ItemKind {
  switch (each.owner.kind) {
    case 'instance':
      return count > 1 ? 'instances' : 'instance';
    case 'load-balancer':
      return each.sourceDestinationCheck ? 'application-load-balancer' : 'network-load-balancer';
    case 'nat-gateway':
      return 'nat-gateway';
    case 'database':
      return 'database';
    case 'endpoint':
      return 'endpoint';
    default:
      return 'interface';
  }
}

function gatewayLinks(view: NetworkView): Link[] {
  return view.internetGateways.flatMap((each) => (each.vpc === null ? [] : [way(internetItem, each.id, '')]));
}

/** A NAT gateway leaves by the gateway that its own subnet's table names. */
function natLinks(view: NetworkView): Link[] {
  return view.natGateways.flatMap((nat) => {
    const own = view.interfaces.find((each) => each.id === nat.interface);
    const subnet = view.subnets.find((each) => each.id === nat.subnet);
    const table = view.routeTables.find((each) => each.id === subnet?.routeTable);
    const leaves = table?.routes.find((route) => route.target.kind === 'internet-gateway')?.target;
    return own && leaves?.kind === 'internet-gateway' ? [way(leaves.id, itemOf(own), 'NAT')] : [];
  });
}

function peeringLinks(view: NetworkView): Link[] {
  return view.peerings.map((each) => way(each.requester, each.accepter, each.name));
}

function way(from: string, to: string, label: string): Link {
  return { id: `way ${from} ${to}`, from, to, label, kind: 'way', mark: 'plain' };
}
