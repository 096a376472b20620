import { AwsError, notCarriedOut } from '../../endpoints/aws-error.ts';
import type { Action, Call, FamilyService, OpenService } from '../../endpoints/call.ts';
import { optionalText, requiredText } from '../../endpoints/input.ts';
import { batch } from './batch.ts';
import { Queue } from './queue.ts';
import { mayRead, mayWrite } from './queue-key.ts';
import type { QueueSettings } from './queue-settings.ts';
import { received, receiveOf } from './receive-message.ts';
import { checkBatchSize, contentOf, delayOf, sent } from './send-message.ts';
import { within } from './within.ts';

/**
 * Simple Queue Service, in the JSON protocol that SDKs speak since 2023. Queues are the template's: none is made or deleted by a call.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
 */
export const simpleQueues: FamilyService = { name: 'sqs', open: (directory) => new SimpleQueues(directory) };

class SimpleQueues implements OpenService {
  readonly name = 'sqs';
  readonly protocols = ['json'] as const;
  readonly #directory: string;
  /** By ARN. */
  #queues: ReadonlyMap<string, Queue> = new Map();

  constructor(directory: string) {
    this.#directory = directory;
  }

  configure(settings: unknown): void {
    this.#queues = new Map(
      (settings as readonly QueueSettings[]).map((each) => {
        const queue = this.#queues.get(each.arn) ?? new Queue(this.#directory, each);
        queue.settings = each;
        return [each.arn, queue];
      }),
    );
  }

  readonly actions: Readonly<Record<string, Action>> = {
    SendMessage: async (input, call) => {
      const queue = await this.#permitted(call, 'SendMessage', input);
      await mayWrite(call, queue.settings);
      return sent(await queue.send(contentOf(input, call, queue.settings), delayOf(input, queue.settings)));
    },

    SendMessageBatch: async (input, call) => {
      const queue = await this.#permitted(call, 'SendMessage', input);
      await mayWrite(call, queue.settings);
      checkBatchSize(input);
      return batch(input, async (entry) =>
        sent(await queue.send(contentOf(entry, call, queue.settings), delayOf(entry, queue.settings))),
      );
    },

    ReceiveMessage: async (input, call) => {
      const queue = await this.#permitted(call, 'ReceiveMessage', input);
      await mayRead(call, queue.settings);
      const { redrive } = queue.settings;
      const deadLetters = redrive === null ? null : (this.#queues.get(redrive.deadLetterQueue) ?? null);
      const messages = await queue.receive(receiveOf(input, queue.settings), deadLetters);
      return messages.length === 0 ? {} : { Messages: messages.map((each) => received(each, input)) };
    },

    DeleteMessage: async (input, call) => {
      const queue = await this.#permitted(call, 'DeleteMessage', input);
      await queue.delete(requiredText(input, 'ReceiptHandle'));
    },

    DeleteMessageBatch: async (input, call) => {
      const queue = await this.#permitted(call, 'DeleteMessage', input);
      return batch(input, async (entry) => {
        await queue.delete(requiredText(entry, 'ReceiptHandle'));
        return {};
      });
    },

    ChangeMessageVisibility: async (input, call) => {
      const queue = await this.#permitted(call, 'ChangeMessageVisibility', input);
      await changeVisibility(queue, input);
    },

    ChangeMessageVisibilityBatch: async (input, call) => {
      const queue = await this.#permitted(call, 'ChangeMessageVisibility', input);
      return batch(input, async (entry) => {
        await changeVisibility(queue, entry);
        return {};
      });
    },

    PurgeQueue: async (input, call) => (await this.#permitted(call, 'PurgeQueue', input)).purge(),

    GetQueueUrl: async (input, call) => {
      const { region, account } = call.configuration;
      const owner = optionalText(input, 'QueueOwnerAWSAccountId') ?? account;
      const arn = `arn:aws:sqs:${region}:${owner}:${requiredText(input, 'QueueName')}`;
      await call.authorize('sqs:GetQueueUrl', arn);
      return { QueueUrl: this.#find(arn).settings.url };
    },

    ListQueues: async (input, call) => {
      const { region, account } = call.configuration;
      await call.authorize('sqs:ListQueues', `arn:aws:sqs:${region}:${account}:*`);
      const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
      const named = [...this.#queues.values()].filter(({ settings }) => settings.name.startsWith(prefix));
      return named.length === 0 ? {} : { QueueUrls: named.map(({ settings }) => settings.url) };
    },

    GetQueueAttributes: async (input, call) => {
      const queue = await this.#permitted(call, 'GetQueueAttributes', input);
      const wanted = Array.isArray(input.AttributeNames) ? input.AttributeNames.map(String) : [];
      const all = await attributesOf(queue);
      const given = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
      return given.length === 0 ? {} : { Attributes: Object.fromEntries(given) };
    },
  };

  /** Without permission nobody learns whether a queue is there. */
  async #permitted(call: Call, action: string, input: Readonly<Record<string, unknown>>): Promise<Queue> {
    const url = requiredText(input, 'QueueUrl');
    const [, owner, name] = /^https?:\/\/[^/]+\/(\d{12})\/([\w-]+(?:\.fifo)?)$/.exec(url) ?? [];
    if (owner === undefined)
      throw new AwsError(404, 'InvalidAddress', `The address ${url} is not valid for this endpoint.`);
    const arn = `arn:aws:sqs:${call.configuration.region}:${owner}:${name}`;
    await call.authorize(`sqs:${action}`, arn);
    const queue = this.#find(arn);
    if (queue.settings.fifo) throw notCarriedOut('sqs', `${action} of a FIFO queue`);
    return queue;
  }

  #find(arn: string): Queue {
    const queue = this.#queues.get(arn);
    if (!queue) throw new AwsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }
}

async function changeVisibility(queue: Queue, input: Readonly<Record<string, unknown>>): Promise<void> {
  const seconds = within(input, 'VisibilityTimeout', 0, 43_200);
  if (seconds === undefined)
    throw new AwsError(400, 'MissingParameter', 'The request must contain the parameter VisibilityTimeout.');
  await queue.changeVisibility(requiredText(input, 'ReceiptHandle'), seconds);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
async function attributesOf(queue: Queue): Promise<Record<string, string>> {
  const { visible, inFlight, delayed } = await queue.counts();
  const { settings } = queue;
  const { redrive, key } = settings;
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    DelaySeconds: String(settings.delay),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.retention),
    QueueArn: settings.arn,
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWait),
    VisibilityTimeout: String(settings.visibilityTimeout),
    ...(key === null ? {} : { KmsMasterKeyId: key }),
    ...(redrive === null
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: redrive.deadLetterQueue,
            maxReceiveCount: redrive.maxReceives,
          }),
        }),
  };
}
