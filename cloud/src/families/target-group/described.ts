import { object, text } from '../../property.ts';
import { type Descriptions, renamed, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/elbv2/describe-target-groups.html */
export const described: Descriptions = {
  TargetGroups: (group) => {
    const id = text(group, 'TargetGroupArn');
    if (id === undefined) return [];
    return [
      {
        id,
        account: id.split(':')[4]!,
        resources: [
          {
            type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
            id,
            properties: {
              ...renamed(group, {
                Name: 'TargetGroupName',
                Protocol: 'Protocol',
                ProtocolVersion: 'ProtocolVersion',
                Port: 'Port',
                VpcId: 'VpcId',
                TargetType: 'TargetType',
                HealthCheckPath: 'HealthCheckPath',
                HealthCheckPort: 'HealthCheckPort',
                HealthCheckProtocol: 'HealthCheckProtocol',
              }),
              Matcher: object(group, 'Matcher'),
            },
            attributes: { TargetGroupArn: id },
            tags: tagsOf(group),
            isServer: true,
          },
        ],
      },
    ];
  },
};
