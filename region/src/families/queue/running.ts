import { readQueue } from '@terrace/cloud/families/queue/queue';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { attribute } from '@terrace/cloud/property';
import type { RunningFamily } from '../contract/running.ts';
import type { QueueSettings } from './queue-settings.ts';
import { simpleQueues } from './simple-queues.ts';

export const queue: RunningFamily = {
  service: simpleQueues,
  settings: (inventory: Inventory): QueueSettings[] =>
    ofType(inventory, 'AWS::SQS::Queue').map((resource) => ({
      name: attribute(resource, 'QueueName') ?? '',
      arn: attribute(resource, 'Arn') ?? '',
      url: resource.physicalId,
      ...readQueue(resource.properties),
    })),
};
