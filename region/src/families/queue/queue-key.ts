import { AwsError } from '../../endpoints/aws-error.ts';
import type { Call } from '../../endpoints/call.ts';
import type { QueueSettings } from './queue-settings.ts';

/**
 * Who sends to a queue with a key of its own needs the key besides.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export async function mayWrite(call: Call, queue: QueueSettings): Promise<void> {
  await mayUse(call, queue, 'kms:GenerateDataKey');
  await mayUse(call, queue, 'kms:Decrypt');
}

export async function mayRead(call: Call, queue: QueueSettings): Promise<void> {
  await mayUse(call, queue, 'kms:Decrypt');
}

async function mayUse(call: Call, { key, arn }: QueueSettings, action: string): Promise<void> {
  if (key === null) return;
  const { region, account } = call.configuration;
  const on = key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:${key.includes('/') ? '' : 'key/'}${key}`;
  const context = {
    'kms:ViaService': `sqs.${region}.amazonaws.com`,
    'kms:EncryptionContext:aws:sqs:arn': arn,
  };
  if (!(await call.allows(action, on, context)))
    throw new AwsError(400, 'KmsAccessDenied', `The caller does not have ${action} on the key of the queue.`);
}
