import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from '../../property.ts';

/** A metric with the statistic that is read of it. */
export interface MetricStatistic {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, `p99.9` … */
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  /** Only data with this unit counts; `null` for any. */
  readonly unit: string | null;
}

/** One entry of `Metrics`: a metric, or an expression over the other entries. */
export type AlarmQuery =
  | { readonly id: string; readonly returns: boolean; readonly metric: MetricStatistic }
  | { readonly id: string; readonly returns: boolean; readonly expression: string; readonly period: number | null };

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export const comparisonOperators = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** Targets of an alarm's actions, as ARNs. */
export interface AlarmActions {
  readonly enabled: boolean;
  readonly alarm: readonly string[];
  readonly ok: readonly string[];
  readonly insufficientData: readonly string[];
}

/** An alarm as a template states it. */
export interface StatedAlarm {
  /** Seconds over which a metric is read each time. */
  readonly period: number;
  /** Metrics that it watches: those of its expression, or the one that it states by name. */
  readonly metrics: number;
  readonly queries: readonly AlarmQuery[];
  /** As stated; operators of anomaly detection among them. */
  readonly comparison: string;
  /** `null` where the template states none. */
  readonly threshold: number | null;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
  /** Whether a percentile over few samples leaves the state as it is. */
  readonly ignoresLowSamples: boolean;
  readonly description: string | null;
  readonly actions: AlarmActions;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export function readAlarm(alarm: JsonObject): StatedAlarm {
  const queries = queriesOf(alarm);
  const measured = queries.flatMap((each) => ('metric' in each ? [each.metric.period] : []));
  const evaluationPeriods = number(alarm, 'EvaluationPeriods') ?? 1;
  return {
    period: measured.length > 0 ? Math.max(...measured) : 60,
    metrics: Math.max(1, measured.length),
    queries,
    comparison: text(alarm, 'ComparisonOperator') ?? '',
    threshold: number(alarm, 'Threshold') ?? null,
    evaluationPeriods,
    datapointsToAlarm: number(alarm, 'DatapointsToAlarm') ?? evaluationPeriods,
    missingData: missingDataOf(alarm, queries),
    ignoresLowSamples: text(alarm, 'EvaluateLowSampleCountPercentile') === 'ignore',
    description: text(alarm, 'AlarmDescription') ?? null,
    actions: actionsOf(alarm),
  };
}

export function actionsOf(alarm: JsonObject): AlarmActions {
  return {
    enabled: flag(alarm, 'ActionsEnabled') ?? true,
    alarm: texts(alarm, 'AlarmActions'),
    ok: texts(alarm, 'OKActions'),
    insufficientData: texts(alarm, 'InsufficientDataActions'),
  };
}

/** An alarm states one metric by its name, or a list of metrics and expressions of which one is its value. */
function queriesOf(alarm: JsonObject): AlarmQuery[] {
  const listed = objects(alarm, 'Metrics');
  if (listed.length === 0) {
    const statistic = text(alarm, 'ExtendedStatistic') ?? text(alarm, 'Statistic') ?? 'Average';
    return [{ id: 'm1', returns: true, metric: metricOf(alarm, alarm, statistic) }];
  }
  return listed.map((query) => {
    const id = text(query, 'Id') ?? '';
    const returns = flag(query, 'ReturnData') ?? true;
    const stated = object(query, 'MetricStat');
    if (Object.keys(stated).length === 0) {
      return { id, returns, expression: text(query, 'Expression') ?? '', period: number(query, 'Period') ?? null };
    }
    return { id, returns, metric: metricOf(object(stated, 'Metric'), stated, text(stated, 'Stat') ?? 'Average') };
  });
}

function metricOf(metric: JsonObject, read: JsonObject, statistic: string): MetricStatistic {
  const dimensions = objects(metric, 'Dimensions').map((each) => [text(each, 'Name') ?? '', text(each, 'Value') ?? '']);
  return {
    namespace: text(metric, 'Namespace') ?? '',
    name: text(metric, 'MetricName') ?? '',
    dimensions: Object.fromEntries(dimensions),
    statistic,
    period: number(read, 'Period') ?? 60,
    unit: text(read, 'Unit') ?? null,
  };
}

/** Alarms on DynamoDB's metrics ignore missing data, whatever they state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function missingDataOf(alarm: JsonObject, queries: readonly AlarmQuery[]): MissingData {
  if (queries.some((each) => 'metric' in each && each.metric.namespace === 'AWS/DynamoDB')) return 'ignore';
  const stated = text(alarm, 'TreatMissingData');
  return stated === 'ignore' || stated === 'breaching' || stated === 'notBreaching' ? stated : 'missing';
}
