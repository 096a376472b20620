import { alike, type Charges, used } from '../contract/charge.ts';

import { destinationOf } from './flow-log.ts';

export const charges: Charges = {
  /**
   * What a flow log delivers to CloudWatch is counted with its log group, whose price it has for the first 10 TB
   * (https://aws.amazon.com/cloudwatch/pricing/, example of 72 TB); delivery to a bucket has a price of its own.
   */
  'AWS::EC2::FlowLog': (resource, reading) => {
    const kind = destinationOf(resource.properties);
    if (kind === 'cloud-watch-logs') return [];
    const gigabytes = reading.usage.logGigabytes / alike(resource, reading);
    return [used(resource, 'monitoring', `vended logs to ${kind}`, 'CloudWatch', gigabytes)];
  },
};
