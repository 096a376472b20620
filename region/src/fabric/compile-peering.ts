import type { Peering } from '@terrace/cloud/views/network';
import { vpcMtu } from './compile-interface.ts';
import { peeringMac, routerNamespace } from './names.ts';
import { type NetworkIndex, routerLink } from './network-index.ts';
import type { LinkPlan } from './plan.ts';

/** A peering is a link between two routers; what may pass it stands in the routers' rulesets. */
export function compilePeering(network: NetworkIndex, peering: Peering): LinkPlan {
  const name = routerLink.peering(peering.id);
  return {
    mtu: vpcMtu,
    ends: [
      { namespace: routerNamespace(network.vpc(peering.requester).id), name, mac: peeringMac(peering, 'requester') },
      { namespace: routerNamespace(network.vpc(peering.accepter).id), name, mac: peeringMac(peering, 'accepter') },
    ],
  };
}
