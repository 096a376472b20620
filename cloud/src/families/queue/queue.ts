import { isObject, type Json, type JsonObject } from '../../json.ts';
import { flag, number, text } from '../../property.ts';

/** A queue as a template states it, with AWS's defaults. Times are in seconds. */
export interface StatedQueue {
  readonly fifo: boolean;
  /** How long a message is not given out again after it was received. */
  readonly visibilityTimeout: number;
  readonly delay: number;
  /** Bytes of a message: body and attributes. */
  readonly maximumMessageSize: number;
  readonly retention: number;
  /** How long a receive call waits for a message unless it says itself. */
  readonly receiveWait: number;
  readonly redrive: Redrive | null;
  /** A key of one's own; `null` for SQS's. */
  readonly key: string | null;
}

/** Messages that were received this often and not deleted go to the dead-letter queue. */
export interface Redrive {
  readonly deadLetterQueue: string;
  readonly maxReceives: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export function readQueue(queue: JsonObject): StatedQueue {
  const key = text(queue, 'KmsMasterKeyId') ?? null;
  return {
    fifo: flag(queue, 'FifoQueue') === true,
    visibilityTimeout: number(queue, 'VisibilityTimeout') ?? 30,
    delay: number(queue, 'DelaySeconds') ?? 0,
    maximumMessageSize: number(queue, 'MaximumMessageSize') ?? 1_048_576,
    retention: number(queue, 'MessageRetentionPeriod') ?? 345_600,
    receiveWait: number(queue, 'ReceiveMessageWaitTimeSeconds') ?? 0,
    redrive: redriveOf(queue.RedrivePolicy),
    key: key === 'alias/aws/sqs' ? null : key,
  };
}

/** An object, or a text that holds one. */
function redriveOf(policy: Json | undefined): Redrive | null {
  const stated = typeof policy === 'string' ? parsed(policy) : policy;
  if (!isObject(stated)) return null;
  const deadLetterQueue = text(stated, 'deadLetterTargetArn');
  const maxReceives = number(stated, 'maxReceiveCount');
  return deadLetterQueue === undefined || maxReceives === undefined ? null : { deadLetterQueue, maxReceives };
}

function parsed(policy: string): Json | undefined {
  try {
    return JSON.parse(policy) as Json;
  } catch {
    return undefined;
  }
}
