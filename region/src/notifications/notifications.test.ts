import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory } from '@terrace/cloud/inventory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HttpDelivery } from './http-delivery.ts';
import { Mailbox, readMails } from './mailbox.ts';
import { type NotificationEvent, Notifications, notificationText } from './notifications.ts';

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:alerts';
const alarm = 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:launch';
const now = Date.UTC(2026, 10, 29, 15, 24, 12);
const may = [{ topic, source: alarm, allowed: true, verdict: 'allowed' }];
const message = {
  topic,
  source: alarm,
  subject: 'ALARM: "launch"',
  body: '{"NewStateValue":"ALARM"}',
  mail: 'It is in ALARM.',
};

/** Nothing is posted in these tests. */
const web = new HttpDelivery({ now: () => now, at: () => () => {} }, () => Promise.reject(new Error('nobody signs')));

let folder: string;
let events: NotificationEvent[];
let notifications: Notifications;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-mail-'));
  events = [];
  notifications = new Notifications(new Mailbox(folder), web, (event) => events.push(event));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function inventory(...subscriptions: readonly object[]): Inventory {
  const resources = [
    { type: 'AWS::SNS::Topic', physicalId: topic, properties: {} },
    ...subscriptions.map((each) => ({
      type: 'AWS::SNS::Subscription',
      physicalId: `${topic}:1`,
      properties: { TopicArn: topic, Protocol: 'email', Endpoint: 'ops@example.com', ...each },
    })),
  ];
  return { resources } as unknown as Inventory;
}

/** Whom mails went to after the confirmations, and what became of the message. */
async function published(
  given: Inventory,
  permissions = may,
  sent: typeof message & { attributes?: Record<string, string> } = message,
) {
  await notifications.apply(given, permissions, now);
  await notifications.publish(sent, now);
  const mails = readMails(folder).filter(({ subject }) => !subject.includes('Confirmation'));
  const told = events.filter(({ subject }) => !subject.includes('Confirmation'));
  return { mails, states: told.map(({ state }) => state) };
}

describe('a message', () => {
  test('comes to a subscription by mail in words for people', async () => {
    const { mails, states } = await published(inventory({}));
    expect(states).toEqual(['delivered']);
    expect(mails).toEqual([
      {
        number: 2,
        at: '2026-11-29T15:24:12.000Z',
        from: 'AWS Notifications <no-reply@sns.amazonaws.com>',
        to: 'ops@example.com',
        subject: 'ALARM: "launch"',
        text: 'It is in ALARM.',
        topic,
      },
    ]);
  });

  test('comes to one by email-json as programs get it', async () => {
    expect((await published(inventory({ Protocol: 'email-json' }))).mails[0]!.text).toBe(message.body);
  });

  test.each([
    [
      'is refused where the policy does not allow it',
      inventory({}),
      [{ ...may[0]!, allowed: false, verdict: 'implicit-deny' }],
      'refused',
    ],
    ['is refused where nothing is known of the source', inventory({}), [], 'refused'],
    ['reaches nobody without a subscription', inventory(), may, 'no-subscription'],
    ['reaches no topic that is not there', { resources: [] } as unknown as Inventory, may, 'no-topic'],
    ['is not carried out by SMS', inventory({ Protocol: 'sms', Endpoint: '+820000' }), may, 'not-carried-out'],
    ['is passed over by a filter policy', inventory({ FilterPolicy: { tier: ['web'] } }), may, 'filtered'],
    [
      'is passed over by a filter on its body',
      inventory({ FilterPolicy: { NewStateValue: ['OK'] }, FilterPolicyScope: 'MessageBody' }),
      may,
      'filtered',
    ],
  ])('%s', async (_, given, permissions, state) => {
    const { mails, states } = await published(given, permissions);
    expect([mails, states]).toEqual([[], [state]]);
  });

  test('is delivered where the filter on its body accepts it', async () => {
    const filter = { FilterPolicy: { NewStateValue: ['ALARM'] }, FilterPolicyScope: 'MessageBody' };
    expect((await published(inventory(filter))).states).toEqual(['delivered']);
  });
});

test('a subscription by mail confirms itself once', async () => {
  await notifications.apply(inventory({}), may, now);
  await notifications.apply(inventory({}), may, now);
  expect(readMails(folder).map(({ subject }) => subject)).toEqual(['AWS Notification - Subscription Confirmation']);
});

test('mails are for the owner alone, and the numbers go on after a restart', async () => {
  await notifications.apply(inventory({}), may, now);
  const again = new Mailbox(folder);
  await again.add({ at: '', from: '', to: 'ops@example.com', subject: 'next', text: '', topic });
  expect(readMails(folder).map(({ number }) => number)).toEqual([1, 2]);
  expect(statSync(join(folder, 'mail')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'mail/00000001.json')).mode & 0o777).toBe(0o600);
});

test('an event says in words what became of a message', async () => {
  await published(inventory());
  expect(notificationText(events[0]!)).toEqual({
    en: 'alerts: “ALARM: "launch"” nobody is subscribed',
    ko: 'alerts: “ALARM: "launch"” 구독이 없음',
  });
});
