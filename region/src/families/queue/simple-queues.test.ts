import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError, accessDenied } from '../../endpoints/aws-error.ts';
import type { Call, OpenService } from '../../endpoints/call.ts';
import type { QueueSettings } from './queue-settings.ts';
import { simpleQueues } from './simple-queues.ts';

const arn = (name: string) => `arn:aws:sqs:ap-northeast-2:000000000000:${name}`;
const url = (name: string) => `https://sqs.ap-northeast-2.amazonaws.com/000000000000/${name}`;
const queue = (name: string, more: Partial<QueueSettings> = {}): QueueSettings => ({
  name,
  arn: arn(name),
  url: url(name),
  fifo: false,
  visibilityTimeout: 30,
  delay: 0,
  maximumMessageSize: 1024,
  retention: 345_600,
  receiveWait: 0,
  redrive: null,
  key: null,
  ...more,
});
const queues = [
  queue('jobs', { redrive: { deadLetterQueue: arn('dead'), maxReceives: 2 } }),
  queue('dead'),
  queue('later', { delay: 60 }),
  queue('short', { retention: 60 }),
  queue('sealed', { key: 'alias/own' }),
  queue('ordered.fifo', { fifo: true }),
  queue('lost', { redrive: { deadLetterQueue: arn('outside'), maxReceives: 1 } }),
];

let directory: string;
let service: OpenService;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  directory = await mkdtemp(join(tmpdir(), 'queues-'));
  service = open();
});
afterEach(async () => {
  vi.useRealTimers();
  // A queue makes its folders behind its first answer.
  await rm(directory, { recursive: true, maxRetries: 10 });
});

function open(): OpenService {
  const opened = simpleQueues.open(directory);
  void opened.configure(queues);
  return opened;
}

interface Received {
  readonly Messages?: readonly {
    readonly Body: string;
    readonly ReceiptHandle: string;
    readonly Attributes?: Readonly<Record<string, string>>;
    readonly MessageAttributes?: Readonly<Record<string, unknown>>;
  }[];
}

/** May do anything but what is refused. */
function callOf(refused: readonly string[] = []): Call {
  return {
    service: 'sqs',
    session: { role: 'arn:aws:iam::000000000000:role/worker', name: 'i-1', accessKeyId: 'ASIA', expires: 0 },
    configuration: { account: '000000000000', region: 'ap-northeast-2' } as Call['configuration'],
    allows: async (action) => !refused.includes(action),
    authorize: async (action, resource) => {
      if (refused.includes(action)) throw accessDenied('worker', action, resource, false);
    },
    emit: () => {},
  };
}

function ask<Answer = unknown>(action: string, name: string, input: object = {}, call = callOf()): Promise<Answer> {
  return service.actions[action]!({ QueueUrl: url(name), ...input }, call) as Promise<Answer>;
}
const send = (name: string, body: string, more: object = {}) =>
  ask('SendMessage', name, { MessageBody: body, ...more });
const receive = async (name: string, more: object = {}) =>
  (await ask<Received>('ReceiveMessage', name, { MaxNumberOfMessages: 10, ...more })).Messages ?? [];
const bodies = async (name: string) => (await receive(name)).map(({ Body }) => Body);
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const codeOf = async (answer: Promise<unknown>) => {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AwsError ? error.code : error;
};

