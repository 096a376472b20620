import type { ScheduledScaling } from '@terrace/cloud/families/auto-scaling-group/scheduled-action';
import { type GroupSizes, resized, statedSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import { desiredCapacity } from '@terrace/cloud/views/initial-fleet';

/** Sizes that a group is to have; `null` leaves what is. */
export type CapacityChange = Pick<ScheduledScaling, 'group' | 'least' | 'most' | 'desired'>;

interface Capacity extends GroupSizes {
  /** What the template stated when it was changed. */
  readonly stated: string;
}

/**
 * What became of the capacities of Auto Scaling groups since their templates stated them. A template that states others takes them back, one that
 * states the same leaves them, as an update of a stack does.
 */
export class GroupCapacities {
  readonly #changed = new Map<ResourceKey, Capacity>();

  /** Members that a group is to have. */
  of(group: Resource): number {
    return this.#of(group).desired;
  }

  sizesOf(group: Resource): GroupSizes {
    return this.#of(group);
  }

  /** Whether any group has another size than its template states. */
  differ({ resources }: Inventory): boolean {
    return resources.some((each) => this.#changed.has(each.key) && this.of(each) !== desiredCapacity(each));
  }

  /** Whether anything has become other than it was. https://docs.aws.amazon.com/autoscaling/ec2/userguide/scheduled-scaling-considerations.html */
  apply(action: CapacityChange, group: Resource): boolean {
    const before = this.#of(group);
    const after = resized(before, action);
    this.#changed.set(group.key, { ...after, stated: before.stated });
    return after.desired !== before.desired;
  }

  #of(group: Resource): Capacity {
    const { MinSize = null, MaxSize = null, DesiredCapacity = null } = group.properties;
    const stated = JSON.stringify([MinSize, MaxSize, DesiredCapacity]);
    const changed = this.#changed.get(group.key);
    if (changed?.stated === stated) return changed;
    return { ...statedSizes(group), stated };
  }
}
