import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { number, text } from './properties.ts';

const week = 7 * 24 * 60;
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * How many hours of a month the servers are there by the template's own scheduled scaling; `null` where it states none, or states
 * one that is not a weekly rhythm (always on is then the safe thing to assume). Of groups that differ, the one that is on longest.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
export function scheduledHours(inventory: Inventory, hoursInMonth: number): number | null {
  const actions = inventory.resources.filter((resource) => resource.type === 'AWS::AutoScaling::ScheduledAction');
  const groups = inventory.resources.filter((resource) => resource.type === 'AWS::AutoScaling::AutoScalingGroup');
  if (actions.length === 0) return null;
  const minutes = groups.map((group) =>
    minutesOn(actions.filter((action) => action.properties.AutoScalingGroupName === group.physicalId)),
  );
  const longest = Math.max(...minutes.map((each) => each ?? week));
  return longest >= week ? null : (longest / week) * hoursInMonth;
}

/** Minutes of a week; `null` where the actions are not understood or never close. */
function minutesOn(actions: readonly Resource[]): number | null {
  const moments: { at: number; on: boolean }[] = [];
  for (const action of actions) {
    const size = number(action.properties.DesiredCapacity) ?? number(action.properties.MinSize);
    const times = parseWeekly(text(action.properties.Recurrence) ?? '');
    if (size === undefined || times === undefined) return null;
    moments.push(...times.map((at) => ({ at, on: size > 0 })));
  }
  if (!moments.some((each) => each.on) || !moments.some((each) => !each.on)) return null;
  moments.sort((one, other) => one.at - other.at);
  return moments.reduce((sum, moment, index) => {
    const next = moments[index + 1]?.at ?? moments[0]!.at + week;
    return moment.on ? sum + next - moment.at : sum;
  }, 0);
}

/** Minutes of a week from a cron line with fixed times (`30 9 * * MON-FRI`); `undefined` for any other rhythm. */
export function parseWeekly(cron: string): number[] | undefined {
  const match = /^(\d{1,2}) (\d{1,2}) [*?] \* (\S+)$/.exec(cron.trim());
  const on = match ? parseDays(match[3]!.toUpperCase()) : undefined;
  return on?.map((day) => day * 1440 + Number(match![2]) * 60 + Number(match![1]));
}

function parseDays(words: string): number[] | undefined {
  if (words === '*' || words === '?') return [0, 1, 2, 3, 4, 5, 6];
  const found = new Set<number>();
  for (const part of words.split(',')) {
    const [from, to] = part.split('-').map(parseDay);
    if (from === undefined || (part.includes('-') && to === undefined)) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      found.add(day);
      if (day === (to ?? from)) break;
    }
  }
  return [...found].sort((one, other) => one - other);
}

/** Sunday is 0 and 7. */
function parseDay(word: string): number | undefined {
  if (/^[0-7]$/.test(word)) return Number(word) % 7;
  const index = days.indexOf(word);
  return index < 0 ? undefined : index;
}
