import { createVerify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TopicSubscription } from '@terrace/cloud/families/topic/subscription';
import type { Inventory } from '@terrace/cloud/inventory';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authority, type ServerCertificate } from '../authority/authority.ts';
import { HttpDelivery, type Post } from './http-delivery.ts';
import { Mailbox } from './mailbox.ts';
import { type NotificationEvent, Notifications } from './notifications.ts';
import { textToSign } from './signed-message.ts';

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:alerts';
const now = Date.UTC(2026, 10, 29, 15, 24, 12);

let folder: string;
let certificate: ServerCertificate;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-sns-'));
  certificate = await (await Authority.open(join(folder, 'authority'))).issueSigner('sns.amazonaws.com');
});
afterAll(() => rmSync(folder, { recursive: true }));

function subscription(endpoint: string, more: Partial<TopicSubscription> = {}): TopicSubscription {
  return {
    arn: `${topic}:1`,
    topic,
    protocol: 'http',
    endpoint,
    filterPolicy: null,
    filterScope: 'MessageAttributes',
    rawDelivery: false,
    signatureVersion: '1',
    ...more,
  };
}

/** A clock that runs to whatever somebody waits for; the times are kept. */
function clock(waited: number[] = []) {
  let time = now;
  return {
    now: () => time,
    at: (moment: number, work: () => unknown) => {
      waited.push(moment - time);
      time = moment;
      queueMicrotask(() => void work());
      return () => {};
    },
  };
}

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

