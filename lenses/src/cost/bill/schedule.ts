import { capacityOver, statedSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import { type SchedulesView, schedulesView } from '@terrace/cloud/views/schedules';

const hour = 3_600_000;
const week = 7 * 24 * hour;

/**
 * How many hours of a month the servers are there by the template's own scheduled scaling; `null` where it states none, or where one
 * week is not like the others or nothing opens again (always on is then the safe thing to assume). Of groups that differ, the one that
 * is on longest. Sizes change as they do in a region: both read `capacityOver`.
 *
 * @param month `YYYY-MM`, the month that the bill is for: a schedule that has ended by then changes nothing
 */
export function scheduledHours(inventory: Inventory, hoursInMonth: number, month: string): number | null {
  const schedules = schedulesView(inventory);
  if (schedules.scaling.length === 0) return null;
  const from = Date.parse(`${month}-01T00:00:00Z`);
  const shares = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').map((group) =>
    shareOn(group, schedules, from),
  );
  const longest = Math.max(...shares.map((each) => each ?? 1));
  return longest > 0 && longest < 1 ? longest * hoursInMonth : null;
}

/** The part of four weeks in which a group has members, once a first week has brought it into its rhythm; `null` where the weeks differ. */
function shareOn(group: Resource, { scaling }: SchedulesView, from: number): number | null {
  const own = scaling.filter((action) => action.group === group.key);
  const spans = capacityOver(own, statedSizes(group), from - week, from + 4 * week).filter((each) => each.capacity > 0);
  const weeks = [0, 1, 2, 3].map((index) => {
    const [start, end] = [from + index * week, from + (index + 1) * week];
    return spans.reduce((sum, each) => sum + Math.max(0, Math.min(each.to, end) - Math.max(each.from, start)), 0);
  });
  // A change to or from daylight saving time makes a week an hour longer or shorter.
  if (Math.max(...weeks) - Math.min(...weeks) > hour) return null;
  return Math.max(...weeks) / week;
}
