import { generatedName, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::AutoScaling::AutoScalingGroup': (draft) => {
    const name = textOf(draft, 'AutoScalingGroupName') ?? generatedName(draft.subject, 255);
    const group = `autoScalingGroup:${uuid(draft.subject, 'group')}:autoScalingGroupName/${name}`;
    return { physicalId: name, attributes: { AutoScalingGroupARN: arn(draft, 'autoscaling', group) } };
  },
  'AWS::AutoScaling::LaunchConfiguration': (draft) => ({
    physicalId: textOf(draft, 'LaunchConfigurationName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
  'AWS::AutoScaling::ScalingPolicy': (draft) => {
    const group = textOf(draft, 'AutoScalingGroupName') ?? '';
    const name = generatedName(draft.subject, 255);
    const policy = arn(
      draft,
      'autoscaling',
      `scalingPolicy:${uuid(draft.subject, 'policy')}:autoScalingGroupName/${group}:policyName/${name}`,
    );
    return { physicalId: policy, attributes: { Arn: policy, PolicyName: name } };
  },
  'AWS::AutoScaling::LifecycleHook': (draft) => ({
    physicalId: textOf(draft, 'LifecycleHookName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
  'AWS::AutoScaling::ScheduledAction': (draft) => {
    const name = generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { ScheduledActionName: name } };
  },
  'AWS::AutoScaling::WarmPool': (draft) => ({
    physicalId: textOf(draft, 'AutoScalingGroupName') ?? generatedName(draft.subject),
    attributes: {},
  }),
};
