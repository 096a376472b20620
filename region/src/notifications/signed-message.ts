import { createSign } from 'node:crypto';

/** What SNS posts to a subscription by http or https, before it is signed. */
export interface PostedMessage {
  readonly Type: 'Notification' | 'SubscriptionConfirmation';
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
  /** ISO 8601 */
  readonly Timestamp: string;
  /** Of a confirmation. */
  readonly Token?: string;
  readonly SubscribeURL?: string;
  /** Of a notification. */
  readonly UnsubscribeURL?: string;
}

/** Who signs messages: `1` is SHA-1 and what topics have unless they state `2`, which is SHA-256. */
export interface Signer {
  /** PEM, of an RSA key. */
  readonly key: string;
  readonly certificateUrl: string;
  readonly version: '1' | '2';
}

/**
 * The body that is posted, in the format that receivers verify.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-notification-json
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function signedBody(message: PostedMessage, { key, certificateUrl, version }: Signer): string {
  const Signature = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(textToSign(message))
    .sign(key, 'base64');
  const { UnsubscribeURL, ...rest } = message;
  const signed = { ...rest, SignatureVersion: version, Signature, SigningCertURL: certificateUrl };
  return JSON.stringify(UnsubscribeURL === undefined ? signed : { ...signed, UnsubscribeURL }, null, 2);
}

/** Names and values in the order of the names, each on a line of its own; a subject only where there is one. */
export function textToSign(message: PostedMessage): string {
  const names =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const);
  return names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`])).join('');
}

/** https://docs.aws.amazon.com/sns/latest/dg/http-header.html */
export function headersOf(message: PostedMessage, subscription: string, isRaw: boolean): Record<string, string> {
  return {
    'x-amz-sns-message-type': message.Type,
    'x-amz-sns-message-id': message.MessageId,
    'x-amz-sns-topic-arn': message.TopicArn,
    ...(message.Type === 'Notification' ? { 'x-amz-sns-subscription-arn': subscription } : {}),
    ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  };
}
