import { isObject, type Json, type JsonObject } from '../../json.ts';

/** A call of AWS's API that a custom resource makes when it is created. */
export interface CustomResourceCall {
  /** As the API names it, for example `ModifyVpcPeeringConnectionOptions`. */
  readonly action: string;
  readonly parameters: JsonObject;
  /** Where it is made, if not in the stack's own region. */
  readonly region?: string;
}

/**
 * The call of CDK's `AwsCustomResource`, whose `Create` holds it as a text of JSON; `undefined` for what holds none.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export function customResourceCall(properties: JsonObject): CustomResourceCall | undefined {
  const call = parsed(properties.Create);
  if (!isObject(call) || typeof call.action !== 'string') return undefined;
  const action = call.action.replace(/Command$/, '');
  return {
    action: action.charAt(0).toUpperCase() + action.slice(1),
    parameters: isObject(call.parameters) ? call.parameters : {},
    ...(typeof call.region === 'string' ? { region: call.region } : {}),
  };
}

function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html */
export const peeringOptions = 'ModifyVpcPeeringConnectionOptions';

/** Calls whose answers the region itself knows, so that what refers to a field of them has its value. */
export const answeredCalls: readonly string[] = [
  ...['GetCallerIdentity', 'GetParameter', 'PutParameter', 'DescribeVpcs', 'DescribeSubnets', 'DescribeSecurityGroups'],
  ...['DescribeLoadBalancers', 'DescribeDBInstances'],
];
