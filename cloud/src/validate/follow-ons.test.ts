import { describe, expect, test } from 'vitest';
import { type Change, network, out, ref, refusals } from '../families/refusals.fixture.ts';

const base = {
  ...network,
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  Route: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attachment',
    Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') },
  },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('A'), RouteTableId: ref('Table') },
  },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DependsOn: 'Attachment',
    Properties: { Subnets: [ref('A'), ref('B')], SecurityGroups: [ref('Group')] },
  },
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP' },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('Balancer'),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    },
  },
};

describe('one fault gives one mistake', () => {
  test.each<[string, Record<string, Change>]>([
    ['WRONG_IDENTIFIER Attachment VpcId', { Attachment: { VpcId: 'text' } }],
    ['MISSING_PROPERTY Attachment', { Attachment: { VpcId: out } }],
    ['WRONG_IDENTIFIER Table VpcId', { Table: { VpcId: 'text' } }],
    ['WRONG_IDENTIFIER A VpcId', { A: { VpcId: 'text' } }],
    ['WRONG_IDENTIFIER Route GatewayId', { Route: { GatewayId: 'text' } }],
    ['WRONG_VALUE Balancer Type', { Balancer: { Type: 'classic' } }],
    ['PROTOCOL_NOT_SUPPORTED Listener Protocol', { Listener: { Protocol: 'TCP' } }],
    ['WRONG_IDENTIFIER Group VpcId', { Group: { VpcId: 'text' } }],
    [
      'LISTED_TWICE Balancer SecurityGroups.1',
      { Balancer: { SecurityGroups: [ref('Group'), ref('Group'), ref('Group')] } },
    ],
  ])('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

test('two faults give two mistakes', async () => {
  expect(await refusals(base, { A: { CidrBlock: '10.1.0.0/24' }, Listener: { Port: 0 } })).toEqual([
    'SUBNET_OUTSIDE_VPC A CidrBlock',
    'NUMBER_OUT_OF_RANGE Listener Port',
  ]);
});
