import { object, objects, text, texts } from '../../property.ts';
import { type Descriptions, renamed, tagsOf } from '../contract/described.ts';

export const described: Descriptions = {
  /** https://docs.aws.amazon.com/cli/latest/reference/elbv2/describe-load-balancers.html */
  LoadBalancers: (balancer) => {
    const id = text(balancer, 'LoadBalancerArn');
    if (id === undefined || text(object(balancer, 'State'), 'Code') === 'failed') return [];
    const name = text(balancer, 'LoadBalancerName');
    return [
      {
        id,
        account: id.split(':')[4]!,
        resources: [
          {
            type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
            id,
            properties: {
              ...renamed(balancer, { Name: 'LoadBalancerName', Scheme: 'Scheme', Type: 'Type', VpcId: 'VpcId' }),
              Subnets: objects(balancer, 'AvailabilityZones').flatMap((zone) => text(zone, 'SubnetId') ?? []),
              SecurityGroups: texts(balancer, 'SecurityGroups'),
            },
            attributes: {
              ...renamed(balancer, { DNSName: 'DNSName', CanonicalHostedZoneID: 'CanonicalHostedZoneId' }),
              ...(name === undefined ? {} : { LoadBalancerName: name }),
              LoadBalancerArn: id,
              LoadBalancerFullName: id.split(':loadbalancer/')[1] ?? id,
            },
            tags: { ...(name === undefined ? {} : { Name: name }), ...tagsOf(balancer) },
            isServer: true,
          },
        ],
      },
    ];
  },
  /** https://docs.aws.amazon.com/cli/latest/reference/elbv2/describe-listeners.html */
  Listeners: (listener) => {
    const id = text(listener, 'ListenerArn');
    if (id === undefined) return [];
    return [
      {
        id,
        account: id.split(':')[4]!,
        resources: [
          {
            type: 'AWS::ElasticLoadBalancingV2::Listener',
            id,
            properties: renamed(listener, {
              LoadBalancerArn: 'LoadBalancerArn',
              Port: 'Port',
              Protocol: 'Protocol',
              DefaultActions: 'DefaultActions',
              SslPolicy: 'SslPolicy',
            }),
            attributes: { ListenerArn: id },
            isServer: true,
          },
        ],
      },
    ];
  },
};
