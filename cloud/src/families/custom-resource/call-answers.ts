import { isObject, type Json, type JsonObject } from '../../json.ts';
import { text, texts } from '../../property.ts';
import type { Draft } from '../contract/identity.ts';
import { type CustomResourceCall, customResourceCall } from './custom-resource-call.ts';

type Found = NonNullable<ReturnType<Draft['find']>>;

/** A listing of things by their ids: the parameter with the ids, the list of the answer, and what each thing is there. */
interface Listing {
  readonly type: string;
  readonly ids: string;
  readonly list: string;
  answer(found: Found): JsonObject;
}

/**
 * Fields of the answer to an `AwsCustomResource`'s call, by the path that `getResponseField` takes, as far as the region knows them: the account, a
 * parameter, and things of the templates that the call asks for by id. What is not here is not known.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export function callAnswer(draft: Draft): JsonObject {
  const call = customResourceCall(draft.properties);
  if (!call || (call.region !== undefined && call.region !== draft.subject.region)) return {};
  switch (call.action) {
    case 'GetCallerIdentity':
      return { Account: draft.subject.account };
    case 'GetParameter': {
      const name = text(call.parameters, 'Name') ?? '';
      const parameter = draft.find(name);
      const value = parameter?.type === 'AWS::SSM::Parameter' ? text(parameter.properties, 'Value') : undefined;
      return value === undefined ? {} : { 'Parameter.Value': value, 'Parameter.Name': name };
    }
    default: {
      const listing = Object.hasOwn(listings, call.action) ? listings[call.action] : undefined;
      return listing ? listed(draft, call, listing) : {};
    }
  }
}

/** Nothing where one of the things is not in the templates: AWS's answer would count it. */
function listed(draft: Draft, { parameters }: CustomResourceCall, { type, ids, list, answer }: Listing): JsonObject {
  const wanted = [...texts(parameters, ids), ...(typeof parameters[ids] === 'string' ? [text(parameters, ids)!] : [])];
  const found = wanted.map((id) => draft.find(id));
  const others = Object.keys(parameters).filter((name) => name !== ids);
  if (wanted.length !== 1 || others.length > 0 || found[0]?.type !== type) return {};
  return fields({ [list]: [answer(found[0])] });
}

const listings: Readonly<Record<string, Listing>> = {
  DescribeVpcs: {
    ...{ type: 'AWS::EC2::VPC', ids: 'VpcIds', list: 'Vpcs' },
    answer: ({ physicalId, properties }) => ({
      VpcId: physicalId,
      ...some('CidrBlock', text(properties, 'CidrBlock')),
    }),
  },
  DescribeSubnets: {
    ...{ type: 'AWS::EC2::Subnet', ids: 'SubnetIds', list: 'Subnets' },
    answer: ({ physicalId, properties }) => ({
      SubnetId: physicalId,
      ...some('VpcId', text(properties, 'VpcId')),
      ...some('CidrBlock', text(properties, 'CidrBlock')),
      ...some('AvailabilityZone', text(properties, 'AvailabilityZone')),
    }),
  },
  DescribeSecurityGroups: {
    ...{ type: 'AWS::EC2::SecurityGroup', ids: 'GroupIds', list: 'SecurityGroups' },
    answer: ({ physicalId, properties }) => ({
      GroupId: physicalId,
      ...some('VpcId', text(properties, 'VpcId')),
      ...some('GroupName', text(properties, 'GroupName')),
      ...some('Description', text(properties, 'GroupDescription')),
    }),
  },
  DescribeLoadBalancers: {
    ...{ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', ids: 'LoadBalancerArns', list: 'LoadBalancers' },
    answer: (found) => ({
      LoadBalancerArn: found.physicalId,
      ...some('DNSName', text(found.attributes, 'DNSName')),
      ...some('CanonicalHostedZoneId', text(found.attributes, 'CanonicalHostedZoneID')),
    }),
  },
  DescribeDBInstances: {
    ...{ type: 'AWS::RDS::DBInstance', ids: 'DBInstanceIdentifier', list: 'DBInstances' },
    answer: (found) => ({
      DBInstanceIdentifier: found.physicalId,
      ...some('Endpoint', text(found.attributes, 'Endpoint.Address') === undefined ? undefined : endpointOf(found)),
    }),
  },
};

function endpointOf(found: Found): JsonObject {
  return {
    Address: text(found.attributes, 'Endpoint.Address')!,
    ...some('Port', text(found.attributes, 'Endpoint.Port')),
  };
}

function some(name: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

/** By their paths, for example `Vpcs.0.CidrBlock`. */
function fields(value: Json, path = ''): JsonObject {
  const inner = Array.isArray(value)
    ? value.map((each, index) => [String(index), each] as const)
    : isObject(value)
      ? Object.entries(value)
      : undefined;
  if (!inner) return { [path]: value };
  return Object.assign({}, ...inner.map(([name, each]) => fields(each, path === '' ? name : `${path}.${name}`)));
}
