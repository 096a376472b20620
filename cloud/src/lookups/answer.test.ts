import { describe, expect, test } from 'vitest';
import { zonesOf } from '../allocate/zones.ts';
import { loadTexts } from '../assembly/load.ts';
import { defaultVpcId } from '../families/vpc/default-vpc.ts';
import type { Json, JsonObject } from '../json.ts';
import { answerLookup, imageNamesOf } from './answer.ts';

const home = { account: '000000000000', region: 'ap-northeast-2' };

const template = `
Resources:
  Net:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.1.0.0/16, Tags: [{ Key: Name, Value: shop }, { Key: team, Value: web }] }
  Other:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.2.0.0/16, Tags: [{ Key: team, Value: data }] }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attached:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Net, InternetGatewayId: !Ref Gateway }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Net } }
  Out:
    Type: AWS::EC2::Route
    DependsOn: Attached
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Routed: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Door, RouteTableId: !Ref Table } }
  Door: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Net, CidrBlock: 10.1.0.0/24, AvailabilityZone: ap-northeast-2a } }
  Cellar:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Net
      CidrBlock: 10.1.1.0/24
      AvailabilityZone: ap-northeast-2b
      Tags: [{ Key: 'aws-cdk:subnet-name', Value: Data }, { Key: 'aws-cdk:subnet-type', Value: Isolated }]
  Second: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Net, CidrBlock: 10.1.2.0/24, AvailabilityZone: ap-northeast-2b } }
  Closed:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: closed
      GroupName: closed
      VpcId: !Ref Net
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }]
  Open: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: open, GroupName: open, VpcId: !Ref Net } }
  Zone: { Type: AWS::Route53::HostedZone, Properties: { Name: example.com } }
  Inside:
    Type: AWS::Route53::HostedZone
    Properties: { Name: example.com, VPCs: [{ VPCId: !Ref Net, VPCRegion: ap-northeast-2 }] }
  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [] } } }
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/shop, TargetKeyId: !Ref Key } }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [!Ref Door, !Ref Second], SecurityGroups: [!Ref Open], Tags: [{ Key: part, Value: front }] }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }]
  Url: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/url, Type: String, Value: https://shop.example } }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: orders, VisibilityTimeout: 45 } }
`;

const loaded = await loadTexts({ 'shop.yaml': template });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
const inventory = loaded.value;
const id = (logicalId: string) => inventory.resources.find((each) => each.logicalId === logicalId)!.physicalId;

function ask(provider: string, props: JsonObject, known = true) {
  const from = { inventories: known ? [inventory] : [], parameters: { 'ssm:/given': 'by hand' } };
  return answerLookup({ key: 'k', provider, props: { ...home, ...props } }, from);
}

