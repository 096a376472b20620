import type { Address } from '../address.ts';
import type { Address6 } from '../address6.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../inventory.ts';
import { nameOf, objects, text } from '../property.ts';
import { attributesOf } from './balancing/attributes.ts';
import { classicBalancer, classicBalancersOf, classicTargetGroups } from './balancing/classic.ts';
import { type Listener, listenersOf } from './balancing/listeners.ts';
import { type TargetGroup, targetGroupsOf } from './balancing/target-groups.ts';
import type { Fleet } from './fleet.ts';
import { address6Of, type NetworkView } from './network.ts';

/** Load balancers as they are to be: where their nodes stand, what they listen for, and where requests go. */
export interface BalancingView {
  readonly balancers: readonly LoadBalancer[];
  readonly targetGroups: readonly TargetGroup[];
}

export interface LoadBalancer {
  /** ARN; the name of a Classic Load Balancer. */
  readonly id: string;
  readonly statedBy: ResourceKey;
  readonly name: string;
  readonly kind: 'application' | 'network' | 'gateway' | 'classic';
  readonly internetFacing: boolean;
  readonly nodes: readonly BalancerNode[];
  readonly listeners: readonly Listener[];
  /** `idle_timeout.timeout_seconds` and the rest, as stated. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface BalancerNode {
  /** `eni-…` */
  readonly interface: string;
  readonly zone: string;
  readonly address: Address;
  readonly publicAddress: Address | null;
  /** Of a dual-stack balancer: by IPv6 it has one address for inside and outside. */
  readonly address6: Address6 | null;
}

/**
 * Reads load balancers of both generations out of an inventory.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
 */
export function balancingView(inventory: Inventory, network: NetworkView, fleet: Fleet): BalancingView {
  const balancers = ofType(inventory, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  return {
    balancers: [
      ...balancers.map((resource) => loadBalancer(inventory, network, resource)),
      ...classicBalancersOf(inventory).map((each) => ({
        ...classicBalancer(each),
        nodes: nodesOf(network, each.physicalId),
      })),
    ],
    targetGroups: [
      ...targetGroupsOf(inventory, network, fleet),
      ...classicBalancersOf(inventory).flatMap((each) => classicTargetGroups(inventory, network, fleet, each)),
    ],
  };
}

function loadBalancer(inventory: Inventory, network: NetworkView, resource: Resource): LoadBalancer {
  const { properties } = resource;
  return {
    id: resource.physicalId,
    statedBy: resource.key,
    name: nameOf(resource),
    kind: (text(properties, 'Type') ?? 'application') as LoadBalancer['kind'],
    internetFacing: (text(properties, 'Scheme') ?? 'internet-facing') === 'internet-facing',
    nodes: nodesOf(network, resource.physicalId),
    listeners: listenersOf(inventory, resource.physicalId),
    attributes: attributesOf(objects(properties, 'LoadBalancerAttributes')),
  };
}

function nodesOf(network: NetworkView, id: string): BalancerNode[] {
  return network.interfaces.flatMap(({ id: each, owner, addresses, publicAddress }) => {
    if (owner.kind !== 'load-balancer' || owner.id !== id) return [];
    const address6 = address6Of(network, each);
    return [{ interface: each, zone: owner.zone, address: addresses[0]!, publicAddress, address6 }];
  });
}
