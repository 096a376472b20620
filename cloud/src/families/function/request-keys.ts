import { isObject } from '../../json.ts';
import { type KeysOf, notKnown, stated, texts } from '../contract/request-keys.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
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
