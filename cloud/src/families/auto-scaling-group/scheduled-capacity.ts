import type { Resource } from '../../inventory.ts';
import { number } from '../../property.ts';
import { momentsOf, type ScheduledScaling } from './scheduled-action.ts';

/** Between what a group's size is held. */
export interface GroupSizes {
  readonly least: number;
  readonly most: number;
  readonly desired: number;
}

/**
 * The sizes that a template states. Without a desired capacity a group has its least.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html
 */
export function statedSizes({ properties }: Pick<Resource, 'properties'>): GroupSizes {
  const least = number(properties, 'MinSize') ?? 0;
  const desired = number(properties, 'DesiredCapacity') ?? least;
  return { least, most: number(properties, 'MaxSize') ?? desired, desired };
}

/**
 * A group's sizes once a scheduled action is carried out: what it does not state stays, and the desired capacity is kept between the others.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
export function resized(before: GroupSizes, action: Pick<ScheduledScaling, 'least' | 'most' | 'desired'>): GroupSizes {
  const least = action.least ?? before.least;
  const most = Math.max(least, action.most ?? before.most);
  return { least, most, desired: Math.min(most, Math.max(least, action.desired ?? before.desired)) };
}

/** A stretch of time in which a group's capacity stays, in milliseconds since 1970. */
export interface CapacitySpan {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/** What a group's schedule makes of its capacity, from a moment at which it has the given sizes to another. */
export function capacityOver(
  actions: readonly ScheduledScaling[],
  sizes: GroupSizes,
  from: number,
  to: number,
): CapacitySpan[] {
  const due = actions
    .flatMap((action) => momentsOf(action, from, to).map((at) => ({ at, action })))
    .sort((one, other) => one.at - other.at);
  const spans: CapacitySpan[] = [];
  let since = from;
  let now = sizes;
  for (const { at, action } of due) {
    if (at > since) spans.push({ from: since, to: at, capacity: now.desired });
    since = at;
    now = resized(now, action);
  }
  return to > since ? [...spans, { from: since, to, capacity: now.desired }] : spans;
}
