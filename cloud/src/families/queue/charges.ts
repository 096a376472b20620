import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { alike, type Charges, free } from '../contract/charge.ts';
import { readQueue } from './queue.ts';

/** A queue itself is free; each action on it is a request, of which a million a month are free: https://aws.amazon.com/sqs/pricing/ */
export const charges: Charges = {
  'AWS::SQS::Queue': (resource, reading) => {
    const kind = readQueue(resource.properties).fifo ? 'FIFO' : 'Standard';
    return [
      {
        resource: resource.key,
        heading: 'queues',
        what: words(`${kind} requests`, `${kind} 요청`),
        tariff: {
          service: 'SQS',
          steps: [
            { upTo: 100e9, item: `${kind} requests, first 100 billion` },
            { upTo: 200e9, item: `${kind} requests, next 100 billion` },
            { upTo: null, item: `${kind} requests, over 200 billion` },
          ],
          allowance: allowances.queueRequests,
        },
        quantity: reading.usage.queueRequests / alike(resource, reading),
        basis: 'used',
        ends: 'stopped',
      },
    ];
  },
  'AWS::SQS::QueuePolicy': free,
};
