import { uuid } from '../../allocate/identifier.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, object, objects, text } from '../../property.ts';

/** Somebody whom a topic notifies. */
export interface TopicSubscription {
  readonly arn: string;
  /** ARN. */
  readonly topic: string;
  /** `email`, `email-json`, `http`, `https`, `sqs`, `lambda` … */
  readonly protocol: string;
  readonly endpoint: string;
  /** Only messages that it accepts are delivered; `null` for all. */
  readonly filterPolicy: JsonObject | null;
  readonly filterScope: 'MessageAttributes' | 'MessageBody';
  readonly rawDelivery: boolean;
  /** By which messages to http and https are signed: `1` is SHA-1, `2` SHA-256. */
  readonly signatureVersion: '1' | '2';
}

/**
 * The subscriptions of an inventory's topics: those of their own, and those that a topic lists.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */
export function subscriptionsIn(inventory: Inventory): TopicSubscription[] {
  const topics = ofType(inventory, 'AWS::SNS::Topic');
  const own = ofType(inventory, 'AWS::SNS::Subscription').flatMap(({ physicalId, properties }) =>
    subscription(physicalId, text(properties, 'TopicArn'), properties),
  );
  const { account, region } = inventory;
  const listed = topics.flatMap(({ stack, logicalId, physicalId, properties }) =>
    objects(properties, 'Subscription').flatMap((each, index) => {
      const id = uuid({ account, region, stack, logicalId }, `subscription ${index}`);
      return subscription(`${physicalId}:${id}`, physicalId, each);
    }),
  );
  return [...own, ...listed].map((each) => {
    const topic = topics.find(({ physicalId }) => physicalId === each.topic);
    return { ...each, signatureVersion: topic && text(topic.properties, 'SignatureVersion') === '2' ? '2' : '1' };
  });
}

/** Whether the region delivers to a subscription: to mailboxes, and by http and https to receivers on this machine. */
export function isDelivered({ protocol, endpoint }: Pick<TopicSubscription, 'protocol' | 'endpoint'>): boolean {
  if (protocol === 'email' || protocol === 'email-json') return true;
  return isWeb({ protocol }) && endpoint.startsWith(`${protocol}:`) && isHostEndpoint(endpoint);
}

export function isWeb({ protocol }: Pick<TopicSubscription, 'protocol'>): boolean {
  return protocol === 'http' || protocol === 'https';
}

/** Whether a URL is of this machine's loopback interface. */
export function isHostEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** The name that mails carry in front of their sender's address. */
export function displayName({ properties }: Resource): string {
  return text(properties, 'DisplayName') ?? 'AWS Notifications';
}

function subscription(
  arn: string,
  topic: string | undefined,
  properties: JsonObject,
): Omit<TopicSubscription, 'signatureVersion'>[] {
  const protocol = text(properties, 'Protocol');
  const endpoint = text(properties, 'Endpoint');
  if (topic === undefined || protocol === undefined || endpoint === undefined) return [];
  const filter = object(properties, 'FilterPolicy');
  return [
    {
      arn,
      topic,
      protocol,
      endpoint,
      filterPolicy: Object.keys(filter).length > 0 ? filter : null,
      filterScope: text(properties, 'FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
      rawDelivery: flag(properties, 'RawMessageDelivery') ?? false,
    },
  ];
}
