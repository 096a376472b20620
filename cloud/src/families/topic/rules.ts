import { flag, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, length, needed, notFor, oneOf } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';

const topic = ['AWS::SNS::Topic'];
const subscription = ['AWS::SNS::Subscription'];
const page = 'sns/latest/api/API_CreateTopic.html';
const subscribePage = 'sns/latest/api/API_Subscribe.html';

/** How an endpoint of each protocol is written. */
const endpoints: Readonly<Record<string, RegExp>> = {
  http: /^http:\/\//,
  https: /^https:\/\//,
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  sms: /^\+?[\d-]+$/,
  sqs: /^arn:[\w-]+:sqs:/,
  lambda: /^arn:[\w-]+:lambda:/,
  firehose: /^arn:[\w-]+:firehose:/,
  application: /^arn:[\w-]+:sns:/,
};

/** What AWS refuses of topics and subscriptions. */
export const rules: readonly Rule[] = [
  length({ types: topic, path: 'TopicName', most: 256, page }),
  form({
    types: topic,
    path: 'TopicName',
    pattern: /^[\w-]+(\.fifo)?$/,
    said: words(
      'a name has letters, digits, hyphens and underscores',
      '이름에는 영문자, 숫자, 하이픈, 밑줄만 쓸 수 있습니다.',
    ),
    page,
    aws: () => 'Invalid parameter: Topic Name',
  }),
  {
    code: 'FIFO_NAME',
    types: [...topic, 'AWS::SQS::Queue'],
    page,
    what: words(
      'Names of FIFO topics and queues end in .fifo, others do not.',
      'FIFO 주제와 대기열의 이름만 .fifo로 끝납니다.',
    ),
    check: ({ type, properties }) => {
      const [property, fifo] = type === topic[0] ? ['TopicName', 'FifoTopic'] : ['QueueName', 'FifoQueue'];
      const name = text(properties, property as string);
      if (name === undefined || !isKnown(name) || !isKnown(properties[fifo as string])) return [];
      if (name.endsWith('.fifo') === (flag(properties, fifo as string) ?? false)) return [];
      return [
        {
          at: [property as string],
          cause: words(
            `${name} does not go with ${fifo} ${flag(properties, fifo as string) ?? false}.`,
            `${name}{은/는} ${fifo} ${flag(properties, fifo as string) ?? false}{과/와} 맞지 않습니다.`,
          ),
          next: words('End the names of FIFO ones in .fifo, and no others.', 'FIFO의 이름만 .fifo로 끝내세요.'),
        },
      ];
    },
  },
  oneOf({ types: subscription, path: 'Protocol', values: [...Object.keys(endpoints)], page: subscribePage }),
  {
    code: 'ENDPOINT_FORM',
    types: subscription,
    page: subscribePage,
    what: words(
      'A subscription’s endpoint is written as its protocol asks.',
      '구독의 엔드포인트는 프로토콜에 맞는 형식이어야 합니다.',
    ),
    check: ({ properties }) => {
      const protocol = text(properties, 'Protocol') ?? '';
      const endpoint = text(properties, 'Endpoint');
      if (endpoint === undefined || !isKnown(endpoint) || (endpoints[protocol]?.test(endpoint) ?? true)) return [];
      return [
        {
          at: ['Endpoint'],
          cause: words(
            `"${endpoint}" is no endpoint for ${protocol}.`,
            `"${endpoint}"{은/는} ${protocol} 엔드포인트가 아닙니다.`,
          ),
          next: words('Correct Protocol or Endpoint.', 'Protocol이나 Endpoint를 고치세요.'),
          aws: 'Invalid parameter: Endpoint',
        },
      ];
    },
  },
  length({
    types: ['AWS::SQS::Queue'],
    path: 'QueueName',
    most: 80,
    page: 'AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  }),
  form({
    types: ['AWS::SQS::Queue'],
    path: 'QueueName',
    pattern: /^[\w-]+(\.fifo)?$/,
    said: words(
      'a name has letters, digits, hyphens and underscores',
      '이름에는 영문자, 숫자, 하이픈, 밑줄만 쓸 수 있습니다.',
    ),
    page: 'AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  }),
  notFor({
    types: topic,
    path: 'ContentBasedDeduplication',
    kind: words('a standard topic', '표준 주제'),
    when: ({ properties }) =>
      flag(properties, 'ContentBasedDeduplication') === true && flag(properties, 'FifoTopic') !== true,
    page,
  }),
  length({ types: topic, path: 'DisplayName', least: 0, most: 100, code: 'TOO_LONG', page }),
  oneOf({ types: topic, path: 'Subscription.*.Protocol', values: Object.keys(endpoints), page: subscribePage }),
  oneOf({ types: topic, path: 'TracingConfig', values: ['Active', 'PassThrough'], page }),
  oneOf({ types: topic, path: 'SignatureVersion', values: [1, 2], page }),
  needed({ types: subscription, paths: ['Endpoint'], page: subscribePage, aws: 'Invalid parameter: Endpoint' }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types: subscription,
    page: 'sns/latest/dg/sns-large-payload-raw-message-delivery.html',
    what: words(
      'Raw message delivery is for sqs, http, https and firehose.',
      '원시 메시지 전송은 sqs, http, https, firehose에만 됩니다.',
    ),
    where: ({ properties }) =>
      flag(properties, 'RawMessageDelivery') &&
      /^(email|email-json|sms|lambda|application)$/.test(text(properties, 'Protocol') ?? '')
        ? ['RawMessageDelivery']
        : [],
    aws: 'Delivery protocol does not support raw message delivery.',
  }),
  oneOf({
    types: subscription,
    path: 'FilterPolicyScope',
    values: ['MessageAttributes', 'MessageBody'],
    page: 'sns/latest/dg/sns-message-filtering-scope.html',
  }),
  form({
    types: subscription,
    path: 'TopicArn',
    code: 'WRONG_FORM',
    pattern: /^arn:/,
    said: words('a topic is named by its ARN', '주제는 ARN으로 지정합니다.'),
    page: subscribePage,
    aws: () => 'Invalid parameter: TopicArn',
  }),
  needed({
    types: subscription,
    paths: ['SubscriptionRoleArn'],
    said: words('A subscription for firehose', 'firehose 구독'),
    when: ({ properties }) => text(properties, 'Protocol') === 'firehose',
    page: 'sns/latest/dg/firehose-endpoints-subscribe.html',
  }),
];
