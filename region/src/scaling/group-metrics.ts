import type { Resource } from '@terrace/cloud/inventory';
import { objects, texts } from '@terrace/cloud/property';
import type { Measurement } from '../metrics/metric.ts';

/** What there is of a group. */
export interface GroupCount {
  readonly least: number;
  readonly most: number;
  readonly desired: number;
  readonly inService: number;
  readonly pending: number;
  readonly terminating: number;
}

/**
 * The metrics that a group has been asked to report; none unless the template asks. A list without metrics asks for all.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function groupMeasurements(group: Resource, count: GroupCount): Measurement[] {
  const values: Readonly<Record<string, number>> = {
    GroupMinSize: count.least,
    GroupMaxSize: count.most,
    GroupDesiredCapacity: count.desired,
    GroupInServiceInstances: count.inService,
    GroupPendingInstances: count.pending,
    GroupStandbyInstances: 0,
    GroupTerminatingInstances: count.terminating,
    GroupTotalInstances: count.inService + count.pending + count.terminating,
  };
  const collections = objects(group.properties, 'MetricsCollection');
  const asked = new Set(
    collections.flatMap((each) => {
      const named = texts(each, 'Metrics');
      return named.length > 0 ? named : Object.keys(values);
    }),
  );
  return Object.entries(values)
    .filter(([name]) => asked.has(name))
    .map(([name, value]) => ({
      namespace: 'AWS/AutoScaling',
      name,
      dimensions: { AutoScalingGroupName: group.physicalId },
      unit: 'None',
      value,
    }));
}
