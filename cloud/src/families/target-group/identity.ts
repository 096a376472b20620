import { generatedName, hexadecimal } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::ElasticLoadBalancingV2::TargetGroup': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 32);
    const fullName = `targetgroup/${name}/${hexadecimal(draft.subject, 'targets', 16)}`;
    const group = arn(draft, 'elasticloadbalancing', fullName);
    return {
      physicalId: group,
      attributes: {
        TargetGroupArn: group,
        TargetGroupFullName: fullName,
        TargetGroupName: name,
        LoadBalancerArns: [],
      },
    };
  },
};
