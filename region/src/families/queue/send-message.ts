import { AwsError } from '../../endpoints/aws-error.ts';
import type { Call } from '../../endpoints/call.ts';
import { list, requiredText } from '../../endpoints/input.ts';
import { userId } from '../../endpoints/services/security-token.ts';
import { digest, digestOfAttributes, type Message, type MessageAttribute, sizeOf } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';
import { within } from './within.ts';

/** XML 1.0's characters. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const body = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]+$/u;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
const attributeName = /^(?!(?:AWS|Amazon)\.)(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;
const attributeType = /^(String|Number|Binary)(\..+)?$/;
const mostAttributes = 10;

/** Bytes of all messages of a batch, whatever the limit of the queue is. */
const largestBatch = 1_048_576;

export function contentOf(
  input: Readonly<Record<string, unknown>>,
  { session }: Call,
  { maximumMessageSize }: QueueSettings,
): Pick<Message, 'body' | 'attributes' | 'traceHeader' | 'sender'> {
  const text = requiredText(input, 'MessageBody');
  if (!body.test(text))
    throw new AwsError(400, 'InvalidMessageContents', 'The message contains characters outside the allowed set.');
  const attributes = attributesOf(input.MessageAttributes);
  if (sizeOf(text, attributes) > maximumMessageSize)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageSize} bytes.`,
    );
  const system = (input.MessageSystemAttributes ?? {}) as Readonly<Record<string, MessageAttribute>>;
  return { body: text, attributes, traceHeader: system.AWSTraceHeader?.StringValue ?? null, sender: userId(session) };
}

export function checkBatchSize(input: Readonly<Record<string, unknown>>): void {
  const entries = list(input, 'Entries') as Readonly<Record<string, unknown>>[];
  const size = entries.reduce((sum, { MessageBody, MessageAttributes }) => {
    const attributes = (MessageAttributes ?? {}) as Readonly<Record<string, MessageAttribute>>;
    return sum + sizeOf(String(MessageBody ?? ''), attributes);
  }, 0);
  if (size > largestBatch)
    throw new AwsError(
      400,
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`,
    );
}

export function delayOf(input: Readonly<Record<string, unknown>>, { delay }: QueueSettings): number {
  return within(input, 'DelaySeconds', 0, 900) ?? delay;
}

export function sent({ id, body: text, attributes, traceHeader }: Message) {
  return {
    MessageId: id,
    MD5OfMessageBody: digest(text),
    MD5OfMessageAttributes: digestOfAttributes(attributes),
    MD5OfMessageSystemAttributes: digestOfAttributes(
      traceHeader === null ? {} : { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } },
    ),
  };
}

function attributesOf(stated: unknown): Readonly<Record<string, MessageAttribute>> {
  const attributes = (stated ?? {}) as Readonly<Record<string, MessageAttribute>>;
  const names = Object.keys(attributes);
  if (names.length > mostAttributes)
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name] ?? {};
    if (!attributeName.test(name)) throw invalid(`The message attribute name '${name}' is invalid.`);
    if (typeof DataType !== 'string' || !attributeType.test(DataType))
      throw invalid(`The type of message attribute '${name}' is invalid. It must be String, Number or Binary.`);
    if (!(DataType.startsWith('Binary') ? BinaryValue : StringValue))
      throw invalid(`The message attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
  }
  return attributes;
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidParameterValue', message);
}
