import type { Inventory } from '@terrace/cloud/inventory';
import type { FamilyService } from '../endpoints/call.ts';
import * as all from './all.ts';
import type { RunningFamily } from './contract/running.ts';

const families: readonly RunningFamily[] = Object.values(all);

/** The services that families bring to AWS's endpoints. */
export const services: readonly FamilyService[] = families.map(({ service }) => service);

/** What each of them reads of an inventory, by the service's name. */
export function familySettings(inventory: Inventory): Readonly<Record<string, unknown>> {
  return Object.fromEntries(families.map(({ service, settings }) => [service.name, settings(inventory)]));
}
