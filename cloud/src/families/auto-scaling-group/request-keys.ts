import { object, objects } from '../../property.ts';
import { type Call, type Keys, type KeysOf, stated, texts } from '../contract/request-keys.ts';
import { launch, metadataKeys } from '../instance/launch-keys.ts';
import { launchData } from '../launch-template/launch-data.ts';

/**
 * Keys of EC2 for instances and volumes. A launch is decided once for each thing that it takes or makes, each with keys of its own.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::AutoScaling::AutoScalingGroup': (call) => (call.action.startsWith('ec2:') ? launch(call) : group(call)),
  'AWS::AutoScaling::LaunchConfiguration': ({ resource: { properties } }) => ({
    'autoscaling:ImageId': stated(properties.ImageId),
    'autoscaling:InstanceType': stated(properties.InstanceType),
    'autoscaling:SpotPrice': stated(properties.SpotPrice),
    ...metadataKeys('autoscaling', object(properties, 'MetadataOptions')),
  }),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
function group(call: Call): Keys {
  const { properties } = call.resource;
  const data = launchData(call.inventory, call.resource);
  const version = stated(object(properties, 'LaunchTemplate').Version);
  const overrides = objects(object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate'), 'Overrides');
  const types = overrides.flatMap((each) => stated(each.InstanceType) ?? []);
  const one = stated(data.InstanceType);
  return {
    'autoscaling:MinSize': stated(properties.MinSize),
    'autoscaling:MaxSize': stated(properties.MaxSize),
    'autoscaling:InstanceTypes': types.length > 0 ? types : one === undefined ? undefined : [one],
    'autoscaling:LaunchConfigurationName': stated(properties.LaunchConfigurationName),
    'autoscaling:LaunchTemplateVersionSpecified':
      version === undefined ? undefined : String(version !== '$Latest' && version !== '$Default'),
    'autoscaling:LoadBalancerNames': texts(properties.LoadBalancerNames),
    'autoscaling:TargetGroupARNs': texts(properties.TargetGroupARNs),
    'autoscaling:VPCZoneIdentifiers': texts(properties.VPCZoneIdentifier),
  };
}
