import { generatedName, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::SNS::Topic': (draft) => {
    const fifo = String(draft.properties.FifoTopic) === 'true' ? '.fifo' : '';
    const name = textOf(draft, 'TopicName') ?? `${generatedName(draft.subject, 256 - fifo.length)}${fifo}`;
    const topic = arn(draft, 'sns', name);
    return { physicalId: topic, attributes: { TopicArn: topic, TopicName: name } };
  },
  'AWS::SNS::Subscription': (draft) => {
    const subscription = `${textOf(draft, 'TopicArn') ?? ''}:${uuid(draft.subject, 'subscription')}`;
    return { physicalId: subscription, attributes: { Arn: subscription } };
  },
  'AWS::SNS::TopicPolicy': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: { Id: generatedName(draft.subject) },
  }),
};
