import { describe } from 'vitest';
import { get, out, ref, table } from '../refusals.fixture.ts';

const base = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('Topic'), Protocol: 'sqs', Endpoint: get('Queue', 'Arn') },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
};
const fifo = { FifoTopic: true, TopicName: 'a.fifo', 'Queue:FifoQueue': true, 'Queue:QueueName': 'b.fifo' };

describe('topics and queues', () => {
  table(base, 'Topic', [
    ['TopicName', { TopicName: 'a'.repeat(257) }, { TopicName: 'a'.repeat(256) }],
    ['TopicName', { TopicName: 'my topic' }, { TopicName: 'my-topic_1' }],
    ['TopicName', { TopicName: 'a.fifo' }, fifo],
    ['TopicName', { ...fifo, TopicName: 'a' }, fifo],
    ['ContentBasedDeduplication', { ContentBasedDeduplication: true }, { ...fifo, ContentBasedDeduplication: true }],
    ['DisplayName', { DisplayName: 'a'.repeat(101) }, { DisplayName: 'a'.repeat(100) }],
    [
      'Subscription.0.Protocol',
      { Subscription: [{ Protocol: 'mail', Endpoint: 'a@example.com' }] },
      { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] },
    ],
    ['TracingConfig', { TracingConfig: 'On' }, { TracingConfig: 'Active' }],
    ['SignatureVersion', { SignatureVersion: '3' }, { SignatureVersion: '2' }],
  ]);
  table(base, 'Subscription', [
    ['Protocol', { Protocol: 'queue' }, { Protocol: 'sqs' }],
    ['Endpoint', { Protocol: 'email', Endpoint: 'someone' }, { Protocol: 'email', Endpoint: 'someone@example.com' }],
    [
      'Endpoint',
      { Protocol: 'https', Endpoint: 'http://example.com' },
      { Protocol: 'https', Endpoint: 'https://example.com' },
    ],
    [
      'Endpoint',
      { Protocol: 'lambda', Endpoint: 'function' },
      { Protocol: 'lambda', Endpoint: 'arn:aws:lambda:ap-northeast-2:111122223333:function:one' },
    ],
    ['Endpoint', { Protocol: 'sms', Endpoint: 'someone' }, { Protocol: 'sms', Endpoint: '+821012345678' }],
    ['Endpoint', { Endpoint: ref('Queue') }, { Endpoint: get('Queue', 'Arn') }],
    ['', { Endpoint: out }, { RawMessageDelivery: true }],
    [
      'RawMessageDelivery',
      { Protocol: 'email', Endpoint: 'a@example.com', RawMessageDelivery: true },
      { RawMessageDelivery: true },
    ],
    [
      'FilterPolicyScope',
      { FilterPolicy: { a: ['b'] }, FilterPolicyScope: 'Body' },
      { FilterPolicy: { a: ['b'] }, FilterPolicyScope: 'MessageBody' },
    ],
    ['TopicArn', { TopicArn: 'topic' }, { TopicArn: 'arn:aws:sns:ap-northeast-2:111122223333:one' }],
    [
      '',
      { Protocol: 'firehose', Endpoint: 'arn:aws:firehose:ap-northeast-2:111122223333:deliverystream/one' },
      {
        Protocol: 'firehose',
        Endpoint: 'arn:aws:firehose:ap-northeast-2:111122223333:deliverystream/one',
        SubscriptionRoleArn: 'arn:aws:iam::111122223333:role/one',
      },
    ],
  ]);
  table(base, 'Queue', [
    ['QueueName', { QueueName: 'a'.repeat(81) }, { QueueName: 'a'.repeat(80) }],
    ['QueueName', { QueueName: 'my queue' }, { QueueName: 'my_queue' }],
    ['QueueName', { FifoQueue: true, QueueName: 'a' }, { FifoQueue: true, QueueName: 'a.fifo' }],
    ['QueueName', { QueueName: 'a.fifo' }, { QueueName: 'a-fifo' }],
    ['VisibilityTimeout', { VisibilityTimeout: 43_201 }, { VisibilityTimeout: 43_200 }],
    ['MessageRetentionPeriod', { MessageRetentionPeriod: 59 }, { MessageRetentionPeriod: 60 }],
    ['MessageRetentionPeriod', { MessageRetentionPeriod: 1_209_601 }, { MessageRetentionPeriod: 1_209_600 }],
    ['DelaySeconds', { DelaySeconds: 901 }, { DelaySeconds: 900 }],
    ['ReceiveMessageWaitTimeSeconds', { ReceiveMessageWaitTimeSeconds: 21 }, { ReceiveMessageWaitTimeSeconds: 20 }],
    ['MaximumMessageSize', { MaximumMessageSize: 1023 }, { MaximumMessageSize: 1024 }],
    ['KmsDataKeyReusePeriodSeconds', { KmsDataKeyReusePeriodSeconds: 59 }, { KmsDataKeyReusePeriodSeconds: 60 }],
    [
      'ContentBasedDeduplication',
      { ContentBasedDeduplication: true },
      { FifoQueue: true, ContentBasedDeduplication: true },
    ],
    [
      'DeduplicationScope',
      { FifoQueue: true, DeduplicationScope: 'group' },
      { FifoQueue: true, DeduplicationScope: 'messageGroup' },
    ],
    [
      'FifoThroughputLimit',
      { FifoQueue: true, FifoThroughputLimit: 'perMessageGroupId' },
      { FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    ],
    [
      'SqsManagedSseEnabled',
      { SqsManagedSseEnabled: true, KmsMasterKeyId: 'alias/one' },
      { SqsManagedSseEnabled: false, KmsMasterKeyId: 'alias/one' },
    ],
    [
      'RedrivePolicy',
      { RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn') } },
      { RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: 3 } },
    ],
    [
      'RedrivePolicy.maxReceiveCount',
      { RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: 0 } },
      { RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: 1000 } },
    ],
    [
      'RedrivePolicy.deadLetterTargetArn',
      { RedrivePolicy: { deadLetterTargetArn: ref('Dead'), maxReceiveCount: 3 } },
      { RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: '3' } },
    ],
    [
      'RedrivePolicy.deadLetterTargetArn',
      { FifoQueue: true, RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: 3 } },
      {
        FifoQueue: true,
        'Dead:FifoQueue': true,
        RedrivePolicy: { deadLetterTargetArn: get('Dead', 'Arn'), maxReceiveCount: 3 },
      },
    ],
  ]);
});
