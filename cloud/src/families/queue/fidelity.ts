import { words } from '../../words.ts';
import { byAccessLens, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';
import { readQueue } from './queue.ts';

const fifo = {
  fidelity: 'modelled' as const,
  how: words(
    'Read, permitted and priced: FIFO queues take no messages yet.',
    '읽고 권한과 요금을 계산합니다. FIFO 대기열은 아직 메시지를 받지 않습니다.',
  ),
};

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SQS::Queue': real(
    words(
      'Takes, hides, gives and deletes messages over HTTPS by the roles’ policies, and moves them to its dead-letter queue. SDKs that call SQS in its JSON protocol are served.',
      '역할의 정책에 따라 HTTPS로 메시지를 받고, 숨기고, 내주고, 지우며, 배달 못한 편지 대기열로 옮깁니다. SQS의 JSON 프로토콜을 쓰는 SDK를 지원합니다.',
    ),
    {
      acts: 'QueueName VisibilityTimeout DelaySeconds MaximumMessageSize MessageRetentionPeriod ReceiveMessageWaitTimeSeconds RedrivePolicy KmsMasterKeyId',
      modelled: 'FifoQueue KmsDataKeyReusePeriodSeconds SqsManagedSseEnabled',
    },
    (properties) => (readQueue(properties).fifo ? fifo : undefined),
  ),
  'AWS::SQS::QueuePolicy': modelled(byAccessLens),
};
