import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::SQS::Queue': (draft) => {
    const fifo = String(draft.properties.FifoQueue) === 'true' ? '.fifo' : '';
    const name = textOf(draft, 'QueueName') ?? `${generatedName(draft.subject, 80 - fifo.length)}${fifo}`;
    const url = `https://sqs.${draft.subject.region}.${draft.urlSuffix}/${draft.subject.account}/${name}`;
    return { physicalId: url, attributes: { Arn: arn(draft, 'sqs', name), QueueName: name, QueueUrl: url } };
  },
};
