import { describe, expect, test } from 'vitest';
import { addressOf, nodeOwner } from '../allocate/addresses.ts';
import type { Inventory } from '../inventory.ts';
import { loadTemplates, loadTexts } from './load.ts';

const network = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Range: { Type: String, Default: 10.10.0.0/16 }
Conditions:
  Wide: !Equals [!Ref Range, 10.10.0.0/16]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref Range
      Tags: [{ Key: Name, Value: !Sub '\${AWS::StackName}-vpc' }]
  Private:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !Select [0, !GetAZs '']
  Server:
    Type: AWS::EC2::Instance
    Condition: Wide
    Properties:
      SubnetId: !Ref Private
      ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}'
      UserData: { 'Fn::Base64': !Sub 'echo \${Vpc} \${!HOME} \${Private.AvailabilityZone}' }
Outputs:
  Subnet: { Value: !Ref Private, Export: { Name: !Sub '\${AWS::StackName}-subnet' } }
`;

const balancer = JSON.stringify({
  Resources: {
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Type: 'network', Scheme: 'internal', Subnets: [{ 'Fn::ImportValue': 'network-subnet' }] },
    },
  },
});

async function load(texts: Record<string, string>, options = {}): Promise<Inventory> {
  const result = await loadTexts(texts, options);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}

function find(inventory: Inventory, logicalId: string) {
  const resource = inventory.resources.find((each) => each.logicalId === logicalId);
  if (!resource) throw new Error(`${logicalId} is not there`);
  return resource;
}

describe('an inventory', () => {
  test('has every intrinsic function carried out', async () => {
    const inventory = await load({ 'network.yaml': network });
    const [vpc, subnet, server] = ['Vpc', 'Private', 'Server'].map((name) => find(inventory, name));
    expect(vpc!.physicalId).toMatch(/^vpc-0[0-9a-f]{16}$/);
    expect(vpc!.tags).toEqual({ Name: 'network-vpc' });
    expect(subnet!.properties).toEqual({
      VpcId: vpc!.physicalId,
      CidrBlock: '10.10.1.0/24',
      AvailabilityZone: 'ap-northeast-2a',
    });
    expect(server!.properties.ImageId).toMatch(/^ami-0[0-9a-f]{16}$/);
    expect(Buffer.from(String(server!.properties.UserData), 'base64').toString()).toBe(
      `echo ${vpc!.physicalId} \${HOME} ap-northeast-2a`,
    );
    expect(server!.attributes.PrivateIp).toMatch(/^10\.10\.1\.\d+$/);
    expect(server!.dependsOn).toEqual(['network/Private', 'network/Vpc']);
  });

  test('orders stacks by what they export and import', async () => {
    const inventory = await load({ 'balancer.json': balancer, 'network.yaml': network });
    expect(inventory.stacks.map((stack) => stack.name)).toEqual(['network', 'balancer']);
    expect(find(inventory, 'Balancer').properties.Subnets).toEqual([find(inventory, 'Private').physicalId]);
  });

  test('gives the nodes of a load balancer addresses in its subnets', async () => {
    const { allocations } = await load({ 'balancer.json': balancer, 'network.yaml': network });
    expect(addressOf(allocations, 'network/Private', nodeOwner('balancer/Balancer'))).toBeTypeOf('number');
  });

  test('is the same at every load, and renumbers nothing for a change elsewhere', async () => {
    const before = await load({ 'network.yaml': network });
    expect(await load({ 'network.yaml': network })).toEqual(before);
    const more = network.replace(
      'Outputs:',
      '  Another:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Private }\nOutputs:',
    );
    const after = await load({ 'network.yaml': more }, { allocations: before.allocations });
    expect(find(after, 'Server')).toEqual(find(before, 'Server'));
  });

  test('leaves out what a condition leaves out', async () => {
    const inventory = await load({ 'network.yaml': network }, { parameters: { Range: '10.20.0.0/16' } });
    expect(inventory.resources.map((each) => each.logicalId)).toEqual(['Vpc', 'Private']);
  });
});

test('a file without an end is refused, not read for ever', async () => {
  const result = await loadTemplates(['/dev/zero']);
  expect(result.ok ? [] : result.mistakes.map(({ code }) => code)).toEqual(['FILE_TOO_LARGE']);
});
