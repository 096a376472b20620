import type { TypeFidelity } from '../families/contract/fidelity.ts';
import { fidelities } from '../families/registry.ts';
import { fidelityOfNetwork } from './fidelity-network.ts';
import { fidelityOfOperations } from './fidelity-operations.ts';
import { fidelityOfServers } from './fidelity-servers.ts';

/**
 * The one table of what Terrace makes of each type and property. `terrace up`, `terrace validate` and docs/types.md read it; whoever makes
 * something act, or stops it from acting, says so here.
 */
export const fidelityTable: Readonly<Record<string, TypeFidelity>> = {
  ...fidelities,
  ...fidelityOfNetwork,
  ...fidelityOfServers,
  ...fidelityOfOperations,
};
