import { objects } from '../../property.ts';
import { type KeysOf, stated, texts } from '../contract/request-keys.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::ElasticLoadBalancing::LoadBalancer': ({ resource: { properties } }) => ({
    'elasticloadbalancing:Scheme': stated(properties.Scheme) ?? 'internet-facing',
    'elasticloadbalancing:SecurityGroup': texts(properties.SecurityGroups),
    'elasticloadbalancing:Subnet': texts(properties.Subnets),
    'elasticloadbalancing:ListenerProtocol': objects(properties, 'Listeners').flatMap(
      (each) => stated(each.Protocol)?.toUpperCase() ?? [],
    ),
  }),
};
