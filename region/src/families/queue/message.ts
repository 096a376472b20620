import { createHash } from 'node:crypto';

/** A message in a queue. Times are in milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly traceHeader: string | null;
  readonly sender: string;
  readonly sent: number;
  /** Not given out before: it is delayed, or somebody received it. */
  readonly visibleFrom: number;
  readonly receives: number;
  readonly firstReceived: number | null;
  /** Of the last receive: the one that deletes it. */
  readonly receipt: string | null;
  /** When it was last received, which limits how long it can be hidden. */
  readonly lastReceived: number | null;
  /** ARN of the queue that it came from as a dead letter. */
  readonly deadLetterOf: string | null;
}

/** As SQS writes it; binary values are in base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * The digest by which SDKs check that attributes arrived whole; `undefined` where there are none.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function digestOfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([BinaryValue === undefined ? 1 : 2]));
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return hash.digest('hex');
}

/** Bytes of body and attributes, names and types included, as the limit of a queue counts them. */
export function sizeOf(body: string, attributes: Readonly<Record<string, MessageAttribute>>): number {
  const parts = Object.entries(attributes).map(
    ([name, { DataType, StringValue, BinaryValue }]) =>
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue === undefined ? Buffer.byteLength(StringValue ?? '') : Buffer.from(BinaryValue, 'base64').length),
  );
  return parts.reduce((sum, each) => sum + each, Buffer.byteLength(body));
}
