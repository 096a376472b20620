import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const target = given(
  'RoleArn Targets.*.RoleArn',
  'iam:PassRole',
  passesRole('events.amazonaws.com', 'RoleArn', 'Targets.*.RoleArn'),
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Events::Rule', ['event rule', '이벤트 규칙'], 'events/rule-on-default-event-bus', {
    create: [
      'events:PutRule DescribeRule',
      given('Targets', 'events:PutTargets'),
      target,
      tagged('events:TagResource'),
    ],
    read: ['events:DescribeRule', given('Targets', 'events:ListTargetsByRule'), target],
    update: [
      'events:PutRule DescribeRule',
      given('Targets', 'events:PutTargets RemoveTargets'),
      target,
      'events:TagResource UntagResource',
    ],
    delete: ['events:DeleteRule DescribeRule', given('Targets', 'events:RemoveTargets ListTargetsByRule'), target],
  }),
];
