import { type KeysOf, notKnown, stated, texts } from '@terrace/cloud/families/contract/request-keys';
import { isObject } from '@terrace/cloud/json';
import { objects, text } from '@terrace/cloud/property';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html */
export const keysOfBalancers: Readonly<Record<string, KeysOf>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ resource: { properties } }) => ({
    'elasticloadbalancing:Scheme': stated(properties.Scheme) ?? 'internet-facing',
    'elasticloadbalancing:SecurityGroup': texts(properties.SecurityGroups),
    'elasticloadbalancing:Subnet': [
      ...texts(properties.Subnets),
      ...objects(properties, 'SubnetMappings').flatMap((each) => stated(each.SubnetId) ?? []),
    ],
  }),
  'AWS::ElasticLoadBalancing::LoadBalancer': ({ resource: { properties } }) => ({
    'elasticloadbalancing:Scheme': stated(properties.Scheme) ?? 'internet-facing',
    'elasticloadbalancing:SecurityGroup': texts(properties.SecurityGroups),
    'elasticloadbalancing:Subnet': texts(properties.Subnets),
    'elasticloadbalancing:ListenerProtocol': objects(properties, 'Listeners').flatMap(
      (each) => stated(each.Protocol)?.toUpperCase() ?? [],
    ),
  }),
  'AWS::ElasticLoadBalancingV2::Listener': ({ resource: { properties } }) => {
    const isSecure = /^(HTTPS|TLS)$/.test(text(properties, 'Protocol') ?? '');
    return {
      'elasticloadbalancing:ListenerProtocol': stated(properties.Protocol) ?? notKnown,
      'elasticloadbalancing:SecurityPolicy': stated(properties.SslPolicy) ?? (isSecure ? notKnown : undefined),
    };
  },
  'AWS::Lambda::Function': ({ inventory, resource: { properties }, find }) => {
    const network = isObject(properties.VpcConfig) ? properties.VpcConfig : {};
    const subnets = texts(network.SubnetIds);
    const vpcs = new Set(subnets.map((id) => stated(find(id)?.properties.VpcId)));
    return {
      'lambda:SubnetIds': subnets.length > 0 ? subnets : undefined,
      'lambda:SecurityGroupIds': subnets.length > 0 ? texts(network.SecurityGroupIds) : undefined,
      'lambda:VpcIds':
        subnets.length === 0 ? undefined : vpcs.has(undefined) ? notKnown : [...vpcs].map((each) => each!),
      'lambda:Layer': texts(properties.Layers),
      'lambda:CodeSigningConfigArn': stated(properties.CodeSigningConfigArn),
      'lambda:FunctionArn': `arn:aws:lambda:${inventory.region}:${inventory.account}:function:${stated(properties.FunctionName) ?? '*'}`,
    };
  },
  'AWS::Lambda::Permission': ({ resource: { properties } }) => ({
    'lambda:Principal': stated(properties.Principal),
    'lambda:FunctionUrlAuthType': stated(properties.FunctionUrlAuthType),
  }),
};
