import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { type Change, network, out, ref, refusals } from '../refusals.fixture.ts';

const endpoint = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::EC2::VPCEndpoint',
  Properties: { VpcId: ref('Vpc'), ServiceName: 'com.amazonaws.ap-northeast-2.ssm', ...properties },
});
const inside = (properties: JsonObject): JsonObject =>
  endpoint({ VpcEndpointType: 'Interface', SubnetIds: [ref('A')], ...properties });
const gateway = (properties: JsonObject): JsonObject =>
  endpoint({ ServiceName: 'com.amazonaws.ap-northeast-2.s3', ...properties });
const entry = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::EC2::NetworkAclEntry',
  Properties: {
    NetworkAclId: ref('Acl'),
    RuleNumber: 100,
    Protocol: 6,
    RuleAction: 'allow',
    CidrBlock: '0.0.0.0/0',
    PortRange: { From: 80, To: 80 },
    ...properties,
  },
});
const base = {
  ...network,
  Vpc: {
    Type: 'AWS::EC2::VPC',
    Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true },
  },
  A2: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.3.0/24', AvailabilityZone: 'ap-northeast-2a' },
  },
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
};

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['ENDPOINT_TYPE E ServiceName', { E: endpoint({}) }],
    ['ENDPOINT_TYPE E VpcEndpointType', { E: endpoint({ VpcEndpointType: 'Gateway' }) }],
    ['NOT_FOR_THIS_KIND E SubnetIds.0', { E: gateway({ SubnetIds: [ref('A')] }) }],
    ['NOT_FOR_THIS_KIND E RouteTableIds.0', { E: inside({ RouteTableIds: ['rtb-0123456789abcdef0'] }) }],
    ['ZONE_TWICE E SubnetIds.1', { E: inside({ SubnetIds: [ref('A'), ref('A2')] }) }],
    [
      'PRIVATE_NAME_TAKEN F PrivateDnsEnabled',
      { E: inside({ PrivateDnsEnabled: true }), F: inside({ SubnetIds: [ref('B')], PrivateDnsEnabled: true }) },
    ],
    ['DNS_OFF E PrivateDnsEnabled', { E: inside({ PrivateDnsEnabled: true }), Vpc: { EnableDnsHostnames: out } }],
    ['NUMBER_OUT_OF_RANGE N RuleNumber', { N: entry({ RuleNumber: 32767 }) }],
    ['NUMBER_OUT_OF_RANGE N RuleNumber', { N: entry({ RuleNumber: 0 }) }],
    ['MISSING_COMPANION N', { N: entry({ Protocol: 1 }) }],
    ['BAD_PORTS N PortRange', { N: entry({ PortRange: { From: 90, To: 80 } }) }],
    ['BAD_PORTS N PortRange', { N: entry({ PortRange: { From: 0, To: 65536 } }) }],
    ['EXCLUSIVE_PROPERTIES N Ipv6CidrBlock', { N: entry({ Ipv6CidrBlock: '::/0' }) }],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['a gateway for S3', { E: gateway({ RouteTableIds: ['rtb-0123456789abcdef0'] }) }],
    ['two zones', { E: inside({ SubnetIds: [ref('A'), ref('B')], PrivateDnsEnabled: true }) }],
    [
      'two endpoints, one with the name',
      { E: inside({ PrivateDnsEnabled: true }), F: inside({ PrivateDnsEnabled: false }) },
    ],
    [
      'two services',
      {
        E: inside({ PrivateDnsEnabled: true }),
        F: inside({ ServiceName: 'com.amazonaws.ap-northeast-2.ssmmessages', PrivateDnsEnabled: true }),
      },
    ],
    ['the last number', { N: entry({ RuleNumber: 32766 }) }],
    ['ICMP with its type', { N: entry({ Protocol: 1, Icmp: { Type: -1, Code: -1 } }) }],
    ['all protocols', { N: entry({ Protocol: -1 }) }],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