describe('a message', () => {
  test('is hidden once it is received, and is there again after the visibility timeout', async () => {
    await send('jobs', 'a');
    expect(await bodies('jobs')).toEqual(['a']);
    pass(29);
    expect(await bodies('jobs')).toEqual([]);
    pass(1);
    expect(await bodies('jobs')).toEqual(['a']);
  });

  test('is hidden as long as a call says', async () => {
    await send('jobs', 'a');
    await receive('jobs', { VisibilityTimeout: 5 });
    pass(5);
    expect(await bodies('jobs')).toEqual(['a']);
  });

  test('is gone once it is deleted; an older receipt deletes nothing', async () => {
    await send('dead', 'a');
    const [first] = await receive('dead');
    pass(30);
    const [second] = await receive('dead');
    await ask('DeleteMessage', 'dead', { ReceiptHandle: first!.ReceiptHandle });
    pass(30);
    expect(await receive('dead')).toHaveLength(1);
    expect(second!.ReceiptHandle).not.toBe(first!.ReceiptHandle);
    const [third] = await receive('dead', { VisibilityTimeout: 0 });
    expect(third).toBeUndefined();
    pass(30);
    const [last] = await receive('dead');
    await ask('DeleteMessage', 'dead', { ReceiptHandle: last!.ReceiptHandle });
    pass(3600);
    expect(await bodies('dead')).toEqual([]);
  });

  test('stays hidden for longer, or is visible at once, when its receiver says so', async () => {
    await send('jobs', 'a');
    const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive('jobs');
    await ask('ChangeMessageVisibility', 'jobs', { ReceiptHandle, VisibilityTimeout: 100 });
    pass(99);
    expect(await bodies('jobs')).toEqual([]);
    await ask('ChangeMessageVisibility', 'jobs', { ReceiptHandle, VisibilityTimeout: 0 });
    expect(await bodies('jobs')).toEqual(['a']);
  });

  test('that is received too often goes to the dead-letter queue, which says where it came from', async () => {
    await send('jobs', 'a');
    for (const _ of [1, 2]) {
      expect(await bodies('jobs')).toEqual(['a']);
      pass(30);
    }
    expect(await bodies('jobs')).toEqual([]);
    const [dead] = await receive('dead', { AttributeNames: ['DeadLetterQueueSourceArn'] });
    expect(dead).toMatchObject({ Body: 'a', Attributes: { DeadLetterQueueSourceArn: arn('jobs') } });
  });

  test('is gone when its dead-letter queue is outside of the template', async () => {
    await send('lost', 'a');
    await receive('lost');
    pass(30);
    expect(await bodies('lost')).toEqual([]);
  });

  test('is delayed by its queue or by itself', async () => {
    await send('later', 'queue');
    await send('later', 'own', { DelaySeconds: 10 });
    expect(await bodies('later')).toEqual([]);
    pass(10);
    expect(await bodies('later')).toEqual(['own']);
    pass(50);
    expect(await bodies('later')).toEqual(['queue', 'own']);
  });

  test('expires', async () => {
    await send('short', 'a');
    pass(60);
    expect(await bodies('short')).toEqual([]);
  });

  test('outlives the process', async () => {
    await send('jobs', 'a');
    await send('jobs', 'b');
    await ask('DeleteMessage', 'jobs', {
      ReceiptHandle: (await receive('jobs', { MaxNumberOfMessages: 1 }))[0]!.ReceiptHandle,
    });
    service = open();
    expect(await bodies('jobs')).toEqual(['b']);
  });

  test('shows the attributes that are asked for', async () => {
    const MessageAttributes = {
      'order.id': { DataType: 'Number', StringValue: '7' },
      kind: { DataType: 'String', StringValue: 'new' },
    };
    await send('jobs', 'a', { MessageAttributes });
    const [seen] = await receive('jobs', { MessageAttributeNames: ['order.*'], MessageSystemAttributeNames: ['All'] });
    expect(seen).toMatchObject({
      MessageAttributes: { 'order.id': MessageAttributes['order.id'] },
      Attributes: { ApproximateReceiveCount: '1', SenderId: expect.stringMatching(/^AROA\w+:i-1$/) },
    });
    expect(seen!.MessageAttributes).not.toHaveProperty('kind');
  });
});

test('two receivers at once get no message twice', async () => {
  for (const each of ['a', 'b', 'c', 'd']) await send('jobs', each);
  const both = await Promise.all([1, 2].map(() => receive('jobs', { MaxNumberOfMessages: 2 })));
  expect(
    both
      .flat()
      .map(({ Body }) => Body)
      .sort(),
  ).toEqual(['a', 'b', 'c', 'd']);
});

test('a call that waits gets a message as soon as it is sent', async () => {
  const waiting = receive('jobs', { WaitTimeSeconds: 20 });
  await send('jobs', 'a');
  expect((await waiting).map(({ Body }) => Body)).toEqual(['a']);
});

// By AWS's example of a digest: sqs-message-metadata.html and API_SendMessage.html
test('digests are those that SDKs compute', async () => {
  expect(await send('jobs', 'This is a test message')).toMatchObject({
    MD5OfMessageBody: 'fafb00f5732ab283681e124bf8747ed1',
  });
  const MessageAttributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
  expect(await send('jobs', 'a', { MessageAttributes })).toMatchObject({
    MD5OfMessageAttributes: '235c5c510d26fb653d073faed50ae77c',
  });
});

