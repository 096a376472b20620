import type { NetworkNode } from '../balancing/network-node.ts';
import type { Fault, Mendable } from './drift.ts';

/** What nodes of Network Load Balancers hand packets on with: put back where others have taken it away. */
export function mendNetworkNodes(nodes: () => readonly NetworkNode[]): Mendable {
  const at = (place: string) => nodes().filter(({ namespace }) => namespace === place);
  return {
    find: async (places) => {
      const faults: Fault[] = [];
      for (const node of [...places].flatMap(at)) {
        const missing = await node.missing();
        if (missing.length > 0) faults.push({ where: node.namespace, missing });
      }
      return faults;
    },
    repair: async (faults) => {
      for (const node of faults.flatMap(({ where }) => at(where))) await node.mend();
    },
  };
}
