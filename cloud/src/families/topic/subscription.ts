import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, object, objects, text } from '../../property.ts';

/** Somebody whom a topic notifies. */
export interface TopicSubscription {
  /** ARN. */
  readonly topic: string;
  /** `email`, `email-json`, `http`, `https`, `sqs`, `lambda` … */
  readonly protocol: string;
  readonly endpoint: string;
  /** Only messages that it accepts are delivered; `null` for all. */
  readonly filterPolicy: JsonObject | null;
  readonly filterScope: 'MessageAttributes' | 'MessageBody';
  readonly rawDelivery: boolean;
}

/**
 * The subscriptions of an inventory's topics: those of their own, and those that a topic lists.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */
export function subscriptionsIn(inventory: Inventory): TopicSubscription[] {
  const own = ofType(inventory, 'AWS::SNS::Subscription').flatMap(({ properties }) =>
    subscription(text(properties, 'TopicArn'), properties),
  );
  const listed = ofType(inventory, 'AWS::SNS::Topic').flatMap((topic) =>
    objects(topic.properties, 'Subscription').flatMap((each) => subscription(topic.physicalId, each)),
  );
  return [...own, ...listed];
}

/** Protocols that the region delivers by. */
export const deliveredProtocols = ['email', 'email-json'];

/** The name that mails carry in front of their sender's address. */
export function displayName({ properties }: Resource): string {
  return text(properties, 'DisplayName') ?? 'AWS Notifications';
}

function subscription(topic: string | undefined, properties: JsonObject): TopicSubscription[] {
  const protocol = text(properties, 'Protocol');
  const endpoint = text(properties, 'Endpoint');
  if (topic === undefined || protocol === undefined || endpoint === undefined) return [];
  const filter = object(properties, 'FilterPolicy');
  return [
    {
      topic,
      protocol,
      endpoint,
      filterPolicy: Object.keys(filter).length > 0 ? filter : null,
      filterScope: text(properties, 'FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
      rawDelivery: flag(properties, 'RawMessageDelivery') ?? false,
    },
  ];
}
