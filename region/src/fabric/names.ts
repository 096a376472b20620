import { createHash } from 'node:crypto';

/**
 * Names within the kernel, derived from AWS's identifiers alone: the same resource always has the same link,
 * table and namespace, whatever is added or removed beside it.
 */

export const internet = 'internet';

export function routerNamespace(vpc: string): string {
  return `router-${vpc}`;
}

/** The namespace that an interface's owner lives in: one for each interface, or one for an instance with several. */
export function ownerNamespace(
  owner: { kind: string; id?: string; zone?: string; role?: string },
  eni: string,
): string {
  switch (owner.kind) {
    case 'instance':
      return `${owner.id}`;
    case 'unattached':
      return eni;
    default:
      return `${owner.kind}-${digest(eni, 12)}`;
  }
}

/** A link's name has at most 15 characters in Linux. */
export function linkName(prefix: string, id: string): string {
  return `${prefix}${digest(id, 13 - prefix.length)}`;
}

/** A locally administered address, as `eth0` of an EC2 instance has one. */
export function macAddress(id: string): string {
  const bytes = createHash('sha256').update(`mac ${id}`).digest().subarray(0, 5);
  return ['02', ...[...bytes].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

/** The link to a VPC's internet gateway, as the internet calls it. */
export function gatewayLink(vpc: string): string {
  return `g${digest(vpc, 12)}`;
}

/** The link to a VPC's gateway endpoints, as the internet calls it. */
export function servicesLink(vpc: string): string {
  return `s${digest(vpc, 12)}`;
}

/** Where what was sent into nothing comes out, to be dropped. */
export const voidEnd = 'void-end';

/** The link-layer address of one side of a peering. */
export function peeringMac(peering: { readonly id: string }, side: 'requester' | 'accepter'): string {
  return macAddress(`${peering.id} ${side}`);
}

/** Kernel table and packet mark of a route table; below 256 the kernel has its own. */
export function tableNumber(routeTable: string): number {
  return 0x1000 + (Number.parseInt(digest(routeTable, 7), 16) & 0x0fff_ffff);
}

/** What enters a VPC from outside may go to the VPC's own range and nowhere else: no transit, no edge to edge. */
export const edgeTable = 0x100;

export function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
