import type { AlarmState } from '@terrace/cloud/families/alarm/alarm';
import { type Words, words } from '@terrace/cloud/words';
import { keepsWall } from '../clock/keeps-wall.ts';
import type { Outline } from '../outline.ts';
import { groupsOf } from '../scaling/launch-shortage.ts';
import type { Operations } from './operations.ts';

/** What `terrace status` says of a region's operations; documented in docs/json.md. */
export interface OperationsSummary {
  readonly clock: {
    /** ISO 8601 */
    readonly region: string;
    readonly speed: number;
    /** What keeps the wall's time where the clock runs otherwise. */
    readonly keepsWall: readonly Words[];
  };
  readonly groups: readonly GroupSummary[];
  readonly alarms: readonly AlarmSummary[];
  /** Of Auto Scaling groups; the latest last. */
  readonly activities: readonly ActivitySummary[];
}

export interface GroupSummary {
  readonly name: string;
  readonly desired: number;
  readonly inService: number;
  readonly least: number;
  readonly most: number;
  /** Why it has fewer than it wants, as EC2 says it; `null` where it has all. */
  readonly shortage: string | null;
}

export interface AlarmSummary {
  readonly name: string;
  /** `null` for an alarm that is not evaluated. */
  readonly state: AlarmState | null;
  readonly reason: Words;
  /** ISO 8601, by the region's clock; `null` for an alarm that is not evaluated. */
  readonly since: string | null;
}

export interface ActivitySummary {
  readonly group: string;
  readonly at: string;
  readonly status: string;
  readonly description: string;
  readonly cause: string;
}

/** As many activities are shown. */
const recent = 5;

export function operationsSummary(
  { region, alarms, activities, countOf }: Operations,
  present: Outline,
): OperationsSummary {
  const { clock } = region;
  const shortages = region.shortages(present);
  return {
    clock: { region: new Date(clock.now()).toISOString(), speed: clock.speed, keepsWall },
    groups: groupsOf(present.inventory).map((group) => {
      const { desired, least, most, inService } = countOf(group, present);
      const shortage = shortages.find((each) => each.group === group.key)?.reason ?? null;
      return { name: group.physicalId, desired, inService, least, most, shortage };
    }),
    alarms: [
      ...alarms.standings.map(({ alarm, state, reason, since }) => ({
        name: alarm.name,
        state,
        reason: words(reason, reason),
        since: new Date(since).toISOString(),
      })),
      ...alarms.unevaluated.map(({ name, why }) => ({ name, state: null, reason: why, since: null })),
    ],
    activities: activities.all.slice(-recent).map(({ group, at, status, description, cause }) => ({
      group,
      at: new Date(at).toISOString(),
      status,
      description,
      cause,
    })),
  };
}
