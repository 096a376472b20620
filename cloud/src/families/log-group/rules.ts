import { words } from '../../words.ts';
import { form, length, oneOf, unique } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::Logs::LogGroup'];
const filters = ['AWS::Logs::MetricFilter'];
const page = 'AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const sizes = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits'];
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const units = [
  ...[
    'Seconds',
    'Microseconds',
    'Milliseconds',
    'Percent',
    'Count',
    'Count/Second',
    'None',
    'Terabits',
    'Terabits/Second',
  ],
  ...sizes.flatMap((each) => [each, `${each}/Second`]),
];

/** What AWS refuses of log groups and their filters. */
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
  ...['FilterName', 'MetricTransformations.*.MetricName', 'MetricTransformations.*.MetricNamespace'].map((path) =>
    form({
      types: filters,
      path,
      pattern: path === 'FilterName' ? /^[^:*]{1,512}$/ : /^[^:*$]{1,255}$/,
      said: words('a name has no : and *, of a metric no $ either', '이름에는 :와 *를, 지표에는 $도 쓸 수 없습니다.'),
      page: 'AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html',
    }),
  ),
  oneOf({
    types: filters,
    path: 'MetricTransformations.*.Unit',
    values: units,
    page: 'AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html',
  }),
];
