import { expect, test } from 'vitest';
import { fidelityOf } from '../../validate/fidelity.ts';
import { readQueue } from './queue.ts';

// AWS::SQS::Queue, properties
test('a queue that states nothing has the defaults of AWS', () => {
  expect(readQueue({})).toEqual({
    fifo: false,
    visibilityTimeout: 30,
    delay: 0,
    maximumMessageSize: 1_048_576,
    retention: 345_600,
    receiveWait: 0,
    redrive: null,
    key: null,
  });
});

const redrive = { deadLetterTargetArn: 'arn:aws:sqs:ap-northeast-2:000000000000:dead', maxReceiveCount: 3 };
test.each([
  ['an object', redrive, { deadLetterQueue: redrive.deadLetterTargetArn, maxReceives: 3 }],
  ['a text', JSON.stringify(redrive), { deadLetterQueue: redrive.deadLetterTargetArn, maxReceives: 3 }],
  [
    'a count as a text',
    { ...redrive, maxReceiveCount: '3' },
    { deadLetterQueue: redrive.deadLetterTargetArn, maxReceives: 3 },
  ],
  ['a text that is no JSON', 'dead', null],
])('a redrive policy is read as %s', (_, policy, read) => {
  expect(readQueue({ RedrivePolicy: policy }).redrive).toEqual(read);
});

test.each([
  ['a standard queue', {}, 'real'],
  ['a FIFO queue', { FifoQueue: true }, 'modelled'],
  ['a FIFO queue by a text', { FifoQueue: 'true' }, 'modelled'],
])('%s is %s', (_, properties, fidelity) => {
  expect(fidelityOf({ type: 'AWS::SQS::Queue', properties })).toBe(fidelity);
});
