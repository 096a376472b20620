import { randomUUID } from 'node:crypto';
import { AwsError } from '../../endpoints/aws-error.ts';
import type { Message } from './message.ts';
import { MessageStore, messageOf, newReceipt } from './message-store.ts';
import type { QueueSettings } from './queue-settings.ts';

/** Messages that are received and not deleted. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const mostInFlight = 120_000;

/** Seconds that a message can be hidden, counted from when it was received. */
const longestVisibilityTimeout = 43_200;

type Content = Pick<Message, 'body' | 'attributes' | 'traceHeader' | 'sender'>;

export interface Receive {
  readonly most: number;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly wait: number;
}

/**
 * A standard queue: each message is given out at least once, and hidden from others while its receiver works on it.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export class Queue {
  settings: QueueSettings;
  readonly #store: Promise<MessageStore>;

  /** @param directory the folder of all queues */
  constructor(directory: string, settings: QueueSettings) {
    this.settings = settings;
    this.#store = MessageStore.open(directory, settings.arn);
    // Each call that needs the messages fails by it.
    this.#store.catch(() => {});
  }

  async send(content: Content, delay: number): Promise<Message> {
    const store = await this.#store;
    const sent = Date.now();
    const message: Message = {
      ...content,
      id: randomUUID(),
      sent,
      visibleFrom: sent + delay * 1000,
      receives: 0,
      firstReceived: null,
      lastReceived: null,
      receipt: null,
      deadLetterOf: null,
    };
    await store.add(message);
    return message;
  }

  /**
   * Messages that are visible, once there are some or the wait is over. One that was received too often goes to the dead-letter queue instead.
   *
   * @param deadLetters `null` for a queue outside of the template: a message that goes there is gone from here
   */
  async receive(receive: Receive, deadLetters: Queue | null): Promise<Message[]> {
    const store = await this.#store;
    const until = Date.now() + receive.wait * 1000;
    for (;;) {
      const received = await this.#take(store, receive, deadLetters);
      const left = until - Date.now();
      if (received.length > 0 || left <= 0) return received;
      await store.arrival(Math.min(left, nextVisible(store) - Date.now()));
    }
  }

  /** An older receipt of a message that was received again deletes nothing, and is no error. */
  async delete(receipt: string): Promise<void> {
    const store = await this.#store;
    const message = received(store, receipt);
    if (message?.receipt === receipt) await store.remove(message.id);
  }

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
  async changeVisibility(receipt: string, seconds: number): Promise<void> {
    const store = await this.#store;
    const message = received(store, receipt);
    const now = Date.now();
    if (!message || message.receipt !== receipt || message.visibleFrom <= now)
      throw new AwsError(400, 'MessageNotInflight', 'The specified message is not in flight.');
    const hidden = (now - (message.lastReceived ?? now)) / 1000 + seconds;
    if (hidden > longestVisibilityTimeout)
      throw new AwsError(
        400,
        'InvalidParameterValue',
        `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${longestVisibilityTimeout} seconds].`,
      );
    await store.change({ ...message, visibleFrom: now + seconds * 1000 });
  }

  async purge(): Promise<void> {
    const store = await this.#store;
    await Promise.all(store.all().map(({ id }) => store.remove(id)));
  }

  async counts(): Promise<{ readonly visible: number; readonly inFlight: number; readonly delayed: number }> {
    const kept = this.#kept(await this.#store);
    const hidden = kept.filter(({ visibleFrom }) => visibleFrom > Date.now());
    const delayed = hidden.filter(({ receipt }) => receipt === null).length;
    return { visible: kept.length - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  /** The time of the first sending stays, and with it the time after which the message expires. */
  async #takeDeadLetter(message: Message, deadLetterOf: string): Promise<void> {
    await (await this.#store).add({ ...message, visibleFrom: Date.now(), receipt: null, deadLetterOf });
  }

  async #take(
    store: MessageStore,
    { most, visibilityTimeout }: Receive,
    deadLetters: Queue | null,
  ): Promise<Message[]> {
    const now = Date.now();
    const kept = this.#kept(store);
    const { redrive, arn } = this.settings;
    const visible = kept.filter(({ visibleFrom }) => visibleFrom <= now);
    const isDead = ({ receives }: Message) => redrive !== null && receives >= redrive.maxReceives;
    const living = visible.filter((each) => !isDead(each));
    const inFlight = kept.filter(({ visibleFrom, receipt }) => visibleFrom > now && receipt !== null).length;
    if (living.length > 0 && inFlight >= mostInFlight)
      throw new AwsError(403, 'OverLimit', `Too many messages in flight: ${inFlight}.`);
    const taken = living.slice(0, most).map(
      (message): Message => ({
        ...message,
        visibleFrom: now + visibilityTimeout * 1000,
        receives: message.receives + 1,
        firstReceived: message.firstReceived ?? now,
        lastReceived: now,
        receipt: newReceipt(message.id),
      }),
    );
    await Promise.all(taken.map((each) => store.change(each)));
    for (const message of visible.filter(isDead)) {
      if (deadLetters) await deadLetters.#takeDeadLetter(message, arn);
      await store.remove(message.id);
    }
    return taken;
  }

  /** Messages that are not too old; the others go. */
  #kept(store: MessageStore): Message[] {
    const oldest = Date.now() - this.settings.retention * 1000;
    for (const { id, sent } of store.all()) if (sent <= oldest) void store.remove(id).catch(() => {});
    return store.all();
  }
}

function nextVisible(store: MessageStore): number {
  const hidden = store.all().filter(({ visibleFrom }) => visibleFrom > Date.now());
  return Math.min(...hidden.map(({ visibleFrom }) => visibleFrom));
}

function received(store: MessageStore, receipt: string): Message | undefined {
  const id = messageOf(receipt);
  if (id === undefined)
    throw new AwsError(400, 'ReceiptHandleIsInvalid', 'The input receipt handle is not a valid receipt handle.');
  return store.all().find((each) => each.id === id);
}
