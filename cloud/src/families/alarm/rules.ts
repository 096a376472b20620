import type { Resource } from '../../inventory.ts';
import { number, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { refused, refusedItem } from '../contract/refused.ts';
import { exclusive, form, length, needed, oneOf, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { parseRule, RuleFault } from './composite-rule.ts';

const alarm = ['AWS::CloudWatch::Alarm'];
const composite = ['AWS::CloudWatch::CompositeAlarm'];
const alarmPage = 'AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
const compositePage = 'AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html';
const queryPage = 'AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html';

const watchesMetric = ({ properties }: Resource) => !isStated(properties, 'Metrics');

/** Percentiles and trimmed statistics. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const extended =
  /^(p(\d{1,2}(\.\d{1,10})?|100)|(tm|tc|ts|wm)\d{1,2}(\.\d{1,10})?|IQM|(PR|TM|TC|TS|WM)\([\d.]*%?:[\d.]*%?\))$/i;

/** What AWS refuses of alarms. */
export const rules: readonly Rule[] = [
  length({ types: alarm, path: 'AlarmName', most: 255, page: alarmPage }),
  range({ types: alarm, path: 'EvaluationPeriods', from: 1, to: 1_000_000, page: alarmPage }),
  oneOf({
    types: alarm,
    path: 'ComparisonOperator',
    values: [
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ],
    page: alarmPage,
  }),
  oneOf({
    types: alarm,
    path: 'Statistic',
    values: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
    page: alarmPage,
  }),
  oneOf({
    types: alarm,
    path: 'TreatMissingData',
    values: ['breaching', 'notBreaching', 'ignore', 'missing'],
    page: alarmPage,
  }),
  {
    code: 'WRONG_VALUE',
    types: alarm,
    page: alarmPage,
    what: words('Period: 10, 20, 30 or a multiple of 60.', 'Period: 10, 20, 30 또는 60의 배수'),
    check: ({ properties }) => {
      const period = number(properties, 'Period');
      if (period === undefined || [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return [];
      return [
        {
          at: ['Period'],
          cause: words(`${period} is not a period.`, `${period}{은/는} 기간이 될 수 없습니다.`),
          next: words('Write 10, 20, 30 or a multiple of 60.', '10, 20, 30이나 60의 배수를 쓰세요.'),
        },
      ];
    },
  },
  ...['MetricName', 'Namespace', 'Period'].map((path) =>
    needed({
      types: alarm,
      paths: [path],
      said: words('An alarm on a metric', '지표 경보'),
      when: watchesMetric,
      page: alarmPage,
    }),
  ),
  needed({
    types: alarm,
    paths: ['Statistic', 'ExtendedStatistic'],
    said: words('An alarm on a metric', '지표 경보'),
    when: watchesMetric,
    page: alarmPage,
  }),
  needed({ types: alarm, paths: ['Threshold', 'ThresholdMetricId'], page: alarmPage }),
  exclusive({ types: alarm, paths: ['ExtendedStatistic', 'Statistic'], page: alarmPage }),
  refused({
    code: 'EXCLUSIVE_PROPERTIES',
    types: alarm,
    page: alarmPage,
    what: words(
      'Metrics exclude MetricName, Namespace, Dimensions, Period, Unit and statistics.',
      'Metrics는 MetricName, Namespace, Dimensions, Period, Unit, 통계와 함께 쓸 수 없습니다.',
    ),
    where: ({ properties }) =>
      isStated(properties, 'Metrics') &&
      ['MetricName', 'Namespace', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'].some((each) =>
        isStated(properties, each),
      )
        ? ['Metrics']
        : [],
  }),
  form({
    types: alarm,
    path: 'ExtendedStatistic',
    code: 'WRONG_FORM',
    pattern: extended,
    said: words('an extended statistic is written as p99.9 or tm90', '확장 통계는 p99.9나 tm90처럼 씁니다.'),
    page: 'AmazonCloudWatch/latest/monitoring/Statistics-definitions.html',
  }),
  refused({
    code: 'NUMBER_OUT_OF_RANGE',
    types: alarm,
    page: alarmPage,
    what: words(
      'Periods that are evaluated are one day in all, of an hour or more each seven days.',
      '평가하는 기간은 모두 합해 하루, 기간이 1시간 이상이면 7일까지입니다.',
    ),
    where: ({ properties }) => {
      const [period, count] = [number(properties, 'Period') ?? 0, number(properties, 'EvaluationPeriods') ?? 0];
      return period * count > (period >= 3600 ? 604_800 : 86_400) ? ['EvaluationPeriods'] : [];
    },
    aws: 'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
  }),
  refused({
    code: 'NUMBER_OUT_OF_RANGE',
    types: alarm,
    page: alarmPage,
    what: words(
      'DatapointsToAlarm is 1 to EvaluationPeriods.',
      'DatapointsToAlarm은 1 이상 EvaluationPeriods 이하입니다.',
    ),
    where: ({ properties }) => {
      const points = number(properties, 'DatapointsToAlarm');
      const periods = number(properties, 'EvaluationPeriods') ?? Number.POSITIVE_INFINITY;
      return points !== undefined && (points < 1 || points > periods) ? ['DatapointsToAlarm'] : [];
    },
  }),
  ...['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((path) => [
    form({
      types: [...alarm, ...composite],
      path: `${path}.*`,
      code: 'WRONG_FORM',
      pattern: /^arn:/,
      said: words('an action is named by an ARN', '작업은 ARN으로 지정합니다.'),
      page: alarmPage,
    }),
    refused({
      code: 'TOO_MANY',
      types: [...alarm, ...composite],
      page: alarmPage,
      what: words('An alarm has up to 5 actions for each state.', '경보의 작업은 상태마다 5개까지입니다.'),
      where: ({ properties }) => (texts(properties, path).length > 5 ? [path] : []),
    }),
  ]),
  refused({
    code: 'METRICS',
    types: alarm,
    page: queryPage,
    what: words(
      'Exactly one entry of Metrics returns data.',
      'Metrics에서 ReturnData가 true인 항목은 정확히 하나입니다.',
    ),
    where: ({ properties }) => {
      const all = objects(properties, 'Metrics');
      const returned = all.filter((each) => String(each.ReturnData ?? true) !== 'false');
      const bands = isStated(properties, 'ThresholdMetricId');
      return all.length > 0 && isKnown(properties.Metrics) && returned.length !== 1 && !(bands && returned.length === 2)
        ? ['Metrics']
        : [];
    },
    aws: 'Exactly one element of the metrics list should return data.',
  }),
  refusedItem({
    code: 'LISTED_TWICE',
    types: alarm,
    list: 'Metrics',
    page: queryPage,
    what: words('Entries of Metrics have an Id of their own each.', 'Metrics 항목의 Id는 서로 달라야 합니다.'),
    where: (item, _, index, all) => (all.findIndex((each) => each.Id === item.Id) < index ? ['Id'] : []),
  }),
  refusedItem({
    code: 'EXCLUSIVE_PROPERTIES',
    types: alarm,
    list: 'Metrics',
    page: queryPage,
    what: words(
      'An entry of Metrics has MetricStat or Expression.',
      'Metrics 항목에는 MetricStat과 Expression 중 하나만 씁니다.',
    ),
    where: (item) => (isStated(item, 'MetricStat') && isStated(item, 'Expression') ? ['Expression'] : []),
  }),
  refused({
    code: 'WRONG_FORM',
    types: composite,
    page: compositePage,
    what: words(
      'A rule is made of ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE, FALSE with AND, OR, NOT.',
      '규칙은 ALARM(이름), OK(이름), INSUFFICIENT_DATA(이름), TRUE, FALSE를 AND, OR, NOT으로 잇습니다.',
    ),
    where: ({ properties }) => {
      const rule = text(properties, 'AlarmRule');
      return rule !== undefined && isKnown(rule) && !rule.includes('AT_LEAST') && !isReadable(rule)
        ? ['AlarmRule']
        : [];
    },
    aws: 'AlarmRule must be a valid expression',
  }),
  ...['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'].map((path) =>
    needed({
      types: composite,
      paths: [path],
      said: words('An ActionsSuppressor', 'ActionsSuppressor'),
      when: ({ properties }) => isStated(properties, 'ActionsSuppressor'),
      at: ['ActionsSuppressor'],
      page: compositePage,
    }),
  ),
];

function isReadable(rule: string): boolean {
  try {
    parseRule(rule);
    return true;
  } catch (error) {
    if (error instanceof RuleFault) return false;
    throw error;
  }
}
