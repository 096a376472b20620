import {
  type AlarmActions,
  type AlarmState,
  actionsOf,
  readAlarm,
  type StatedAlarm,
} from '@terrace/cloud/families/alarm/alarm';
import { type AlarmRule, parseRule } from '@terrace/cloud/families/alarm/composite-rule';
import { whyCompositeUnevaluated, whyUnevaluated } from '@terrace/cloud/families/alarm/unevaluated';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import { attribute, text } from '@terrace/cloud/property';
import type { Words } from '@terrace/cloud/words';
import type { StateReason } from './state-reason.ts';

/** An alarm of the template that is evaluated: on metrics, or composite of others. */
export interface WatchedAlarm {
  readonly arn: string;
  readonly name: string;
  readonly description: string | null;
  readonly actions: AlarmActions;
  readonly watches: { readonly metric: StatedAlarm } | { readonly rule: AlarmRule };
}

/** An alarm came into another state. */
export interface StateChange {
  readonly alarm: WatchedAlarm;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: StateReason;
  /** Milliseconds since 1970, by the region's clock. */
  readonly at: number;
}

/** The alarms of an inventory that are evaluated, and why the others are not. */
export function alarmsIn(inventory: Inventory): {
  readonly watched: readonly WatchedAlarm[];
  readonly unevaluated: readonly { readonly name: string; readonly why: Words }[];
} {
  const watched: WatchedAlarm[] = [];
  const unevaluated: { name: string; why: Words }[] = [];
  for (const resource of ofType(inventory, 'AWS::CloudWatch::Alarm')) {
    const why = whyUnevaluated(resource.properties);
    if (why) unevaluated.push({ name: resource.physicalId, why });
    else watched.push({ ...named(resource), watches: { metric: readAlarm(resource.properties) } });
  }
  for (const resource of ofType(inventory, 'AWS::CloudWatch::CompositeAlarm')) {
    const why = whyCompositeUnevaluated(resource.properties);
    if (why) unevaluated.push({ name: resource.physicalId, why });
    else watched.push({ ...named(resource), watches: { rule: parseRule(text(resource.properties, 'AlarmRule')!) } });
  }
  return { watched, unevaluated };
}

function named(resource: Resource): Omit<WatchedAlarm, 'watches'> {
  return {
    arn: attribute(resource, 'Arn') ?? resource.physicalId,
    name: resource.physicalId,
    description: text(resource.properties, 'AlarmDescription') ?? null,
    actions: actionsOf(resource.properties),
  };
}
