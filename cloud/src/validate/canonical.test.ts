import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';

async function load(type: string, properties: string) {
  const loaded = await loadTexts({
    'a.yaml': `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.22.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.22.0.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.22.1.0/24, AvailabilityZone: !Select [1, !GetAZs ''] } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  It: { Type: 'AWS::${type}', Properties: { ${properties} } }`,
  });
  const said = loaded.ok ? loaded.warnings : loaded.mistakes;
  const inventory = loaded.ok ? loaded.value : undefined;
  const find = (name: string) => inventory?.resources.find(({ logicalId }) => logicalId === name);
  return { properties: find('It')?.properties, codes: said.map(({ code }) => code), find };
}

// API_IpRange, API_CreateVpc, API_CreateSubnet, API_CreateRoute, API_CreateNetworkAclEntry: "we modify it to its canonical form"
describe('bits behind the length of a range are dropped, with a warning', () => {
  const ingress = (range: string) =>
    `GroupDescription: g, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${range} }]`;
  test.each([
    ['EC2::SecurityGroup', ingress('192.168.1.0/0'), '0.0.0.0/0'],
    ['EC2::SecurityGroup', ingress('100.68.0.18/18'), '100.68.0.0/18'],
    ['EC2::SecurityGroup', ingress('10.22.5.9/22'), '10.22.4.0/22'],
    ['EC2::SecurityGroupIngress', 'GroupId: sg-1, IpProtocol: "-1", CidrIp: 10.22.5.9/22', '10.22.4.0/22'],
    [
      'EC2::NetworkAclEntry',
      'NetworkAclId: !Ref Acl, RuleNumber: 1, Protocol: -1, RuleAction: allow, CidrBlock: 10.22.5.9/22',
      '10.22.4.0/22',
    ],
    [
      'EC2::Route',
      'RouteTableId: !Ref Table, DestinationCidrBlock: 172.16.9.1/16, TransitGatewayId: tgw-1',
      '172.16.0.0/16',
    ],
    ['EC2::VPC', 'CidrBlock: 100.68.0.18/18', '100.68.0.0/18'],
    ['EC2::Subnet', 'VpcId: !Ref Vpc, CidrBlock: 10.22.5.9/24', '10.22.5.0/24'],
  ])('%s with %s', async (type, properties, range) => {
    const { properties: made, codes } = await load(type, properties);
    expect(JSON.stringify(made)).toContain(`"${range}"`);
    expect(codes).toContain('RANGE_NOT_CANONICAL');
  });

  test('what is no range stays a mistake', async () => {
    expect((await load('EC2::SecurityGroup', ingress('10.0.0.1/33'))).codes).toEqual(['BAD_RANGE']);
  });
});

describe('RDS takes an engine in any case', () => {
  test.each([
    [
      'RDS::DBInstance',
      'Engine: MySQL, DBInstanceClass: db.t3.micro, AllocatedStorage: "20", MasterUsername: owner, MasterUserPassword: secret-0001',
      'Engine',
      'mysql',
    ],
    ['RDS::DBParameterGroup', 'Family: MySQL8.0, Description: d', 'Family', 'mysql8.0'],
    [
      'RDS::OptionGroup',
      'EngineName: MariaDB, MajorEngineVersion: "10.6", OptionGroupDescription: d',
      'EngineName',
      'mariadb',
    ],
    ['EC2::EIP', 'Domain: VPC', 'Domain', 'vpc'],
  ])('%s', async (type, properties, name, value) => {
    expect((await load(type, properties)).properties?.[name]).toBe(value);
  });
});

describe('subnets joined in one element', () => {
  const together = "[!Join [',', [!Ref A, !Ref B]]]";
  test('are two of an Auto Scaling group', async () => {
    const { properties, find } = await load(
      'AutoScaling::AutoScalingGroup',
      `MinSize: "1", MaxSize: "1", InstanceId: i-1, VPCZoneIdentifier: ${together}`,
    );
    expect(properties?.VPCZoneIdentifier).toEqual([find('A')?.physicalId, find('B')?.physicalId]);
  });

  test.each([
    ['ElasticLoadBalancingV2::LoadBalancer', `Subnets: ${together}`],
    ['RDS::DBSubnetGroup', `DBSubnetGroupDescription: d, SubnetIds: ${together}`],
  ])('are a mistake of %s', async (type, properties) => {
    expect((await load(type, properties)).codes).toEqual(['WRONG_VALUE']);
  });
});
