import type { Inventory } from '@terrace/cloud/inventory';
import { describe, expect, test } from 'vitest';
import { topicPublishers } from './publishers.ts';

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:alerts';
const alarm = 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:launch';

function verdicts(statements: readonly object[] | null) {
  const resources = [
    { type: 'AWS::SNS::Topic', physicalId: topic, properties: {} },
    {
      type: 'AWS::CloudWatch::Alarm',
      physicalId: 'launch',
      attributes: { Arn: alarm },
      properties: { AlarmActions: [topic] },
    },
    {
      type: 'AWS::AutoScaling::AutoScalingGroup',
      physicalId: 'web',
      properties: { NotificationConfigurations: [{ TopicARN: topic }] },
    },
    ...(statements === null
      ? []
      : [
          {
            type: 'AWS::SNS::TopicPolicy',
            physicalId: 'policy',
            properties: { Topics: [topic], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
          },
        ]),
  ].map((each) => ({ key: each.physicalId, attributes: {}, metadata: {}, place: {}, tags: {}, ...each }));
  const inventory = {
    resources,
    account: '123456789012',
    region: 'ap-northeast-2',
    stacks: [],
    notKnown: [],
  } as unknown as Inventory;
  return topicPublishers(inventory).map(({ source, verdict }) => [source.split(':')[2], verdict]);
}

const allow = (more: object) => ({ Effect: 'Allow', Action: 'sns:Publish', Resource: topic, ...more });
const cloudwatch = { Service: 'cloudwatch.amazonaws.com' };
const insecure = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: topic,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
describe('who may publish to a topic', () => {
  test.each([
    ['its account, where it has no policy', null, 'allowed', 'allowed'],
    ['CloudWatch, where the policy names it', [allow({ Principal: cloudwatch })], 'allowed', 'allowed'],
    [
      'not CloudWatch, where the policy names another service',
      [allow({ Principal: { Service: 'events.amazonaws.com' } })],
      'implicit-deny',
      'allowed',
    ],
    [
      'CloudWatch for this account',
      [allow({ Principal: cloudwatch, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } })],
      'allowed',
      'allowed',
    ],
    [
      'not CloudWatch for another account',
      [allow({ Principal: cloudwatch, Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } })],
      'implicit-deny',
      'allowed',
    ],
    [
      'CloudWatch for alarms of this region',
      [
        allow({
          Principal: cloudwatch,
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:*' } },
        }),
      ],
      'allowed',
      'allowed',
    ],
    [
      'not CloudWatch for another alarm',
      [allow({ Principal: cloudwatch, Condition: { ArnEquals: { 'aws:SourceArn': `${alarm}-2` } } })],
      'implicit-deny',
      'allowed',
    ],
    ['both over encrypted connections', [allow({ Principal: cloudwatch }), insecure], 'allowed', 'allowed'],
    [
      'nobody, where all are denied',
      [allow({ Principal: cloudwatch }), { ...insecure, Condition: undefined }],
      'explicit-deny',
      'explicit-deny',
    ],
    [
      'not CloudWatch, where only another action is allowed',
      [allow({ Principal: cloudwatch, Action: 'sns:Subscribe' })],
      'implicit-deny',
      'allowed',
    ],
  ])('%s', (_, statements, ofAlarm, ofGroup) => {
    const stated = statements && (JSON.parse(JSON.stringify(statements)) as object[]);
    expect(verdicts(stated)).toEqual([
      ['cloudwatch', ofAlarm],
      ['autoscaling', ofGroup],
    ]);
  });
});
