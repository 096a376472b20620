import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isHostEndpoint, type TopicSubscription } from '@terrace/cloud/families/topic/subscription';
import type { ServerCertificate } from '../authority/authority.ts';
import type { RegionClock } from '../clock/region-clock.ts';
import { headersOf, type PostedMessage, signedBody } from './signed-message.ts';

/** Milliseconds that a receiver has to answer. */
const patience = 15_000;
/** After a failure that may pass: so many more times, with so many milliseconds of the region's clock in between. */
const retries = 3;
const pause = 20_000;

/** What is posted to a subscription. */
export interface Posted {
  readonly subject: string;
  readonly body: string;
}

/** An answer's status, or why there is none. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

/**
 * Delivers to subscriptions by http and https of receivers on this machine: other addresses lie outside of it, and the region's internet has nothing
 * behind it. A failure that may pass is tried again as AWS's default policy has it.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export class HttpDelivery {
  readonly #clock: Pick<RegionClock, 'at' | 'now'>;
  readonly #certificate: () => Promise<ServerCertificate>;
  readonly #post: Post;
  /** ARNs of subscriptions whose receivers have confirmed them. */
  readonly #confirmed = new Set<string>();
  /** Of those that are being asked. */
  readonly #asking = new Set<string>();

  /** @param certificate of an RSA key, with which messages are signed */
  constructor(
    clock: Pick<RegionClock, 'at' | 'now'>,
    certificate: () => Promise<ServerCertificate>,
    post: Post = postOnce,
  ) {
    this.#clock = clock;
    this.#certificate = certificate;
    this.#post = post;
  }

  isConfirmed({ arn }: TopicSubscription): boolean {
    return this.#confirmed.has(arn);
  }

  /** Whether its receiver is being asked to confirm it, or has. */
  isAsked({ arn }: TopicSubscription): boolean {
    return this.#confirmed.has(arn) || this.#asking.has(arn);
  }

  /**
   * Asks a receiver to confirm its subscription. It cannot visit an address of the region from this machine: that it takes the request confirms it.
   *
   * https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html
   *
   * @returns `null`, or why it is not confirmed
   */
  async confirm(subscription: TopicSubscription): Promise<string | null> {
    const { topic, arn } = subscription;
    const Token = randomBytes(80).toString('hex');
    this.#asking.add(arn);
    const failed = await this.#send(subscription, {
      Type: 'SubscriptionConfirmation',
      MessageId: randomUUID(),
      Token,
      TopicArn: topic,
      Message: `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${endpointOf(topic)}/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${Token}`,
      Timestamp: this.#now(),
    }).finally(() => this.#asking.delete(arn));
    if (failed === null) this.#confirmed.add(arn);
    return failed;
  }

  /** @returns `null`, or why it was not delivered */
  notify(subscription: TopicSubscription, { subject, body }: Posted): Promise<string | null> {
    const { topic, arn } = subscription;
    return this.#send(subscription, {
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: topic,
      Subject: subject,
      Message: body,
      Timestamp: this.#now(),
      UnsubscribeURL: `${endpointOf(topic)}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    });
  }

  async #send(subscription: TopicSubscription, message: PostedMessage): Promise<string | null> {
    const { endpoint, arn, rawDelivery, signatureVersion: version } = subscription;
    const isRaw = rawDelivery && message.Type === 'Notification';
    const { certificate, key } = await this.#certificate();
    const certificateUrl = `${endpointOf(message.TopicArn)}/${certificateName(certificate)}`;
    const body = isRaw ? message.Message : signedBody(message, { key, certificateUrl, version });
    let failed = '';
    for (let attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0) await new Promise<void>((resume) => this.#clock.at(this.#clock.now() + pause, resume));
      try {
        const status = await this.#post(endpoint, headersOf(message, arn, isRaw), body);
        if (status >= 200 && status < 300) return null;
        failed = `status ${status}`;
        // The receiver's refusal lasts; that it has too much to do does not.
        if (status >= 400 && status < 500 && status !== 429) return failed;
      } catch (error) {
        failed = (error as Error).message;
      }
    }
    return failed;
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

/** `https://sns.ap-northeast-2.amazonaws.com` */
function endpointOf(topic: string): string {
  return `https://sns.${topic.split(':')[3]}.amazonaws.com`;
}

/** The file that a certificate of the service is fetched as. */
export function certificateName(certificate: string): string {
  return `SimpleNotificationService-${createHash('sha256').update(certificate).digest('hex').slice(0, 32)}.pem`;
}

function postOnce(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  if (!isHostEndpoint(url)) return Promise.reject(new Error('it is not on this machine'));
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, timeout: patience }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