describe('a receiver on this machine', () => {
  let server: Server;
  let url: string;
  let received: Received[];
  beforeEach(async () => {
    received = [];
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (more: string) => {
        body += more;
      });
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  afterEach(() => void server.close());

  test('confirms, and gets messages in AWS’s format', async () => {
    const delivery = new HttpDelivery(clock(), async () => certificate);
    expect(delivery.isConfirmed(subscription(url))).toBe(false);
    expect(await delivery.confirm(subscription(url))).toBeNull();
    expect(delivery.isConfirmed(subscription(url))).toBe(true);
    expect(await delivery.notify(subscription(url), { subject: 'ALARM', body: '{"a":1}' })).toBeNull();
    const [asked, told] = received.map(({ body }) => JSON.parse(body));
    expect(asked).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn: topic, SignatureVersion: '1' });
    expect(asked.SubscribeURL).toBe(
      `https://sns.ap-northeast-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${asked.Token}`,
    );
    expect(told).toMatchObject({
      Type: 'Notification',
      Subject: 'ALARM',
      Message: '{"a":1}',
      Timestamp: '2026-11-29T15:24:12.000Z',
      UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${topic}:1`),
    });
    expect(told.SigningCertURL).toMatch(
      /^https:\/\/sns\.ap-northeast-2\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/,
    );
    expect(received[1]!.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': told.MessageId,
      'x-amz-sns-topic-arn': topic,
      'x-amz-sns-subscription-arn': `${topic}:1`,
      'content-type': 'text/plain; charset=UTF-8',
    });
  });

  test.each([
    ['1', 'RSA-SHA1'],
    ['2', 'RSA-SHA256'],
  ] as const)('verifies a signature of version %s', async (signatureVersion, algorithm) => {
    const delivery = new HttpDelivery(clock(), async () => certificate);
    await delivery.confirm(subscription(url, { signatureVersion }));
    await delivery.notify(subscription(url, { signatureVersion }), { subject: 'S', body: 'B' });
    const key = new X509Certificate(certificate.certificate).publicKey;
    for (const { body } of received) {
      const message = JSON.parse(body);
      const verifies = (text: string) => createVerify(algorithm).update(text).verify(key, message.Signature, 'base64');
      expect(message.SignatureVersion).toBe(signatureVersion);
      expect(verifies(textToSign(message))).toBe(true);
      expect(verifies(textToSign({ ...message, Message: 'another' }))).toBe(false);
    }
  });

  test('gets the message alone where its subscription asks for that', async () => {
    const delivery = new HttpDelivery(clock(), async () => certificate);
    await delivery.notify(subscription(url, { rawDelivery: true }), { subject: 'S', body: '{"a":1}' });
    expect(received).toMatchObject([{ body: '{"a":1}', headers: { 'x-amz-sns-rawdelivery': 'true' } }]);
  });

  test('has its place among the subscriptions of a topic', async () => {
    const events: NotificationEvent[] = [];
    const delivery = new HttpDelivery(clock(), async () => certificate);
    const notifications = new Notifications(new Mailbox(folder), delivery, (event) => events.push(event));
    const resources = [
      { type: 'AWS::SNS::Topic', physicalId: topic, properties: {} },
      ...[url, 'https://hooks.example.com/'].map((Endpoint, index) => ({
        type: 'AWS::SNS::Subscription',
        physicalId: `${topic}:${index}`,
        properties: { TopicArn: topic, Protocol: Endpoint.split(':')[0], Endpoint },
      })),
    ];
    const may = [{ topic, source: 'alarm', allowed: true, verdict: 'allowed' }];
    const publish = () => notifications.publish({ topic, source: 'alarm', subject: 'S', body: '{}' }, now);
    const states = (subject: string) => events.filter((each) => each.subject === subject).map(({ state }) => state);
    await notifications.apply({ resources } as unknown as Inventory, may, now);
    await publish();
    expect(states('S')).toEqual(['unconfirmed', 'not-carried-out']);
    await expect.poll(() => states('AWS Notification - Subscription Confirmation')).toEqual(['delivered']);
    await publish();
    await expect.poll(() => states('S').slice(2).sort()).toEqual(['delivered', 'not-carried-out']);
  });
});

describe('a receiver that does not take a message', () => {
  test.each<[string, (number | Error)[], number, string | null]>([
    ['is asked three times more, twenty seconds apart', [500, 503, 500, 500], 3, 'status 500'],
    ['has it once it takes it', [500, new Error('ECONNREFUSED'), 204], 2, null],
    ['and has too much to do is asked again', [429, 200], 1, null],
    ['and refuses it is not asked again', [404], 0, 'status 404'],
    ['and leads elsewhere is asked again', [302, 302, 302, 302], 3, 'status 302'],
    ['is not there', Array(4).fill(new Error('ECONNREFUSED')), 3, 'ECONNREFUSED'],
  ])('%s', async (_case, answers, pauses, expected) => {
    const waited: number[] = [];
    const left = [...answers];
    const post: Post = () => {
      const next = left.shift()!;
      return typeof next === 'number' ? Promise.resolve(next) : Promise.reject(next);
    };
    const delivery = new HttpDelivery(clock(waited), async () => certificate, post);
    const given = subscription('http://127.0.0.1:1/');
    expect(await delivery.notify(given, { subject: 'S', body: 'B' })).toBe(expected);
    expect(left).toEqual([]);
    expect(waited).toEqual(Array(pauses).fill(20_000));
  });

  test('does not confirm', async () => {
    const delivery = new HttpDelivery(
      clock(),
      async () => certificate,
      async () => 403,
    );
    expect(await delivery.confirm(subscription('http://127.0.0.1:1/'))).toBe('status 403');
    expect(delivery.isConfirmed(subscription('http://127.0.0.1:1/'))).toBe(false);
  });
});

test.each([
  'http://10.0.0.1/',
  'http://169.254.169.254/',
  'http://localhost.example.com/',
  'http://127.0.0.1.example.com/',
])('nothing is posted to %s, which is not on this machine', async (url) => {
  const delivery = new HttpDelivery(clock(), async () => certificate);
  expect(await delivery.notify(subscription(url), { subject: 'S', body: 'B' })).toBe('it is not on this machine');
});

test('the signer’s certificate stays the same, of an RSA key', async () => {
  const again = await (await Authority.open(join(folder, 'authority'))).issueSigner('sns.amazonaws.com');
  expect(again).toEqual(certificate);
  expect(new X509Certificate(certificate.certificate).publicKey.asymmetricKeyType).toBe('rsa');
});
