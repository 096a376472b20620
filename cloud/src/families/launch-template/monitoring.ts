import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { flag, object, text } from '../../property.ts';
import { launchData } from './launch-data.ts';

/**
 * Whether EC2 reports an instance's metrics every minute (detailed monitoring) rather than every five (basic). Instances and launch templates
 * have basic monitoring unless they ask for more, launch configurations detailed unless they ask for less.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-as-instance-metrics.html
 */
export function hasDetailedMonitoring(inventory: Inventory, statedBy: Resource): boolean {
  const data = launchData(inventory, statedBy);
  const isConfigured = ofType(inventory, 'AWS::AutoScaling::LaunchConfiguration').some(
    ({ physicalId }) => physicalId === text(statedBy.properties, 'LaunchConfigurationName'),
  );
  if (isConfigured) return flag(data, 'InstanceMonitoring') ?? true;
  return flag(object(data, 'Monitoring'), 'Enabled') ?? flag(data, 'Monitoring') ?? false;
}
