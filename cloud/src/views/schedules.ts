import { type ScheduledScaling, scheduledScaling } from '../families/auto-scaling-group/scheduled-action.ts';
import { type ScheduledDatabase, scheduledDatabase } from '../families/schedule/scheduled-database.ts';
import { type Inventory, ofType } from '../inventory.ts';

/** What is to happen at times that the template states. */
export interface SchedulesView {
  readonly scaling: readonly ScheduledScaling[];
  readonly databases: readonly ScheduledDatabase[];
}

export function schedulesView(inventory: Inventory): SchedulesView {
  return {
    scaling: ofType(inventory, 'AWS::AutoScaling::ScheduledAction').flatMap((each) =>
      scheduledScaling(inventory, each),
    ),
    databases: ofType(inventory, 'AWS::Scheduler::Schedule').flatMap(
      (each) => scheduledDatabase(each.properties, each.key) ?? [],
    ),
  };
}
