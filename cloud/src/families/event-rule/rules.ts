import { words } from '../../words.ts';
import { form, needed, oneOf } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::Events::Rule'];
const page = 'eventbridge/latest/APIReference/API_PutRule.html';

/** What AWS refuses of rules of EventBridge. */
export const rules: readonly Rule[] = [
  form({
    types,
    path: 'ScheduleExpression',
    code: 'WRONG_FORM',
    pattern: /^(|rate\(\d+ (minute|minutes|hour|hours|day|days)\)|cron\(\S+( \S+){5}\))$/,
    said: words(
      'a schedule is written as rate(5 minutes) or cron(0 12 * * ? *)',
      '일정은 rate(5 minutes)나 cron(0 12 * * ? *)처럼 씁니다.',
    ),
    page: 'eventbridge/latest/userguide/eb-scheduled-rule-pattern.html',
    aws: () => 'Parameter ScheduleExpression is not valid.',
  }),
  form({
    types,
    path: 'Name',
    pattern: /^[\w.-]{1,64}$/,
    said: words(
      'a name has up to 64 letters, digits, periods, hyphens and underscores',
      '이름에는 영문자, 숫자, 마침표, 하이픈, 밑줄만 64자까지 씁니다.',
    ),
    page,
  }),
  oneOf({
    types,
    path: 'State',
    values: ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
    page,
  }),
  needed({
    types,
    paths: ['ScheduleExpression', 'EventPattern'],
    page,
    aws: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
  }),
  form({
    types,
    path: 'Targets.*.Arn',
    code: 'WRONG_FORM',
    pattern: /^arn:/,
    said: words('a target is named by its ARN', '대상은 ARN으로 지정합니다.'),
    page: 'eventbridge/latest/APIReference/API_Target.html',
  }),
];
