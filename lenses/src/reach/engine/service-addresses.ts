import { type Address, holdsAddress, lastAddress, type Prefix } from '@terrace/cloud/address';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';

/**
 * Gives the interface of each service the addresses that it may have, one for each part of its subnet that a rule or a route tells apart:
 * AWS chooses among them. One that stands already has its own. The first four and the last of a subnet are nobody's.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function withServiceAddresses(view: NetworkView): NetworkView {
  const { modelled } = view;
  if (!modelled || modelled.serviceInterfaces.length === 0) return view;
  const taken = new Set<string>();
  for (const each of view.interfaces) for (const address of each.addresses) taken.add(`${each.vpc} ${address}`);
  const standing = modelled.serviceInterfaces.filter(({ addresses }) => addresses.length > 0);
  for (const each of standing) for (const address of each.addresses) taken.add(`${each.vpc} ${address}`);
  const named = namedPrefixes(view);
  const services = modelled.serviceInterfaces.flatMap((each): NetworkInterface[] => {
    if (standing.includes(each)) return [each];
    const subnet = view.subnets.find(({ id }) => id === each.subnet);
    if (!subnet) return [];
    const addresses = partsOf(subnet.range, named).flatMap(({ from, to }) => {
      for (let address = from; address <= to; address++) {
        const key = `${each.vpc} ${address}`;
        if (taken.has(key)) continue;
        taken.add(key);
        return [address];
      }
      return [];
    });
    return addresses.length === 0 ? [] : [{ ...each, addresses }];
  });
  return {
    ...view,
    interfaces: [...view.interfaces, ...services],
    modelled: { ...modelled, serviceInterfaces: [] },
  };
}

function partsOf(range: Prefix, named: readonly Prefix[]): { from: Address; to: Address }[] {
  const first = range.base + 4;
  const last = lastAddress(range) - 1;
  const cuts = new Set([first]);
  for (const each of named) {
    for (const cut of [each.base, lastAddress(each) + 1]) {
      if (cut > first && cut <= last && holdsAddress(range, cut)) cuts.add(cut);
    }
  }
  const starts = [...cuts].sort((one, other) => one - other);
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? last + 1) - 1 }));
}

/** Prefixes that groups, ACLs, routes and lists name. */
function namedPrefixes(view: NetworkView): Prefix[] {
  return [
    ...view.routeTables.flatMap((table) => table.routes.map((route) => route.destination)),
    ...view.networkAcls.flatMap((acl) => [...acl.ingress, ...acl.egress].map((entry) => entry.range)),
    ...view.prefixLists.flatMap((list) => list.entries),
    ...view.securityGroups.flatMap((group) =>
      [...group.ingress, ...group.egress].flatMap(({ peer }) => (peer.kind === 'range' ? [peer.range] : [])),
    ),
  ];
}
