import { flag, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { notFor, oneOf, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::SQS::Queue'];
const page = 'AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html';

/** What AWS refuses of queues, besides their names (topic). */
export const rules: readonly Rule[] = [
  ...['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'].map((path) =>
    notFor({
      types,
      path,
      kind: words('a standard queue', '표준 대기열'),
      when: ({ properties }) => !isFifo(properties) && flag(properties, path) !== false,
      page,
    }),
  ),
  oneOf({ types, path: 'DeduplicationScope', values: ['messageGroup', 'queue'], page }),
  oneOf({ types, path: 'FifoThroughputLimit', values: ['perQueue', 'perMessageGroupId'], page }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words(
      'perMessageGroupId needs the deduplication scope messageGroup.',
      'perMessageGroupId는 DeduplicationScope가 messageGroup일 때만 씁니다.',
    ),
    where: ({ properties }) =>
      isFifo(properties) &&
      text(properties, 'FifoThroughputLimit') === 'perMessageGroupId' &&
      isKnown(properties.DeduplicationScope ?? null) &&
      text(properties, 'DeduplicationScope') !== 'messageGroup'
        ? ['FifoThroughputLimit']
        : [],
  }),
  refused({
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    page,
    what: words('A queue is encrypted by KMS or by SQS.', '대기열은 KMS와 SQS 중 하나로만 암호화합니다.'),
    where: ({ properties }) =>
      flag(properties, 'SqsManagedSseEnabled') && isStated(properties, 'KmsMasterKeyId')
        ? ['SqsManagedSseEnabled']
        : [],
    aws: 'You can use one type of server-side encryption (SSE) at one time.',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words(
      'A redrive policy has deadLetterTargetArn and maxReceiveCount.',
      'RedrivePolicy에는 deadLetterTargetArn과 maxReceiveCount를 씁니다.',
    ),
    where: ({ properties }) => {
      const policy = object(properties, 'RedrivePolicy');
      const stated = ['deadLetterTargetArn', 'maxReceiveCount'].filter((each) => isStated(policy, each));
      return stated.length === 1 ? ['RedrivePolicy'] : [];
    },
  }),
  range({ types, path: 'RedrivePolicy.maxReceiveCount', from: 1, to: 1000, page }),
  refused({
    code: 'DEAD_LETTER_QUEUE',
    types,
    page: 'AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    what: words(
      'A dead-letter queue is named by its ARN and is of the same kind, FIFO or standard.',
      '배달 못한 편지 대기열은 ARN으로 지정하며 종류(FIFO 또는 표준)가 같아야 합니다.',
    ),
    where: ({ properties }, estate) =>
      valuesAt(properties, 'RedrivePolicy.deadLetterTargetArn').flatMap(([at, arn]) => {
        const dead = estate.find(arn);
        const isArn = typeof arn === 'string' && arn.startsWith('arn:');
        const other = dead !== undefined && dead.type === types[0] && isFifo(dead.properties) !== isFifo(properties);
        return isArn && !other ? [] : [at];
      }),
  }),
];

function isFifo(properties: Parameters<typeof flag>[0]): boolean {
  return flag(properties, 'FifoQueue') === true;
}
