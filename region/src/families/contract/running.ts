import type { Inventory } from '@terrace/cloud/inventory';
import type { FamilyService } from '../../endpoints/call.ts';

/** The half of a family that runs: `running.ts` of its folder. */
export interface RunningFamily {
  /** Its API at AWS's endpoints. */
  readonly service: FamilyService;
  /** The part of the inventory that the service needs, as JSON: it goes to the endpoints' process. */
  settings(inventory: Inventory): unknown;
}
