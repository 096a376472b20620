import type { Inventory } from '../inventory.ts';
import type { Mistake } from '../mistake.ts';
import { exportsInUse } from './exports-in-use.ts';
import { inventoryChange } from './inventory-change.ts';
import { namesInUse } from './names-in-use.ts';

/**
 * Why a deployment of a change would not get through on AWS, where a rehearsal, which has nothing else to lose, does.
 *
 * @param after loaded with `before` present
 */
export function refusedUpdates(
  before: Inventory,
  after: Inventory,
  changes = inventoryChange(before, after),
): Mistake[] {
  return [...exportsInUse(before, after), ...namesInUse(before, after, changes)];
}
