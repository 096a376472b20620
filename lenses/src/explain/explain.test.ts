import { intentsOf } from '@terrace/cloud/views/intents';
import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../access/template.fixture.ts';
import { usageOf } from '../cost/bill/usage.ts';
import { loadPrices } from '../cost/prices/prices.ts';
import { breaksWithout, standingOf } from './breaks.ts';
import { explain, whoNeeds } from './explanation.ts';
import { withoutElement, withoutResource } from './without.ts';

const tier = (name: string, subnet: string, group: string) => ({
  [name]: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      SubnetId: { Ref: subnet },
      SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
    },
  },
});

const template = {
  Metadata: {
    'Terrace::Intents': [
      { id: 'page', verdict: 'allow', from: ['internet'], to: ['Web'], protocol: 'tcp', ports: '80' },
      { id: 'data', verdict: 'allow', from: ['Web'], to: ['Data'], protocol: 'tcp', ports: '5432' },
      { id: 'updates', verdict: 'allow', from: ['Data'], to: ['internet'], protocol: 'tcp', ports: '443' },
      { id: 'closed', verdict: 'forbid', from: ['internet'], to: ['Data'], protocol: 'all', ports: 'all' },
    ],
  },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attached: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
    },
    Open: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true },
    },
    Closed: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' } },
    OpenTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    OpenAssociation: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Open' }, RouteTableId: { Ref: 'OpenTable' } },
    },
    Out: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attached',
      Properties: {
        RouteTableId: { Ref: 'OpenTable' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'Gateway' },
      },
    },
    Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
    Nat: {
      Type: 'AWS::EC2::NatGateway',
      DependsOn: 'Attached',
      Metadata: { 'Terrace::Reason': { en: 'Servers fetch updates.', ko: '서버가 업데이트를 받습니다.' } },
      Properties: { SubnetId: { Ref: 'Open' }, AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] } },
    },
    ClosedTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    ClosedAssociation: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Closed' }, RouteTableId: { Ref: 'ClosedTable' } },
    },
    ByNat: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: 'ClosedTable' },
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: { Ref: 'Nat' },
      },
    },
    WebGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'web',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: [
          { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
          { IpProtocol: 'tcp', FromPort: 81, ToPort: 81, CidrIp: '10.0.0.0/16' },
        ],
      },
    },
    DataGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'data',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: [
          {
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5432,
            SourceSecurityGroupId: { 'Fn::GetAtt': ['WebGroup', 'GroupId'] },
          },
        ],
      },
    },
    ...tier('Web', 'Open', 'WebGroup'),
    ...tier('Data', 'Closed', 'DataGroup'),
    Spare: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
  },
};

const inventory = await inventoryOf(template);
const intents = intentsOf(inventory);
if (!intents.ok) throw new Error('the intents are wrong');
const standing = standingOf(inventory, intents.value);
const key = (logicalId: string) => inventory.resources.find((each) => each.logicalId === logicalId)!.key;
const names = (keys: readonly string[]) => keys.map((each) => each.split('/').at(-1)).sort();
const fallen = (logicalId: string) =>
  breaksWithout(standing, withoutResource(inventory, key(logicalId))).map(({ kind, id }) => `${kind} ${id}`);

describe('without a thing', () => {
  test('every intent holds while nothing is taken out', () => {
    expect([...standing.holding]).toEqual(['page', 'data', 'updates', 'closed']);
  });

  test.each([
    ['Nat', ['ByNat'], ['intent updates']],
    ['Address', ['Nat', 'ByNat'], ['intent updates']],
    ['ByNat', [], ['intent updates']],
    ['Out', [], ['intent page', 'intent updates']],
    ['Attached', [], ['intent page', 'intent updates']],
    ['Gateway', ['Attached', 'Out'], ['intent page', 'intent updates']],
    ['OpenAssociation', [], ['intent page', 'intent updates']],
    ['Web', [], ['intent page', 'intent data']],
    ['Data', [], ['intent data', 'intent updates']],
    ['Spare', [], []],
  ])('%s: %j cannot be created, %j fall', (logicalId, lost, broken) => {
    expect(names(withoutResource(inventory, key(logicalId)).cannotBeCreated)).toEqual([...lost].sort());
    expect(fallen(logicalId).filter((each) => each.startsWith('intent'))).toEqual(broken);
  });

  test('a group leaves the lists that name it, and rules that name it go', () => {
    const { inventory: left, cannotBeCreated } = withoutResource(inventory, key('WebGroup'));
    expect(cannotBeCreated).toEqual([]);
    const of = (logicalId: string) => left.resources.find((each) => each.logicalId === logicalId)!.properties;
    expect([of('Web').SecurityGroupIds, of('DataGroup').SecurityGroupIngress]).toEqual([[], []]);
    expect(fallen('WebGroup').filter((each) => each.startsWith('intent'))).toEqual(['intent page', 'intent data']);
  });

  test('each inline rule falls by itself', () => {
    const of = (index: number) =>
      breaksWithout(standing, withoutElement(inventory, key('WebGroup'), 'SecurityGroupIngress', index)).map(
        ({ id }) => id,
      );
    expect([of(0), of(1)]).toEqual([['page'], []]);
  });

  test('an intent falls with what stands in the way', () => {
    const [first] = breaksWithout(standing, withoutResource(inventory, key('ByNat')));
    expect(first!.because.en).toContain('ClosedTable');
    expect(first!.because.ko).toContain('ClosedTable');
  });
});

describe('explain', () => {
  const pricing = { usage: usageOf({}), book: loadPrices() };
  const of = (logicalId: string) =>
    explain(standing, inventory.resources.find((each) => each.logicalId === logicalId)!, pricing);

  test('says the stated reason, what it costs and what creates it', () => {
    const { reason, usd, actions, page, namedBy } = of('Nat');
    expect(reason?.en).toBe('Servers fetch updates.');
    expect(usd).toBeGreaterThan(40);
    expect(actions).toContain('ec2:CreateNatGateway');
    expect(page).toMatch(/aws-resource-ec2-natgateway\.html$/);
    expect(names(namedBy)).toEqual(['ByNat']);
  });

  test('says what each rule of a group is for', () => {
    expect(of('WebGroup').elements.map(({ text, breaks }) => [text, breaks.map(({ id }) => id)])).toEqual([
      ['IpProtocol tcp, FromPort 80, ToPort 80, CidrIp 0.0.0.0/0', ['page']],
      ['IpProtocol tcp, FromPort 81, ToPort 81, CidrIp 10.0.0.0/16', []],
    ]);
  });

  test('names who needs an action', () => {
    expect(whoNeeds(inventory, 'ec2:createnatgateway').map(({ key: of, phase }) => [of, phase])).toEqual([
      [key('Nat'), 'create'],
    ]);
    expect(whoNeeds(inventory, 'rds:CreateDBInstance')).toEqual([]);
  });
});
