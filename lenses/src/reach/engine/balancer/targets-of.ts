import type { BalancerListener, BalancerTarget, NetworkInterface } from '@terrace/cloud/views/network';
import type { NetworkIndex } from '../network-index.ts';

/** A node sends to its own zone's targets unless it crosses zones. */
export function targetsOf(
  network: NetworkIndex,
  node: NetworkInterface,
  { targets }: BalancerListener,
): readonly BalancerTarget[] {
  const { zone } = network.subnet(node.subnet);
  return targets.filter((target) => {
    const each = network.interface(target.interface);
    return each && (target.crossZone || network.subnet(each.subnet).zone === zone);
  });
}
