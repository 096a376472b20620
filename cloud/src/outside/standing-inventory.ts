import type { Inventory } from '../inventory.ts';
import { resourcesOf, type Standing } from './standing.ts';

/** What stands in a region, as an inventory that lookups are answered from: whoever listed it sees it, whosever it is. */
export function standingInventory(
  standing: readonly Standing[],
  { account, region }: { readonly account: string; readonly region: string },
): Inventory {
  const { outside, neighbours } = resourcesOf(standing.filter((each) => each.region === region));
  return {
    ...{ account, region, stacks: [], resources: [...outside, ...neighbours], allocations: {}, assets: [] },
    ...{ secrets: [], notKnown: [] },
  };
}
