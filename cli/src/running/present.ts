import type { Inventory } from '@terrace/cloud/inventory';
import { call } from '@terrace/region/control/client';
import { runningRegion } from './region-client.ts';

/** What stands in the region that runs for this folder; `undefined` where none does, or is only coming up. */
export async function presentInventory(): Promise<Inventory | undefined> {
  const socket = await runningRegion();
  if (!socket) return undefined;
  const answer = await call(socket, '/inventory', {});
  return answer.kind === 'result' ? (answer.value as Inventory) : undefined;
}
