import { generations } from '@terrace/cloud/families/load-balancer/generations';
import type { BalancerListener, BalancerPorts, NetworkInterface } from '@terrace/cloud/views/network';
import { unlistedListeners } from '@terrace/cloud/views/network/unknown';
import { subtract, unite } from '../../traffic/intervals.ts';
import { allTcp, allTraffic, allUdp, type TrafficSet, tcpPorts, udpPorts } from '../../traffic/traffic-set.ts';
import { component } from '../components.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * A load balancer takes what one of its listeners is for, and drops the rest.
 *
 * https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html ELBV2_LISTENERS_MISMATCH
 */
export function acceptsListened({ network, recorder }: Surroundings, receiver: NetworkInterface): void {
  const { owner } = receiver;
  const isOutside = owner.kind === 'service' && generations.some((each) => each === owner.type);
  if (owner.kind !== 'load-balancer' && !isOutside) return;
  const ports = network.balancer(owner.id);
  if (!ports && isOutside) {
    const unknown = unlistedListeners(receiver.name);
    recorder.add({ kind: 'doubt', way: 'forward', at: component('interface', receiver), unknown });
  }
  if (!ports || ports.kind === 'gateway') return;
  const open = unite(...ports.listeners.flatMap(listenedTraffic));
  const stop = { code: 'ELBV2_LISTENERS_MISMATCH', interface: receiver, open } as const;
  recorder.add({ kind: 'stop', way: 'forward', stop, of: subtract(decidedByListeners(ports), open) });
}

/** An application load balancer answers a ping where its groups let it in; a network load balancer passes on what it listens for and no more. */
function decidedByListeners({ kind }: BalancerPorts): TrafficSet {
  return kind === 'network' ? allTraffic : unite(allTcp, allUdp);
}

/** One set for each protocol of a listener. */
export function listenedTraffic({ protocols, port }: BalancerListener): TrafficSet[] {
  return protocols.map((protocol) => portTraffic(protocol, port));
}

export function portTraffic(protocol: 'tcp' | 'udp', port: number): TrafficSet {
  return protocol === 'udp' ? udpPorts({ from: port, to: port }) : tcpPorts({ from: port, to: port });
}
