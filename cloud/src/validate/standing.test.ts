import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import { fidelityReport, ignoredMistakes } from './fidelity.ts';

async function report(text: string) {
  const loaded = await loadTexts({ 'a.yaml': text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  const outcomes = fidelityReport(loaded.value).flatMap(({ resources, fidelity, how }) =>
    resources.map((key) => [key.split('/')[1], fidelity === 'unable' ? how.en : fidelity] as const),
  );
  return { outcomes: Object.fromEntries(outcomes), strict: ignoredMistakes(loaded.value).map(({ code }) => code) };
}

const network = `Parameters: { Elsewhere: { Type: String, Default: subnet-0123456789abcdef0 } }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.23.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.0.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.1.0/24, AvailabilityZone: !Select [1, !GetAZs ''] } }
  Six: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, Ipv6Native: true, Ipv6CidrBlock: '2600:1f14:aaaa:bb00::/64' } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro } } }
  Where: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: w, SubnetIds: [!Ref A, !Ref B] } }
`;
const fleet = 'MinSize: "1", MaxSize: "1", LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: "1" }';
const database =
  'Engine: postgres, DBInstanceClass: db.t3.micro, AllocatedStorage: "20", MasterUsername: owner, MasterUserPassword: secret-0001';
const outside =
  'it stands in a subnet outside of the templates (subnet-0123456789abcdef0): import it with terrace import, or let a usual one stand in with --assume';
const nowhere = 'its VPC or its subnets are not known here';
const imported = 'No stack that is loaded exports "subnet", so its value is not known here.';

describe('what stands nowhere cannot act', () => {
  test.each([
    ['EC2::Instance', 'ImageId: ami-0123456789abcdef0', 'real'],
    ['EC2::Instance', 'ImageId: ami-0123456789abcdef0, SubnetId: !Ref Elsewhere', outside],
    ['EC2::Instance', 'ImageId: ami-0123456789abcdef0, SubnetId: !ImportValue subnet', imported],
    [
      'EC2::Instance',
      'ImageId: ami-0123456789abcdef0, NetworkInterfaces: [{ DeviceIndex: "0", SubnetId: !Ref Elsewhere }]',
      outside,
    ],
    [
      'EC2::Instance',
      'ImageId: ami-0123456789abcdef0, SubnetId: !Ref Six',
      'it stands in a subnet of IPv6 alone, which is not carried out here',
    ],
    ['EC2::Instance', 'ImageId: ami-0123456789abcdef0, SubnetId: !Ref A', 'real'],
    ['EC2::NatGateway', 'SubnetId: !Ref Elsewhere, ConnectivityType: private', outside],
    ['AutoScaling::AutoScalingGroup', `${fleet}, AvailabilityZones: !GetAZs ''`, 'real'],
    [
      'AutoScaling::AutoScalingGroup',
      `${fleet}, AvailabilityZones: !ImportValue zones`,
      'No stack that is loaded exports "zones", so its value is not known here.',
    ],
    ['AutoScaling::AutoScalingGroup', `${fleet}, VPCZoneIdentifier: [!Ref Elsewhere]`, outside],
    ['AutoScaling::AutoScalingGroup', `${fleet}, VPCZoneIdentifier: [!ImportValue subnet]`, imported],
    ['AutoScaling::AutoScalingGroup', `${fleet}, VPCZoneIdentifier: [!Ref A]`, 'real'],
    ['ElasticLoadBalancingV2::LoadBalancer', 'Subnets: [!Ref Elsewhere, subnet-1]', outside],
    ['ElasticLoadBalancingV2::LoadBalancer', 'Scheme: internal, Subnets: [!Ref A, !Ref B]', 'real'],
    ['RDS::DBInstance', database, 'real'],
    ['EC2::Instance', 'LaunchTemplate: { LaunchTemplateName: elsewhere, Version: "1" }', nowhere],
    ['RDS::DBInstance', `${database}, DBSubnetGroupName: !Ref Where`, 'real'],
  ])('%s with %s: %s', async (type, properties, outcome) => {
    const { outcomes, strict } = await report(
      `${network}  It: { Type: 'AWS::${type}', Properties: { ${properties} } }`,
    );
    expect(outcomes.It).toBe(outcome);
    expect(strict.includes('CANNOT_ACT')).toBe(outcome !== 'real');
  });

  test('nor does what belongs to it', async () => {
    const { outcomes } = await report(`${network}
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [!Ref Elsewhere, subnet-1] } }
  Door:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }] }`);
    expect(outcomes).toMatchObject({ Front: outside, Door: outside, Vpc: 'real', A: 'real' });
  });

  test('a value that decides nothing keeps nothing from acting', async () => {
    const { outcomes, strict } = await report(
      `${network}  It: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, Tags: [{ Key: Name, Value: !ImportValue subnet }] } }`,
    );
    expect(outcomes.It).toBe('real');
    expect(strict).toContain('NOT_KNOWN');
  });
});
