import type { JsonObject } from '../../json.ts';
import { number, object, objects } from '../../property.ts';

/** An alarm as a template states it. */
export interface StatedAlarm {
  /** Seconds over which a metric is read each time. */
  readonly period: number;
  /** Metrics that it watches: those of its expression, or the one that it states by name. */
  readonly metrics: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export function readAlarm(alarm: JsonObject): StatedAlarm {
  const read = objects(alarm, 'Metrics').filter((each) => Object.keys(object(each, 'MetricStat')).length > 0);
  return { period: number(alarm, 'Period') ?? 60, metrics: Math.max(1, read.length) };
}
