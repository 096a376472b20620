import type { Address } from '@terrace/cloud/address';
import type { BalancerListener, BalancerTarget, NetworkInterface, Unknown } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { natClientPorts } from '../../traffic/client-ports.ts';
import { allTraffic } from '../../traffic/traffic-set.ts';
import { component } from '../components.ts';
import type { Journey } from '../journey.ts';
import { addAclPair, addGroup, type Surroundings } from '../surroundings.ts';
import type { Trip } from '../trip.ts';
import { acceptsListened, portTraffic } from './listeners.ts';
import { TargetSteps } from './target-steps.ts';
import { targetsOf } from './targets-of.ts';

/** Who asked a balancer's node, as it is seen there. */
interface Client {
  readonly source: Address;
  readonly interface: NetworkInterface | null;
}

/**
 * A network load balancer hands a connection on instead of ending it: it is open where the targets that the node chooses from take it as well.
 * Whether a target is healthy is another question, between the node and the target.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 */
export function passOn(trip: Trip, node: NetworkInterface, client: Client): void {
  const { network, recorder } = trip.surroundings;
  if (node.owner.kind !== 'load-balancer') return;
  const ports = network.balancer(node.owner.id);
  if (ports?.kind !== 'network') return;
  for (const listener of ports.listeners) {
    for (const protocol of listener.protocols) {
      const of = portTraffic(protocol, listener.port);
      const { port } = listener;
      if (listener.unknownTargets) {
        recorder.add({
          kind: 'doubt',
          way: 'forward',
          at: component('interface', node),
          unknown: listener.unknownTargets,
          of,
        });
      } else if (listener.targets.length === 0) {
        const stop = { code: 'ELBV2_LISTENER_HAS_NO_TG', interface: node, port } as const;
        recorder.add({ kind: 'stop', way: 'forward', stop, of });
      }
      const targets = targetsOf(network, node, listener);
      if (listener.targets.length > 0 && targets.length === 0) {
        const stop = { code: 'ELBV2_NO_TARGETS_IN_AZ', interface: node, port } as const;
        recorder.add({ kind: 'stop', way: 'forward', stop, of });
      }
      if (targets.length === 0) continue;
      recorder.addBranches(targets.map((each) => hop(trip, node, client, listener, protocol, each)));
    }
  }
}

/** From the node to one target, and back. */
function hop(
  trip: Trip,
  node: NetworkInterface,
  client: Client,
  listener: BalancerListener,
  protocol: 'tcp' | 'udp',
  { interface: id, address: registered, port, keepsClientAddress }: BalancerTarget,
): Journey {
  const { network, filters } = trip.surroundings;
  const target = network.interface(id)!;
  const steps = new TargetSteps(portTraffic(protocol, listener.port), portTraffic(protocol, port));
  const surroundings: Surroundings = { network, filters, recorder: steps };
  const address = registered ?? target.addresses[0]!;
  const source = keepsClientAddress ? client.source : node.addresses[0]!;
  const clientPorts = keepsClientAddress ? trip.clientPorts : natClientPorts;
  if (keepsClientAddress && client.interface === target) {
    steps.add({ kind: 'stop', way: 'forward', stop: { code: 'NLB_HAIRPIN', interface: target, balancer: node } });
  }
  if (target.vpc !== node.vpc) {
    steps.add({
      kind: 'doubt',
      way: 'forward',
      at: component('interface', target),
      unknown: inAnotherVpc(target, node),
    });
  }
  steps.add({
    kind: 'pass',
    way: 'forward',
    by: { kind: 'load-balancer', interface: node, to: target },
    allowed: allTraffic,
  });
  addGroup(surroundings, 'forward', node, 'egress', { address, member: target }, null);
  addAclPair(surroundings, 'forward', node, target, { source, destination: address });
  const other = { address: source, member: keepsClientAddress ? null : node, balancer: node };
  addGroup(surroundings, 'forward', target, 'ingress', other, null);
  if (target.owner.kind === 'unattached') {
    steps.add({ kind: 'stop', way: 'forward', stop: { code: 'BAD_STATE_ATTACHMENT', interface: target } });
  }
  acceptsListened(surroundings, target);
  steps.add({ kind: 'arrival', way: 'forward', at: { interface: target, address } });
  addAclPair(surroundings, 'return', target, node, { source: address, destination: source }, clientPorts);
  return steps.finish();
}

function inAnotherVpc(target: NetworkInterface, node: NetworkInterface): Unknown {
  return {
    code: 'UNKNOWN_TARGET',
    cause: words(
      `${target.name} stands in another VPC than ${node.name}; that way is not modelled.`,
      `${target.name}{은/는} ${node.name}{과/와} 다른 VPC에 있으며 그 경로는 분석하지 않습니다.`,
    ),
    next: words('register targets of the same VPC', '같은 VPC의 대상을 등록하세요'),
  };
}
