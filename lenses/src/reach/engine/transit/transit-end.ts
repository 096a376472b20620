import type { NetworkInterface, TransitAttachment } from '@terrace/cloud/views/network';

const ends = new WeakMap<TransitAttachment, Map<string, NetworkInterface>>();
const all = new WeakSet<NetworkInterface>();

/** Where an attachment meets a subnet of its VPC: an interface without a group, which forwards whatever it is given. */
export function transitEnd(attachment: TransitAttachment, subnet: string): NetworkInterface {
  const known = ends.get(attachment) ?? new Map<string, NetworkInterface>();
  ends.set(attachment, known);
  const had = known.get(subnet);
  if (had) return had;
  const end: NetworkInterface = {
    id: `${attachment.id}/${subnet}`,
    statedBy: null,
    name: attachment.name,
    vpc: attachment.vpc!,
    subnet,
    addresses: [],
    publicAddress: null,
    securityGroups: [],
    filtered: false,
    sourceDestinationCheck: false,
    owner: { kind: 'unattached' },
  };
  known.set(subnet, end);
  all.add(end);
  return end;
}

export function isTransitEnd(each: NetworkInterface): boolean {
  return all.has(each);
}
