import type { AlarmState, MetricStatistic, StatedAlarm } from '@terrace/cloud/families/alarm/alarm';
import { regionName } from './region-name.ts';
import { spelledOut } from './state-reason.ts';
import type { StateChange, WatchedAlarm } from './watched-alarm.ts';

interface Home {
  readonly account: string;
  readonly region: string;
}

/** What an alarm publishes to its topics when its state has changed. */
export interface AlarmMessage {
  readonly subject: string;
  /** JSON, for programs. */
  readonly body: string;
  /** For people. */
  readonly mail: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
export function alarmMessage(change: StateChange, home: Home): AlarmMessage {
  const { alarm, to } = change;
  return {
    subject: `${to}: "${alarm.name}" in ${regionName(home.region)}`.slice(0, 100),
    body: JSON.stringify(forPrograms(change, home)),
    mail: forPeople(change, home),
  };
}

/** Where an alarm's actions go for a state. */
export function actionsFor({ actions }: WatchedAlarm, state: AlarmState): readonly string[] {
  if (!actions.enabled) return [];
  if (state === 'ALARM') return actions.alarm;
  return state === 'OK' ? actions.ok : actions.insufficientData;
}

function forPrograms({ alarm, from, to, reason, at }: StateChange, { account, region }: Home) {
  const { actions, watches } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    AWSAccountId: account,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: new Date(at).toISOString().replace('Z', '+0000'),
    Region: regionName(region),
    AlarmArn: alarm.arn,
    OldStateValue: from,
    OKActions: actions.ok,
    AlarmActions: actions.alarm,
    InsufficientDataActions: actions.insufficientData,
    ...('metric' in watches ? { Trigger: trigger(watches.metric) } : {}),
  };
}

function trigger(stated: StatedAlarm) {
  const [first] = stated.queries;
  const condition = {
    Period: stated.period,
    EvaluationPeriods: stated.evaluationPeriods,
    DatapointsToAlarm: stated.datapointsToAlarm,
    ComparisonOperator: stated.comparison,
    Threshold: stated.threshold,
    TreatMissingData: stated.missingData,
    EvaluateLowSampleCountPercentile: stated.ignoresLowSamples ? 'ignore' : '',
  };
  if (stated.queries.length === 1 && first && 'metric' in first) {
    const { metric } = first;
    const isPlain = !metric.statistic.startsWith('p');
    return {
      MetricName: metric.name,
      Namespace: metric.namespace,
      StatisticType: isPlain ? 'Statistic' : 'ExtendedStatistic',
      ...(isPlain ? { Statistic: metric.statistic.toUpperCase() } : { ExtendedStatistic: metric.statistic }),
      Unit: metric.unit,
      Dimensions: dimensions(metric),
      ...condition,
    };
  }
  return {
    ...condition,
    Metrics: stated.queries.map((query) =>
      'metric' in query
        ? {
            Id: query.id,
            MetricStat: {
              Metric: {
                Dimensions: dimensions(query.metric),
                MetricName: query.metric.name,
                Namespace: query.metric.namespace,
              },
              Period: query.metric.period,
              Stat: query.metric.statistic,
            },
            ReturnData: query.returns,
          }
        : { Id: query.id, Expression: query.expression, ReturnData: query.returns },
    ),
  };
}

function dimensions(metric: MetricStatistic) {
  return Object.entries(metric.dimensions).map(([name, value]) => ({ value, name }));
}

function forPeople({ alarm, from, to, reason, at }: StateChange, { account, region }: Home): string {
  const { watches, actions } = alarm;
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${regionName(region)} region has entered the ${to} state, because "${reason}" at "${spelledOut(at)}".`,
    '',
    'Alarm Details:',
    ...rows([
      ['Name:', alarm.name],
      ['Description:', alarm.description ?? ''],
      ['State Change:', `${from} -> ${to}`],
      ['Reason for State Change:', reason],
      ['Timestamp:', spelledOut(at)],
      ['AWS Account:', account],
      ['Alarm Arn:', alarm.arn],
    ]),
    ...('metric' in watches ? ofMetric(watches.metric) : []),
    '',
    'State Change Actions:',
    ...rows([
      ['OK:', list(actions.ok)],
      ['ALARM:', list(actions.alarm)],
      ['INSUFFICIENT_DATA:', list(actions.insufficientData)],
    ]),
    '',
  ].join('\n');
}

function ofMetric(stated: StatedAlarm): string[] {
  const { comparison, threshold, period, datapointsToAlarm, evaluationPeriods, missingData } = stated;
  return [
    '',
    'Threshold:',
    `- The alarm is in the ALARM state when the metric is ${comparison} ${threshold} for at least ${datapointsToAlarm} of the last ${evaluationPeriods} period(s) of ${period} seconds.`,
    '',
    stated.queries.length === 1 ? 'Monitored Metric:' : 'Monitored Metrics:',
    ...stated.queries.flatMap((query) =>
      'metric' in query
        ? rows([
            ['MetricNamespace:', query.metric.namespace],
            ['MetricName:', query.metric.name],
            ['Dimensions:', list(Object.entries(query.metric.dimensions).map(([name, value]) => `${name} = ${value}`))],
            ['Period:', `${query.metric.period} seconds`],
            ['Statistic:', query.metric.statistic],
            ['Unit:', query.metric.unit ?? 'not specified'],
          ])
        : rows([['MetricExpression:', query.expression]]),
    ),
    ...rows([['TreatMissingData:', missingData]]),
  ];
}

function rows(all: readonly (readonly [name: string, value: string])[]): string[] {
  return all.map(([name, value]) => `- ${name.padEnd(27)} ${value}`.trimEnd());
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `[${items.join(', ')}]`;
}