describe('a batch', () => {
  test('tells what became of each entry', async () => {
    const Entries = [
      { Id: 'one', MessageBody: 'a' },
      { Id: 'two', MessageBody: 'b', DelaySeconds: 901 },
    ];
    expect(await ask('SendMessageBatch', 'jobs', { Entries })).toMatchObject({
      Successful: [{ Id: 'one' }],
      Failed: [{ Id: 'two', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
    const [received] = await receive('jobs');
    const handle = { Id: 'x', ReceiptHandle: received!.ReceiptHandle };
    await ask('ChangeMessageVisibilityBatch', 'jobs', { Entries: [{ ...handle, VisibilityTimeout: 60 }] });
    expect(await ask('DeleteMessageBatch', 'jobs', { Entries: [handle] })).toEqual({
      Successful: [{ Id: 'x' }],
      Failed: [],
    });
  });

  test.each([
    ['none', [], 'EmptyBatchRequest'],
    [
      'eleven',
      Array.from({ length: 11 }, (_, Id) => ({ Id: String(Id), MessageBody: 'a' })),
      'TooManyEntriesInBatchRequest',
    ],
    ['two of one id', ['a', 'a'].map((Id) => ({ Id, MessageBody: 'a' })), 'BatchEntryIdsNotDistinct'],
    ['an id with a space', [{ Id: 'a b', MessageBody: 'a' }], 'InvalidBatchEntryId'],
    ['too many bytes', [{ Id: 'a', MessageBody: 'a'.repeat(1_048_577) }], 'BatchRequestTooLong'],
  ])('of %s is refused', async (_, Entries, code) => {
    expect(await codeOf(ask('SendMessageBatch', 'jobs', { Entries }))).toBe(code);
  });
});

test('counts of a queue tell visible, hidden and delayed messages apart', async () => {
  for (const each of ['a', 'b', 'c']) await send('dead', each, each === 'c' ? { DelaySeconds: 9 } : {});
  await receive('dead', { MaxNumberOfMessages: 1 });
  expect(await ask('GetQueueAttributes', 'dead', { AttributeNames: ['All'] })).toMatchObject({
    Attributes: {
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      QueueArn: arn('dead'),
    },
  });
  await ask('PurgeQueue', 'dead');
  expect(await bodies('dead')).toEqual([]);
});

test('queues are found by name and by prefix', async () => {
  expect(await ask('GetQueueUrl', 'jobs', { QueueName: 'jobs' })).toEqual({ QueueUrl: url('jobs') });
  expect(await ask('ListQueues', 'jobs', { QueueNamePrefix: 's' })).toEqual({
    QueueUrls: [url('short'), url('sealed')],
  });
});

describe('refused is', () => {
  const receipt = Buffer.from(
    `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)} ${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
  ).toString('base64');
  test.each<[string, string, string, object, string]>([
    ['a queue that is not there', 'SendMessage', 'none', { MessageBody: 'a' }, 'QueueDoesNotExist'],
    ['a FIFO queue, which is not carried out', 'SendMessage', 'ordered.fifo', { MessageBody: 'a' }, 'NotImplemented'],
    ['an empty body', 'SendMessage', 'jobs', { MessageBody: '' }, 'ValidationException'],
    ['a body with a control character', 'SendMessage', 'jobs', { MessageBody: 'a\u0001' }, 'InvalidMessageContents'],
    [
      'a body over the limit of the queue',
      'SendMessage',
      'jobs',
      { MessageBody: 'a'.repeat(1025) },
      'InvalidParameterValue',
    ],
    [
      'a delay over 15 minutes',
      'SendMessage',
      'jobs',
      { MessageBody: 'a', DelaySeconds: 901 },
      'InvalidParameterValue',
    ],
    [
      'an attribute of no type',
      'SendMessage',
      'jobs',
      { MessageBody: 'a', MessageAttributes: { x: { StringValue: '1' } } },
      'InvalidParameterValue',
    ],
    ['eleven messages', 'ReceiveMessage', 'jobs', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['a wait over 20 seconds', 'ReceiveMessage', 'jobs', { WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['what is no receipt', 'DeleteMessage', 'jobs', { ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid'],
    [
      'a message that is not hidden',
      'ChangeMessageVisibility',
      'jobs',
      { ReceiptHandle: receipt, VisibilityTimeout: 1 },
      'MessageNotInflight',
    ],
    ['what is no URL of a queue', 'SendMessage', '../jobs', { MessageBody: 'a' }, 'InvalidAddress'],
  ])('%s', async (_, action, name, input, code) => {
    expect(await codeOf(ask(action, name, input))).toBe(code);
  });

  test.each<[string, string, object, string, string]>([
    ['SendMessage', 'jobs', { MessageBody: 'a' }, 'sqs:SendMessage', 'AccessDenied'],
    ['SendMessageBatch', 'jobs', { Entries: [{ Id: 'a', MessageBody: 'a' }] }, 'sqs:SendMessage', 'AccessDenied'],
    ['ReceiveMessage', 'jobs', {}, 'sqs:ReceiveMessage', 'AccessDenied'],
    ['DeleteMessage', 'jobs', { ReceiptHandle: receipt }, 'sqs:DeleteMessage', 'AccessDenied'],
    ['PurgeQueue', 'jobs', {}, 'sqs:PurgeQueue', 'AccessDenied'],
    ['SendMessage', 'none', { MessageBody: 'a' }, 'sqs:SendMessage', 'AccessDenied'],
    ['SendMessage', 'sealed', { MessageBody: 'a' }, 'kms:GenerateDataKey', 'KmsAccessDenied'],
    ['ReceiveMessage', 'sealed', {}, 'kms:Decrypt', 'KmsAccessDenied'],
  ])('%s on %s without permission', async (action, name, input, refused, code) => {
    expect(await codeOf(ask(action, name, input, callOf([refused])))).toBe(code);
  });

  test('a message that would be hidden for more than twelve hours', async () => {
    await send('jobs', 'a');
    const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive('jobs', { VisibilityTimeout: 43_200 });
    pass(10);
    const answer = ask('ChangeMessageVisibility', 'jobs', { ReceiptHandle, VisibilityTimeout: 43_200 });
    expect(await codeOf(answer)).toBe('InvalidParameterValue');
  });
});
