import { parseAddress } from '@terrace/cloud/address';
import type { NetworkView } from '@terrace/cloud/views/network';
import type { Words } from '@terrace/cloud/words';
import { tcpPorts } from '../traffic/traffic-set.ts';
import { ask, openReach } from './ask.ts';

/** A thing in the way of a connection that an instance tried in vain, and its mend. */
interface Obstacle {
  readonly code: string;
  readonly component: string;
  readonly cause: Words;
  readonly next: Words;
}

/** How `explainUnreached` is called by whoever loads this module by its URL. */
export type ExplainUnreached = (
  network: NetworkView,
  instance: string,
  destination: { readonly address: string; readonly port: number },
) => readonly Obstacle[];

/**
 * All that stands between an instance and an address outside of its VPC, as `terrace reach` says it; none where nothing in the template does.
 *
 * @param instance `i-…`
 */
export const explainUnreached: ExplainUnreached = (network, instance, { address, port }) => {
  const interfaces = network.interfaces.filter(
    ({ owner }) => owner.kind === 'instance' && owner.id === instance && owner.index === 0,
  );
  const base = parseAddress(address);
  if (interfaces.length === 0 || base === undefined) return [];
  const reach = openReach(network);
  const from = { reference: instance, interfaces, internet: false, range: null, byPublicAddress: false };
  const range = { family: 4, base, length: 32 } as const;
  const to = { reference: address, interfaces: [], internet: false, range, byPublicAddress: false };
  const { pairs } = ask(reach, { from, to, traffic: tcpPorts({ from: port, to: port }), family: 4 });
  return pairs.flatMap(({ blockers, unknowns }) =>
    [...blockers, ...unknowns].map(({ code, component, cause, next }) => ({
      code,
      component: component.name,
      cause,
      next,
    })),
  );
};
