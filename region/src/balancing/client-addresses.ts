import { type Address, formatAddress } from '@terrace/cloud/address';

/** What a node says in a client's name carries this mark in the kernel's table of flows. */
const clientMark = 0x4000_0000;

/** What is for the node itself: its own address, and its loopback. */
const ownTable = 4001;

/**
 * `ip` commands that let a program of the node speak from any address and hear what is answered to it, without any capability: the kernel
 * asks its table of local addresses who may be spoken for, which here is everybody, while packets find what is for the node by another
 * table, unless they answer what was said in a client's name.
 */
export function speakAsClients(node: Address): string[] {
  return [
    `route replace local 127.0.0.0/8 dev lo table ${ownTable}`,
    `route replace local ${formatAddress(node)} dev eth0 table ${ownTable}`,
    `rule add priority 1 fwmark ${clientMark} lookup local`,
    `rule add priority 2 lookup ${ownTable}`,
    'rule delete priority 0 lookup local',
    'route replace local default dev lo table local',
  ];
}

/** Rules of nftables that know the answers again. */
export function clientMarkRules(node: Address): { readonly output: string[]; readonly prerouting: string[] } {
  return {
    output: [`ct state new ip saddr != ${formatAddress(node)} ct mark set ${clientMark}`],
    prerouting: [`ct direction reply ct mark ${clientMark} meta mark set ${clientMark}`],
  };
}
