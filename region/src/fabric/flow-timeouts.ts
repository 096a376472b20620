import { formatAddress } from '@terrace/cloud/address';
import type { ConnectionTracking } from '@terrace/cloud/families/network-interface/connection-tracking';
import type { NetworkInterface, Vpc } from '@terrace/cloud/views/network';
import { type NetworkIndex, routerLink } from './network-index.ts';
import { type Chain, type Timeout, tableText } from './nftables.ts';

/** A table of its own: flows forget their timeouts when the table is replaced that set them. */
export const timeoutsTable = 'timeouts';

/**
 * For how long silent flows of interfaces are remembered that state it: the shorter time where both ends do. Set for a flow's first packet;
 * later ones do not come by here.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
export function flowTimeouts(network: NetworkIndex, vpc: Vpc): string | null {
  const stating = network.interfacesOf(vpc.id).filter(({ connectionTracking }) => connectionTracking !== undefined);
  if (stating.length === 0) return null;
  const tcp = byTimeout(stating, ({ tcpEstablished }) =>
    tcpEstablished === undefined ? undefined : timeout('tcp', { established: tcpEstablished }),
  );
  const udp = byTimeout(stating, ({ udp: unreplied, udpStream: replied }) =>
    unreplied === undefined && replied === undefined
      ? undefined
      : timeout('udp', { unreplied: unreplied ?? defaults.unreplied, replied: replied ?? defaults.replied }),
  );
  const longestFirst = [...tcp, ...udp].sort((one, other) => total(other.timeout) - total(one.timeout));
  const set: Chain = {
    name: 'set_timeouts',
    hook: 'type nat hook postrouting priority 99; policy accept;',
    // The last one that holds stands.
    rules: longestFirst.flatMap(({ timeout: each, interfaces }) => [
      `ip saddr { ${interfaces.flatMap(({ addresses }) => addresses.map(formatAddress)).join(', ')} } ct timeout set "${each.name}"`,
      `oifname { ${interfaces.map(({ id }) => `"${routerLink.interface(id)}"`).join(', ')} } ct timeout set "${each.name}"`,
    ]),
  };
  return tableText(
    timeoutsTable,
    longestFirst.map((each) => each.timeout),
    [set],
  );
}

const defaults = { unreplied: 30, replied: 180 } as const;

interface Stating {
  readonly timeout: Timeout;
  readonly interfaces: readonly NetworkInterface[];
}

function byTimeout(
  stating: readonly NetworkInterface[],
  timeoutOf: (stated: ConnectionTracking) => Timeout | undefined,
): Stating[] {
  const found = new Map<string, { timeout: Timeout; interfaces: NetworkInterface[] }>();
  for (const each of stating) {
    const stated = timeoutOf(each.connectionTracking!);
    if (!stated) continue;
    const known = found.get(stated.name) ?? { timeout: stated, interfaces: [] };
    known.interfaces.push(each);
    found.set(stated.name, known);
  }
  return [...found.values()];
}

function timeout(protocol: 'tcp' | 'udp', policy: Readonly<Record<string, number>>): Timeout {
  return { kind: 'timeout', name: `${protocol}_${Object.values(policy).join('_')}`, protocol, policy };
}

function total({ policy }: Timeout): number {
  return Object.values(policy).reduce((sum, seconds) => sum + seconds, 0);
}
