import { formatAddress } from '@terrace/cloud/address';
import type { Door, OpenDoor } from '../ingress/ingress.ts';
import type { BalancerKeeper } from './keepers/balancer-keeper.ts';

/** A door for each listener of an internet-facing load balancer. */
export function doorsOf(balancers: BalancerKeeper): Door[] {
  return balancers.view.balancers
    .filter((each) => each.internetFacing)
    .flatMap((each) =>
      each.listeners.map((listener) => ({
        name: `${each.name}-${listener.port}`,
        addresses: each.nodes.flatMap(({ publicAddress }) =>
          publicAddress === null ? [] : [formatAddress(publicAddress)],
        ),
        port: listener.port,
        secure: listener.protocol === 'HTTPS' || listener.protocol === 'TLS',
      })),
    )
    .sort((one, other) => Number(other.port === 80) - Number(one.port === 80));
}

export function url(door: OpenDoor): string {
  return `${door.secure ? 'https' : 'http'}://127.0.0.1:${door.hostPort}/`;
}
