import { type Charges, free } from '../contract/charge.ts';
import { groupSubnets } from '../instance/launch-subnet.ts';
import { machines } from '../instance/machine-charges.ts';
import { launchData } from '../launch-template/launch-data.ts';

export const charges: Charges = {
  'AWS::AutoScaling::AutoScalingGroup': (resource, reading) => {
    const count = reading.running(resource.key);
    const data = launchData(reading.inventory, resource);
    return machines(resource, data, groupSubnets(reading.inventory, resource), count, 'stopped', reading);
  },
  'AWS::AutoScaling::LaunchConfiguration': free,
  'AWS::AutoScaling::ScalingPolicy': free,
  'AWS::AutoScaling::LifecycleHook': free,
  'AWS::AutoScaling::ScheduledAction': free,
  'AWS::AutoScaling::WarmPool': free,
};
