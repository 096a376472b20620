import { number } from '../../property.ts';
import { words } from '../../words.ts';
import { form, length, oneOf, range, unique } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::Logs::LogGroup'];
const page = 'AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html';
const alarm = ['AWS::CloudWatch::Alarm'];
const alarmPage = 'AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** What AWS refuses of log groups and alarms. */
export const rules: readonly Rule[] = [
  oneOf({
    types,
    path: 'RetentionInDays',
    values: days,
    page: 'AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  }),
  length({ types, path: 'LogGroupName', most: 512, page }),
  form({
    types,
    path: 'LogGroupName',
    pattern: /^[.\-_/#A-Za-z0-9]+$/,
    said: words('a name has letters, digits and . - _ / #', '이름에는 영문자, 숫자, . - _ / # 만 쓸 수 있습니다.'),
    page,
  }),
  unique({
    types,
    path: 'LogGroupName',
    code: 'NAME_TAKEN',
    said: words(
      'A log group’s name is unique in its account and region.',
      '로그 그룹의 이름은 계정과 리전 안에서 하나뿐입니다.',
    ),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page,
    aws: 'The specified log group already exists',
  }),
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
];
