import { createHash } from 'node:crypto';
import { readAlarm } from '@terrace/cloud/families/alarm/alarm';
import { type ScalingPolicy, scalingPolicies } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import type { Inventory } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import type { WatchedAlarm } from '../../alarms/watched-alarm.ts';

/** Out soon, in late: datapoints of a minute that each alarm needs, as AWS's own alarms of target tracking state them (2026-11). */
const high = { name: 'AlarmHigh', comparison: 'GreaterThanThreshold', periods: 3, share: 1 };
const low = { name: 'AlarmLow', comparison: 'LessThanThreshold', periods: 15, share: 0.9 };

/**
 * The alarms that Auto Scaling makes for policies that track a target: one above it, one a tenth below.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export function generatedAlarms(inventory: Inventory): WatchedAlarm[] {
  return scalingPolicies(inventory).flatMap((policy) => {
    const { scaling, group: key } = policy;
    if (scaling.kind !== 'target-tracking') return [];
    const group = inventory.resources.find((each) => each.key === key)!.physicalId;
    return (scaling.scalesIn ? [high, low] : [high]).map(({ name, comparison, periods, share }) => {
      const stated = {
        ...scaling.metric,
        ComparisonOperator: comparison,
        Threshold: scaling.target * share,
        EvaluationPeriods: periods,
        AlarmActions: [policy.arn],
        AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      };
      return alarmOf(`TargetTracking-${group}-${name}-${unique(policy, name)}`, stated, inventory);
    });
  });
}

function alarmOf(name: string, stated: JsonObject, { region, account }: Inventory): WatchedAlarm {
  const metric = readAlarm(stated);
  return {
    arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
    name,
    description: metric.description,
    actions: metric.actions,
    watches: { metric },
  };
}

/** The same for the same policy. */
function unique({ arn }: ScalingPolicy, name: string): string {
  const hex = createHash('sha256').update(`${arn} ${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
