import {
  displayName,
  isDelivered,
  isWeb,
  subscriptionsIn,
  type TopicSubscription,
} from '@terrace/cloud/families/topic/subscription';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { isObject, type JsonObject } from '@terrace/cloud/json';
import { type Words, words } from '@terrace/cloud/words';
import { accepts } from './filter-policy.ts';
import type { HttpDelivery } from './http-delivery.ts';
import type { Mailbox } from './mailbox.ts';

/** What is published to a topic. */
export interface Message {
  /** ARN. */
  readonly topic: string;
  /** ARN of the alarm or the group that publishes. */
  readonly source: string;
  readonly subject: string;
  /** What programs get. */
  readonly body: string;
  /** What mails say in its place. */
  readonly mail?: string;
  readonly attributes?: JsonObject;
}

/** Whether a source may publish to a topic: the region is told with each change, and decides nothing itself. */
export interface TopicPermission {
  readonly topic: string;
  readonly source: string;
  readonly allowed: boolean;
  readonly verdict: string;
}

/** What became of a message at a topic, or at one of its subscriptions. */
export interface NotificationEvent {
  readonly kind: 'notification';
  readonly topic: string;
  readonly subject: string;
  readonly state:
    | 'delivered'
    | 'refused'
    | 'no-topic'
    | 'no-subscription'
    | 'filtered'
    | 'unconfirmed'
    | 'not-carried-out'
    | 'failed';
  /** `email` …; `null` where it did not come to a subscription. */
  readonly protocol: string | null;
  /** Where to, or why not. */
  readonly detail: string | null;
}

/** SNS topics of the template: messages come from alarms and groups and go to subscriptions. */
export class Notifications {
  readonly #mailbox: Mailbox;
  readonly #web: HttpDelivery;
  readonly #tell: (event: NotificationEvent) => void;
  #topics: ReadonlyMap<string, { readonly sender: string }> = new Map();
  #subscriptions: readonly TopicSubscription[] = [];
  #permissions: readonly TopicPermission[] = [];

  constructor(mailbox: Mailbox, web: HttpDelivery, tell: (event: NotificationEvent) => void) {
    this.#mailbox = mailbox;
    this.#web = web;
    this.#tell = tell;
  }

  /** A subscription by mail that is new confirms itself: its confirmation is in the mailbox as well. */
  async apply(inventory: Inventory, permissions: readonly TopicPermission[], now: number): Promise<void> {
    const former = this.#subscriptions;
    this.#topics = new Map(
      ofType(inventory, 'AWS::SNS::Topic').map((each) => [
        each.physicalId,
        { sender: `${displayName(each)} <no-reply@sns.amazonaws.com>` },
      ]),
    );
    this.#permissions = permissions;
    this.#subscriptions = subscriptionsIn(inventory);
    for (const each of this.#subscriptions) {
      const isNew = !former.some((old) => old.topic === each.topic && old.endpoint === each.endpoint);
      if (isNew && isMail(each)) await this.#deliver(each, confirmation(each), now);
      if (isWeb(each) && isDelivered(each) && !this.#web.isAsked(each)) void this.#confirm(each);
    }
  }

  /** Resolves when every subscription has the message, or has failed to take it. */
  async publish(message: Message, now: number): Promise<void> {
    const { topic, subject, source } = message;
    const tell = (state: NotificationEvent['state'], protocol: string | null, detail: string | null) =>
      this.#tell({ kind: 'notification', topic, subject, state, protocol, detail });
    if (!this.#topics.has(topic)) return tell('no-topic', null, null);
    const permission = this.#permissions.find((each) => each.topic === topic && each.source === source);
    if (!permission?.allowed) return tell('refused', null, permission?.verdict ?? 'not known');
    const subscriptions = this.#subscriptions.filter((each) => each.topic === topic);
    if (subscriptions.length === 0) return tell('no-subscription', null, null);
    for (const each of subscriptions) {
      if (!takes(each, message)) tell('filtered', each.protocol, each.endpoint);
      else if (!isDelivered(each)) tell('not-carried-out', each.protocol, each.endpoint);
      else if (isWeb(each)) void this.#post(each, message);
      else {
        const text = each.protocol === 'email' ? (message.mail ?? message.body) : message.body;
        await this.#deliver(each, { subject, text }, now);
      }
    }
  }

  /** Nothing waits for a receiver, which may be asked again later. */
  async #confirm(subscription: TopicSubscription): Promise<void> {
    const failed = await this.#web.confirm(subscription).catch((error: Error) => error.message);
    const { topic, protocol, endpoint } = subscription;
    const about = { kind: 'notification', topic, subject: confirmation(subscription).subject, protocol } as const;
    if (failed === null) this.#tell({ ...about, state: 'delivered', detail: endpoint });
    else this.#tell({ ...about, state: 'failed', detail: `${endpoint}: ${failed}` });
  }

