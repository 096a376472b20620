import { digest, digestOfAttributes, type Message } from './message.ts';
import type { Receive } from './queue.ts';
import type { QueueSettings } from './queue-settings.ts';
import { within } from './within.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function receiveOf(
  input: Readonly<Record<string, unknown>>,
  { visibilityTimeout, receiveWait }: QueueSettings,
): Receive {
  return {
    most: within(input, 'MaxNumberOfMessages', 1, 10) ?? 1,
    visibilityTimeout: within(input, 'VisibilityTimeout', 0, 43_200) ?? visibilityTimeout,
    wait: within(input, 'WaitTimeSeconds', 0, 20) ?? receiveWait,
  };
}

/** A message with the attributes that the call asks for. */
export function received(message: Message, input: Readonly<Record<string, unknown>>) {
  const system = systemAttributes(message, [
    ...namesOf(input.AttributeNames),
    ...namesOf(input.MessageSystemAttributeNames),
  ]);
  const asked = namesOf(input.MessageAttributeNames);
  const own = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => asked.some(covers(name))));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: digest(message.body),
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(Object.keys(own).length === 0
      ? {}
      : { MessageAttributes: own, MD5OfMessageAttributes: digestOfAttributes(own) }),
  };
}

/** `All` and `.*` are every attribute, `order.*` those that begin so. */
function covers(name: string): (asked: string) => boolean {
  return (asked) => asked === 'All' || asked === name || (asked.endsWith('.*') && name.startsWith(asked.slice(0, -2)));
}

function systemAttributes(message: Message, asked: readonly string[]): Record<string, string> {
  const { firstReceived, traceHeader, deadLetterOf } = message;
  const all: Readonly<Record<string, string | null>> = {
    SenderId: message.sender,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: firstReceived === null ? null : String(firstReceived),
    AWSTraceHeader: traceHeader,
    DeadLetterQueueSourceArn: deadLetterOf,
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      (each): each is [string, string] => each[1] !== null && (asked.includes('All') || asked.includes(each[0])),
    ),
  );
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
