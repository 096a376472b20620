import {
  balancesAcrossZones,
  type ClassicListener,
  type ClassicProtocol,
  classicHealthCheck,
  classicListeners,
  drainingSeconds,
  idleTimeout,
} from '../../families/classic-load-balancer/classic-load-balancer.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { nameOf, text, texts } from '../../property.ts';
import type { Fleet } from '../fleet.ts';
import type { NetworkView } from '../network.ts';
import type { Listener } from './listeners.ts';
import { registered, type TargetGroup } from './target-groups.ts';

export function classicBalancersOf(inventory: Inventory): Resource[] {
  return ofType(inventory, 'AWS::ElasticLoadBalancing::LoadBalancer');
}

/**
 * A Classic Load Balancer in the words of the second generation: each of its listeners forwards to a target group of its own, in which the
 * balancer's instances are registered at the listener's instance port, all of them under the balancer's one health check.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html
 */
export function classicBalancer(resource: Resource) {
  const { properties } = resource;
  return {
    id: resource.physicalId,
    statedBy: resource.key,
    name: nameOf(resource),
    kind: 'classic' as const,
    internetFacing: text(properties, 'Scheme') !== 'internal',
    listeners: classicListeners(properties).map((listener) => listenerOf(resource, listener)),
    attributes: {
      'idle_timeout.timeout_seconds': String(idleTimeout(properties)),
      'load_balancing.cross_zone.enabled': String(balancesAcrossZones(properties)),
      'routing.http2.enabled': 'false',
    },
  };
}

/** The target groups of a Classic Load Balancer, one for each listener. */
export function classicTargetGroups(
  inventory: Inventory,
  network: NetworkView,
  fleet: Fleet,
  resource: Resource,
): TargetGroup[] {
  const { properties } = resource;
  const instances = [...texts(properties, 'Instances'), ...members(inventory, fleet, resource)];
  const check = classicHealthCheck(properties);
  return classicListeners(properties).map((listener): TargetGroup => {
    const { instancePort, instanceProtocol, stickiness, sendsProxyProtocol } = listener;
    return {
      id: groupId(resource, listener),
      statedBy: resource.key,
      name: `${nameOf(resource)}:${listener.port}`,
      protocol: protocols[instanceProtocol],
      port: instancePort,
      targetType: 'instance',
      healthCheck: { ...check, enabled: true, matcher: '200' },
      attributes: {
        'deregistration_delay.timeout_seconds': String(drainingSeconds(properties)),
        'deregistration_delay.connection_termination.enabled': 'true',
        'load_balancing.cross_zone.enabled': String(balancesAcrossZones(properties)),
      },
      classic: { stickiness, sendsProxyProtocol },
      targets: [...new Set(instances)].flatMap((id) => registered(network, id, instancePort)),
    };
  });
}

function listenerOf(resource: Resource, listener: ClassicListener): Listener {
  const { port, protocol, certificate } = listener;
  return {
    id: `${groupId(resource, listener)}/listener`,
    statedBy: resource.key,
    port,
    protocol: protocols[protocol] as Listener['protocol'],
    certificates: certificate === undefined ? [] : [certificate],
    rules: [
      {
        statedBy: resource.key,
        priority: null,
        conditions: [],
        action: {
          kind: 'forward',
          targetGroups: [{ id: groupId(resource, listener), weight: 1 }],
          stickySeconds: null,
        },
      },
    ],
    attributes: { 'tcp.idle_timeout.seconds': String(idleTimeout(resource.properties)) },
  };
}

/** What the second generation calls them. */
const protocols: Readonly<Record<ClassicProtocol, string>> = { HTTP: 'HTTP', HTTPS: 'HTTPS', TCP: 'TCP', SSL: 'TLS' };

function groupId({ physicalId }: Resource, { port }: ClassicListener): string {
  return `${physicalId}:${port}`;
}

/** Instances of the Auto Scaling groups that name the balancer. */
function members(inventory: Inventory, fleet: Fleet, balancer: Resource): string[] {
  const groups = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').filter(({ properties }) =>
    texts(properties, 'LoadBalancerNames').includes(balancer.physicalId),
  );
  return fleet.instances.filter((each) => groups.some((group) => group.key === each.statedBy)).map((each) => each.id);
}