  async #post(subscription: TopicSubscription, { subject, body }: Message): Promise<void> {
    const { topic, protocol, endpoint } = subscription;
    const about = { kind: 'notification', topic, subject, protocol } as const;
    if (!this.#web.isConfirmed(subscription)) return this.#tell({ ...about, state: 'unconfirmed', detail: endpoint });
    const failed = await this.#web.notify(subscription, { subject, body }).catch((error: Error) => error.message);
    if (failed === null) this.#tell({ ...about, state: 'delivered', detail: endpoint });
    else this.#tell({ ...about, state: 'failed', detail: `${endpoint}: ${failed}` });
  }

  async #deliver(
    { topic, endpoint, protocol }: TopicSubscription,
    { subject, text }: { readonly subject: string; readonly text: string },
    now: number,
  ): Promise<void> {
    const from = this.#topics.get(topic)?.sender ?? '';
    const about = { kind: 'notification', topic, subject, protocol } as const;
    try {
      await this.#mailbox.add({ at: new Date(now).toISOString(), from, to: endpoint, subject, text, topic });
      this.#tell({ ...about, state: 'delivered', detail: endpoint });
    } catch (error) {
      this.#tell({ ...about, state: 'failed', detail: (error as Error).message });
    }
  }
}

function isMail({ protocol }: TopicSubscription): boolean {
  return protocol === 'email' || protocol === 'email-json';
}

/** A body that is no JSON object has nothing that a filter on bodies could accept. */
function takes({ filterPolicy, filterScope }: TopicSubscription, { body, attributes = {} }: Message): boolean {
  if (!filterPolicy) return true;
  if (filterScope === 'MessageAttributes') return accepts(filterPolicy, attributes);
  try {
    const read: unknown = JSON.parse(body);
    return isObject(read as JsonObject) && accepts(filterPolicy, read as JsonObject);
  } catch {
    return false;
  }
}

function confirmation({ topic }: TopicSubscription): { readonly subject: string; readonly text: string } {
  return {
    subject: 'AWS Notification - Subscription Confirmation',
    text: `You have chosen to subscribe to the topic:\n${topic}\n\nTerrace has confirmed this subscription by itself. On AWS its owner has to visit the link of this mail, and until then no message comes.\n`,
  };
}

const states: Readonly<Record<NotificationEvent['state'], Words>> = {
  delivered: words('delivered', '전달됨'),
  refused: words('the topic’s policy does not let it publish', '주제 정책이 게시를 허용하지 않음'),
  'no-topic': words('no template has this topic', '이 주제가 템플릿에 없음'),
  'no-subscription': words('nobody is subscribed', '구독이 없음'),
  filtered: words('its filter policy passes it over', '필터 정책에 맞지 않아 전달하지 않음'),
  unconfirmed: words('its subscription was never confirmed', '구독이 확인되지 않음'),
  'not-carried-out': words('delivery by this protocol is not carried out', '이 프로토콜로는 전달하지 않음'),
  failed: words('could not be delivered', '전달하지 못함'),
};

export function notificationText({ topic, subject, state, protocol, detail }: NotificationEvent): Words {
  const name = topic.slice(topic.lastIndexOf(':') + 1);
  const more = [protocol, detail].filter((each) => each !== null).join(' ');
  const rest = more === '' ? '' : ` (${more})`;
  return words(`${name}: “${subject}” ${states[state].en}${rest}`, `${name}: “${subject}” ${states[state].ko}${rest}`);
}
