import { objects, text } from '../../property.ts';
import { type KeysOf, notKnown, stated, texts } from '../contract/request-keys.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ resource: { properties } }) => ({
    'elasticloadbalancing:Scheme': stated(properties.Scheme) ?? 'internet-facing',
    'elasticloadbalancing:SecurityGroup': texts(properties.SecurityGroups),
    'elasticloadbalancing:Subnet': [
      ...texts(properties.Subnets),
      ...objects(properties, 'SubnetMappings').flatMap((each) => stated(each.SubnetId) ?? []),
    ],
  }),
  'AWS::ElasticLoadBalancingV2::Listener': ({ resource: { properties } }) => {
    const isSecure = /^(HTTPS|TLS)$/.test(text(properties, 'Protocol') ?? '');
    return {
      'elasticloadbalancing:ListenerProtocol': stated(properties.Protocol) ?? notKnown,
      'elasticloadbalancing:SecurityPolicy': stated(properties.SslPolicy) ?? (isSecure ? notKnown : undefined),
    };
  },
};
