import { formatAddress } from '@terrace/cloud/address';
import type { LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { NamesView } from '@terrace/cloud/views/names';
import type { Door, OpenDoor } from '../ingress/door.ts';

/** A door for each listener of an internet-facing load balancer. */
export function doorsOf(balancers: readonly LoadBalancer[], names: NamesView): Door[] {
  return balancers
    .filter((each) => each.internetFacing)
    .flatMap((each) =>
      each.listeners.map((listener) => ({
        name: `${each.name}-${listener.port}`,
        addresses: each.nodes.flatMap(({ publicAddress }) =>
          publicAddress === null ? [] : [formatAddress(publicAddress)],
        ),
        port: listener.port,
        protocol: protocolOf(listener),
        hosts: [...namesOf(names), ...hostHeaders(listener)],
        idleSeconds: Number(each.attributes['idle_timeout.timeout_seconds'] ?? 60),
      })),
    )
    .sort((one, other) => Number(other.port === 80) - Number(one.port === 80));
}

function protocolOf({ protocol }: Listener): Door['protocol'] {
  if (protocol === 'HTTPS' || protocol === 'TLS') return 'tls';
  return protocol === 'HTTP' ? 'http' : 'tcp';
}

/** Names of load balancers and of records in Route 53, in which `*` is a wildcard as in a listener's rules. */
function namesOf({ balancers, zones }: NamesView): string[] {
  const records = zones.flatMap(({ records }) => records.filter(({ type }) => ['A', 'AAAA', 'CNAME'].includes(type)));
  return [...balancers, ...records].map(({ name }) => name);
}

function hostHeaders({ rules }: Listener): string[] {
  return rules.flatMap(({ conditions }) =>
    conditions.flatMap((each) => (each.field === 'host-header' ? each.values : [])),
  );
}

export function url(door: OpenDoor): string {
  return `${door.protocol === 'tls' ? 'https' : 'http'}://127.0.0.1:${door.hostPort}/`;
}
