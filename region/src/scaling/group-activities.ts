import { randomUUID } from 'node:crypto';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import { type Activity, type FoundBy, launched, launchFailed, terminated } from './activity.ts';
import { groupsOf, type Shortage } from './launch-shortage.ts';

/** As many activities are remembered. */
const most = 200;
const minute = 60_000;
/** Milliseconds between two tries to launch at the most; each wait is twice as long as the one before. */
const longestWait = 30 * minute;

/** What groups are found to have. */
interface Found {
  readonly inventory: Inventory;
  readonly fleet: Fleet;
  readonly shortages: readonly Shortage[];
  /** Instances that a health check had replaced, and which. */
  readonly unhealthy: ReadonlyMap<string, FoundBy>;
}

/** The activity history of Auto Scaling groups, which follows from who is there and who is missing. */
export class GroupActivities {
  #members: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** When a group that is short tries again, by its name, and after how long that was. */
  readonly #retries = new Map<string, { readonly reason: string; readonly at: number; readonly wait: number }>();
  #activities: readonly Activity[] = [];
  /** When members were launched. */
  #launched: ReadonlyMap<string, number> = new Map();
  /** Why the capacity of a group was changed, until that is an activity. */
  readonly #reasons = new Map<string, string>();

  /** The latest last. */
  get all(): readonly Activity[] {
    return this.#activities;
  }

  /** Milliseconds since 1970, by the region's clock; `null` for an instance that is no member of a group, or was not seen yet. */
  launchedAt(id: string): number | null {
    return this.#launched.get(id) ?? null;
  }

  /** What the next activity of a group tells before its own cause, as AWS says it. */
  because(group: string, reason: string): void {
    this.#reasons.set(group, reason);
  }

  /** Whether a group that could not launch may try again. */
  isRetryDue(now: number): boolean {
    return [...this.#retries.values()].some(({ at }) => at <= now);
  }

  /** Compares what is there with what was, and gives the activities that this makes, the terminations first. */
  look({ inventory, fleet, shortages, unhealthy }: Found, now: number): Activity[] {
    const found: Activity[] = [];
    const next = new Map<string, ReadonlySet<string>>();
    for (const { key, physicalId: group } of groupsOf(inventory)) {
      const before = this.#members.get(group) ?? new Set<string>();
      const after = new Set(fleet.instances.filter(({ statedBy }) => statedBy === key).map(({ id }) => id));
      next.set(group, after);
      const reason = this.#reasons.get(group) ?? '';
      const happened = { group, at: now, from: before.size, to: after.size, reason };
      for (const id of before) {
        if (!after.has(id)) found.push(terminated({ ...happened, id: randomUUID() }, id, unhealthy.get(id) ?? null));
      }
      const short = shortages.find(({ name }) => name === group);
      const to = short?.wanted ?? after.size;
      for (const id of after) if (!before.has(id)) found.push(launched({ ...happened, to, id: randomUUID() }, id));
      if (found.some((each) => each.group === group)) this.#reasons.delete(group);
      const failure = this.#failure(group, short, now);
      if (failure) found.push(failure);
    }
    const members = [...next.values()].flatMap((each) => [...each]);
    this.#launched = new Map(members.map((id) => [id, this.#launched.get(id) ?? now]));
    this.#members = next;
    for (const group of this.#retries.keys()) if (!next.has(group)) this.#retries.delete(group);
    this.#activities = [...this.#activities, ...found].slice(-most);
    return found;
  }

  /** A try that fails for the same reason is an activity of its own, but only when its time has come. */
  #failure(group: string, short: Shortage | undefined, now: number): Activity | null {
    if (!short) {
      this.#retries.delete(group);
      return null;
    }
    const last = this.#retries.get(group);
    if (last && last.reason === short.reason && last.at > now) return null;
    const wait = last?.reason === short.reason ? Math.min(longestWait, last.wait * 2) : minute;
    this.#retries.set(group, { reason: short.reason, at: now + wait, wait });
    const reason = this.#reasons.get(group) ?? '';
    const happened = { group, at: now, from: short.has, to: short.wanted, id: randomUUID(), reason };
    return launchFailed(happened, short.reason);
  }
}
