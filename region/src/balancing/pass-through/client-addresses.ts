import { type Address, formatAddress } from '@terrace/cloud/address';

/** What a node says in a client's name carries this mark in the kernel's table of flows. */
const clientMark = 0x4000_0000;

/** What is for the node itself: its own address, and its loopback. */
const ownTable = 4001;

/**
 * `ip` commands that let a program of the node speak from any address and hear what is answered to it, without any capability: the kernel
 * asks its table of local addresses who may be spoken for, which here is everybody, while packets find what is for the node by another
 * table, unless they answer what was said in a client's name.
 *
 * @param present priorities of the rules that are there: at first the kernel's own, which is 0
 */
export function speakAsClients(node: Address, present: ReadonlySet<number> = new Set([0])): string[] {
  return [
    `route replace local 127.0.0.0/8 dev lo table ${ownTable}`,
    `route replace local ${formatAddress(node)} dev eth0 table ${ownTable}`,
    ...(present.has(1) ? [] : [`rule add priority 1 fwmark ${clientMark} lookup local`]),
    ...(present.has(2) ? [] : [`rule add priority 2 lookup ${ownTable}`]),
    ...(present.has(0) ? ['rule delete priority 0 lookup local'] : []),
    'route replace local default dev lo table local',
  ];
}

/**
 * What a node lacks that speaks as its clients do, and the priorities of the rules that it has.
 *
 * @param listed what `ip -j` printed of its rules and of all its routes
 */
export function lacksToSpeakAsClients(
  node: Address,
  listed: { readonly rules: string; readonly routes: string },
): { readonly lacking: string[]; readonly priorities: ReadonlySet<number> } {
  const rules = JSON.parse(listed.rules) as { priority: number }[];
  const routes = JSON.parse(listed.routes) as { type?: string; dst: string; table?: string }[];
  const priorities = new Set(rules.map(({ priority }) => priority));
  const isLocal = (dst: string, table: string) =>
    routes.some((each) => each.type === 'local' && each.dst === dst && (each.table ?? 'main') === table);
  const own = (dst: string) => (isLocal(dst, String(ownTable)) ? [] : [`route local ${dst} table ${ownTable}`]);
  return {
    priorities,
    lacking: [
      ...[1, 2].filter((each) => !priorities.has(each)).map((each) => `rule priority ${each}`),
      ...(priorities.has(0) ? ['no rule of priority 0'] : []),
      ...own('127.0.0.0/8'),
      ...own(formatAddress(node)),
      ...(isLocal('default', 'local') ? [] : ['route local default table local']),
    ],
  };
}

/** Rules of nftables that know the answers again. */
export function clientMarkRules(node: Address): { readonly output: string[]; readonly prerouting: string[] } {
  return {
    output: [`ct state new ip saddr != ${formatAddress(node)} ct mark set ${clientMark}`],
    prerouting: [`ct direction reply ct mark ${clientMark} meta mark set ${clientMark}`],
  };
}