describe('a lookup is answered', () => {
  test.each<[string, JsonObject, Json]>([
    ['availability-zones', {}, ['a', 'b', 'c', 'd'].map((each) => `ap-northeast-2${each}`)],
    ['availability-zones', { region: 'us-west-1' }, ['us-west-1a', 'us-west-1c']],
    ['ssm', { parameterName: '/shop/url' }, 'https://shop.example'],
    ['ssm', { parameterName: '/given' }, 'by hand'],
    [
      'ssm',
      { parameterName: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
      expect.stringMatching(/^ami-0/) as never,
    ],
    ['ami', { filters: { name: ['al2023-ami-*'] } }, expect.stringMatching(/^ami-0/) as never],
    ['security-group', { securityGroupId: id('Closed') }, { securityGroupId: id('Closed'), allowAllOutbound: false }],
    [
      'security-group',
      { securityGroupName: 'open', vpcId: id('Net') },
      { securityGroupId: id('Open'), allowAllOutbound: true },
    ],
    ['hosted-zone', { domainName: 'example.com' }, { Id: `/hostedzone/${id('Zone')}`, Name: 'example.com.' }],
    [
      'hosted-zone',
      { domainName: 'Example.com.', privateZone: true, vpcId: id('Net') },
      { Id: `/hostedzone/${id('Inside')}`, Name: 'example.com.' },
    ],
    ['key-provider', { aliasName: 'alias/shop' }, { keyId: id('Key') }],
    [
      'load-balancer',
      { loadBalancerTags: [{ key: 'part', value: 'front' }], loadBalancerType: 'application' },
      expect.objectContaining({
        loadBalancerArn: id('Balancer'),
        vpcId: id('Net'),
        securityGroupIds: [id('Open')],
      }) as never,
    ],
    [
      'load-balancer-listener',
      { loadBalancerArn: id('Balancer'), listenerPort: 80 },
      { listenerArn: id('Listener'), listenerPort: 80, securityGroupIds: [id('Open')] },
    ],
    [
      'cc-api-provider',
      {
        typeName: 'AWS::SQS::Queue',
        propertyMatch: { QueueName: 'orders' },
        propertiesToReturn: ['VisibilityTimeout'],
      },
      [{ Identifier: id('Queue'), VisibilityTimeout: 45 }],
    ],
    [
      'vpc-provider',
      { filter: { 'tag:Name': 'sh*' } },
      expect.objectContaining({ vpcId: id('Net'), vpcCidrBlock: '10.1.0.0/16' }) as never,
    ],
    [
      'vpc-provider',
      { filter: { cidr: '10.2.0.0/16', isDefault: 'false' } },
      expect.objectContaining({ vpcId: id('Other') }) as never,
    ],
  ])('of %s %j by the region or its templates', (provider, props, value) => {
    expect(ask(provider, props)).toEqual({ kind: 'known', value });
  });

  test('of a VPC with its subnets by type, name and zone', () => {
    const answer = ask('vpc-provider', { filter: { 'vpc-id': id('Net') }, returnAsymmetricSubnets: true });
    const groups = answer.kind === 'known' ? (answer.value as JsonObject).subnetGroups : [];
    expect(groups).toMatchObject([
      {
        name: 'Public',
        type: 'Public',
        subnets: [{ subnetId: id('Door'), routeTableId: id('Table'), cidr: '10.1.0.0/24' }],
      },
      { name: 'Data', type: 'Isolated', subnets: [{ availabilityZone: 'ap-northeast-2b' }] },
      { name: 'Isolated', type: 'Isolated', subnets: [{ subnetId: id('Second') }] },
    ]);
  });

  test.each<[string, JsonObject]>([
    ['ssm', { parameterName: '/nowhere' }],
    ['security-group', { securityGroupId: 'sg-0aa11bb22cc33dd44' }],
    ['security-group', { securityGroupName: 'open', vpcId: 'vpc-0123456789abcdef0' }],
    ['hosted-zone', { domainName: 'other.example' }],
    ['hosted-zone', { domainName: 'example.com', region: 'us-east-1' }],
    ['key-provider', { aliasName: 'alias/other' }],
    ['load-balancer', { loadBalancerTags: [{ key: 'part', value: 'back' }] }],
    ['load-balancer-listener', { loadBalancerArn: id('Balancer'), listenerPort: 443 }],
    ['vpc-provider', { filter: { 'vpc-id': 'vpc-0aa11bb22cc33dd44' }, returnAsymmetricSubnets: true }],
    ['vpc-provider', { filter: { 'tag:Name': 'shop', 'tag:stage': 'live' } }],
    ['vpc-provider', { filter: { 'tag:Name': 'shop' }, account: '111122223333' }],
    [
      'cc-api-provider',
      {
        typeName: 'AWS::RDS::DBInstance',
        exactIdentifier: 'x',
        propertiesToReturn: [],
        dummyValue: [{ Identifier: 'x' }],
      },
    ],
  ])('of %s %j by a stand-in that says so, the same each time', (provider, props) => {
    const answer = ask(provider, props);
    expect(answer.kind).toBe('stand-in');
    expect(ask(provider, props)).toEqual(answer);
  });

  test.each<[string, JsonObject, string]>([
    ['vpc-provider', { filter: { 'tag-key': 'team' } }, '2 VPCs match'],
    ['plugin', { pluginName: 'vault' }, 'plugin vault'],
    ['cc-api-provider', { typeName: 'AWS::SQS::Queue', exactIdentifier: 'x', propertiesToReturn: [] }, 'Nothing here'],
  ])('of %s %j not by a guess', (provider, props, why) => {
    expect(ask(provider, props)).toMatchObject({ kind: 'none', why: { en: expect.stringContaining(why) } });
  });
});

test.each([
  { isDefault: 'true' },
  { isDefault: 'true', 'owner-id': home.account },
])('the default VPC of %j is the account’s own, with a public subnet in each zone', (filter) => {
  const answer = ask('vpc-provider', { filter, returnAsymmetricSubnets: true }, false);
  expect(answer).toMatchObject({ kind: 'known', value: { vpcId: defaultVpcId(home), vpcCidrBlock: '172.31.0.0/16' } });
  const value = answer.kind === 'known' ? (answer.value as JsonObject) : {};
  expect(value.subnetGroups).toMatchObject([
    { type: 'Public', subnets: zonesOf(home.region).map((zone) => ({ availabilityZone: zone })) },
  ]);
  expect(ask('vpc-provider', { filter: { 'vpc-id': value.vpcId! } }, false).kind).toBe('known');
});

test('a VPC that stands in has three subnets of each kind, with the id that was asked for', () => {
  const answer = ask('vpc-provider', { filter: { 'vpc-id': 'vpc-0aa' }, returnAsymmetricSubnets: true }, false);
  const value = answer.kind === 'stand-in' ? (answer.value as JsonObject) : {};
  expect(value.vpcId).toBe('vpc-0aa');
  const groups = value.subnetGroups as { type: string; subnets: { cidr: string }[] }[];
  expect(groups.map(({ type, subnets }) => [type, subnets.length])).toEqual([
    ['Public', 3],
    ['Private', 3],
    ['Isolated', 3],
  ]);
  const ranges = groups.flatMap(({ subnets }) => subnets.map(({ cidr }) => cidr));
  expect(new Set(ranges).size).toBe(9);
});

test('images are known by the names under which CDK keeps them', () => {
  expect(
    imageNamesOf({
      'ami:account=1:filters.image-type.0=machine:filters.name.0=ubuntu/images/*-22.04-*:owners.0=099720109477:region=r':
        'ami-1',
      'ssm:account=1:parameterName=/aws/service/x$:1:region=r': 'ami-2',
      'ssm:account=1:parameterName=/shop/url:region=r': 'https://shop.example',
    }),
  ).toEqual({ 'ami-1': ['ubuntu/images/*-22.04-*'], 'ami-2': ['/aws/service/x:1'] });
});
