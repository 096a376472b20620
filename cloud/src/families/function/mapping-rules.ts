import type { Resource } from '../../inventory.ts';
import { flag, number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { needed, notFor, oneOf } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::Lambda::EventSourceMapping'];
const page = 'lambda/latest/api/API_CreateEventSourceMapping.html';

/** The service that a mapping reads from, as its ARN says. */
const sourceOf = ({ properties }: Pick<Resource, 'properties'>) => {
  const arn = properties.EventSourceArn;
  return typeof arn === 'string' && isKnown(arn) ? arn.split(':')[2] : undefined;
};
const isQueue = (resource: Resource) => sourceOf(resource) === 'sqs';
const isStream = (resource: Resource) => ['kinesis', 'dynamodb'].includes(sourceOf(resource) ?? '');

/** Properties of mappings of streams. */
const ofStreams = [
  'StartingPosition',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
];

/** What AWS refuses of mappings of event sources. */
export const mappingRules: readonly Rule[] = [
  ...ofStreams.map((path) =>
    notFor({
      types,
      path,
      kind: words('a queue', '대기열'),
      when: isQueue,
      page,
      aws: 'Unsupported parameter for given event source mapping type.',
    }),
  ),
  needed({
    types,
    paths: ['StartingPosition'],
    said: words('A mapping of a stream', '스트림의 매핑'),
    when: isStream,
    page,
  }),
  oneOf({ types, path: 'StartingPosition', values: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'], page }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'lambda/latest/dg/services-sqs-configure.html',
    what: words(
      'A batch of more than 10 messages needs a batching window; a FIFO queue takes 10 at most.',
      '메시지 10개가 넘는 배치에는 배치 기간이 필요하며 FIFO 대기열은 10개까지입니다.',
    ),
    next: words(
      'Add MaximumBatchingWindowInSeconds, or ask for 10.',
      'MaximumBatchingWindowInSeconds를 추가하거나 10 이하로 쓰세요.',
    ),
    where: (resource, estate) => {
      const { properties } = resource;
      if (!isQueue(resource) || (number(properties, 'BatchSize') ?? 10) <= 10) return [];
      const fifo =
        flag(estate.find(properties.EventSourceArn)?.properties ?? {}, 'FifoQueue') ||
        text(properties, 'EventSourceArn')?.endsWith('.fifo');
      const window = isKnown(properties.MaximumBatchingWindowInSeconds ?? null)
        ? number(properties, 'MaximumBatchingWindowInSeconds')
        : 1;
      return fifo || (window ?? 0) < 1 || !isStated(properties, 'MaximumBatchingWindowInSeconds') ? ['BatchSize'] : [];
    },
    aws: 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
  }),
];
