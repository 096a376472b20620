import type { Action, ActionService } from '../call.ts';
import { texts } from '../input.ts';

/** What an instance asks about itself. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html */
export const autoScaling: ActionService = {
  name: 'autoscaling',
  actions: {
    DescribeAutoScalingInstances: async (input, call) => {
      await call.authorize('autoscaling:DescribeAutoScalingInstances', '*');
      const wanted = texts(input, 'InstanceIds');
      return {
        AutoScalingInstances: call.configuration.instances
          .filter(({ id, group }) => group !== null && (wanted.length === 0 || wanted.includes(id)))
          .map(({ id, group, zone, type }) => ({
            InstanceId: id,
            InstanceType: type,
            AutoScalingGroupName: group,
            AvailabilityZone: zone,
            LifecycleState: 'InService',
            HealthStatus: 'HEALTHY',
            ProtectedFromScaleIn: false,
          })),
      };
    },
  } satisfies Record<string, Action>,
};
