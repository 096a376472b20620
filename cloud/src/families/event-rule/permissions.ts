import { given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const target = given(
  'RoleArn Targets.*.RoleArn',
  'iam:PassRole',
  passesRole('events.amazonaws.com', 'RoleArn', 'Targets.*.RoleArn'),
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Events::Rule', ['event rule', '이벤트 규칙'], 'events/rule-on-default-event-bus', {
    create: ['events:PutRule DescribeRule', given('Targets', 'events:PutTargets'), target],
    read: ['events:DescribeRule', given('Targets', 'events:ListTargetsByRule'), target],
    update: ['events:PutRule DescribeRule', given('Targets', 'events:PutTargets RemoveTargets'), target],
    delete: ['events:DeleteRule DescribeRule', given('Targets', 'events:RemoveTargets ListTargetsByRule'), target],
  }),
];
