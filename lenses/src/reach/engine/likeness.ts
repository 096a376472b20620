import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { NetworkIndex } from './network-index.ts';
import type { Receiver, Sender } from './parties.ts';

export interface InterfaceClass {
  readonly index: number;
  readonly members: readonly NetworkInterface[];
}

/** Interfaces by everything that a route, a rule or an ACL can tell them apart by. */
export function classify(network: NetworkIndex): InterfaceClass[] {
  const singled = new Set(
    network.view.routeTables.flatMap((table) =>
      table.routes.flatMap(({ target }) => (target.kind === 'interface' ? [target.id] : [])),
    ),
  );
  for (const { listeners } of network.modelled.balancers) {
    for (const { targets } of listeners) for (const target of targets) singled.add(target.interface);
  }
  const perInstance = new Map<string, number>();
  for (const { owner } of network.view.interfaces) {
    if (owner.kind === 'instance') perInstance.set(owner.id, (perInstance.get(owner.id) ?? 0) + 1);
  }
  const classes = new Map<string, NetworkInterface[]>();
  for (const each of network.view.interfaces) {
    const { owner } = each;
    const several = owner.kind === 'instance' && perInstance.get(owner.id)! > 1;
    const alone = singled.has(each.id) || owner.kind === 'nat-gateway' || several;
    const key = alone ? each.id : alikeBy(network, each);
    const members = classes.get(key);
    if (members) members.push(each);
    else classes.set(key, [each]);
  }
  return [...classes.values()].map((members, index) => ({ index, members }));
}

function alikeBy(network: NetworkIndex, each: NetworkInterface): string {
  return [
    each.subnet,
    network.atomOf(each.addresses[0]!),
    [...each.securityGroups].sort().join(' '),
    each.filtered,
    each.publicAddress === null ? 'private' : network.atomOf(each.publicAddress),
    each.owner.kind,
    each.owner.kind === 'load-balancer' ? each.owner.id : '',
    each.owner.kind === 'service' ? `${each.owner.type} ${each.addresses.length} ${each.owner.isAddressKnown}` : '',
    JSON.stringify(network.modelled.ipv6.interfaces[each.id] ?? null),
  ].join('|');
}

const numbers = new WeakMap<NetworkIndex, ReadonlyMap<string, number>>();

/** The number of the class of every interface, by its id. */
export function classNumbers(network: NetworkIndex): ReadonlyMap<string, number> {
  const had = numbers.get(network);
  if (had) return had;
  const made = new Map(
    classify(network).flatMap((each) => each.members.map((member) => [member.id, each.index] as const)),
  );
  numbers.set(network, made);
  return made;
}

/** What a party has in common with those that nothing tells apart from it. */
export function likeness(party: Sender | Receiver, classOf: ReadonlyMap<string, number>): string {
  if (party.interface === null) return `${party.address}`;
  const isPrimary = party.interface.addresses[0] === party.address;
  return isPrimary || party.address === party.interface.publicAddress
    ? `#${classOf.get(party.interface.id)} ${isPrimary}`
    : `${party.interface.id} ${party.address}`;
}
