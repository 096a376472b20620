import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import { initialFleet } from './initial-fleet.ts';
import { networkView } from './network/network-view.ts';
import { resolveReference } from './reference.ts';

const template = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16, Tags: [{ Key: Name, Value: main }] } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24, AvailabilityZone: ap-northeast-2a } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.2.0/24, AvailabilityZone: ap-northeast-2b } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: servers, VpcId: !Ref Vpc, Tags: [{ Key: Name, Value: web }] } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, SecurityGroupIds: [!GetAtt Group.GroupId] } } }
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '2'
      MaxSize: '2'
      VPCZoneIdentifier: [!Ref A, !Ref B]
      LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' }
      Tags: [{ Key: Name, Value: web, PropagateAtLaunch: true }]
  Twin: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, Tags: [{ Key: Name, Value: twin }] } }
  OtherTwin: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref B, Tags: [{ Key: Name, Value: twin }] } }
  Bucket: { Type: AWS::S3::Bucket }
`;

async function resolve(reference: string) {
  const loaded = await loadTexts({ 'stack.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const network = networkView(loaded.value, initialFleet(loaded.value));
  return resolveReference(reference, loaded.value, network);
}

describe('a reference', () => {
  test.each([
    ['a logical id', 'Servers', ['web/0', 'web/1']],
    ['a logical id with its stack', 'stack/Servers', ['web/0', 'web/1']],
    ['a Name tag, of what holds interfaces before what they lie in', 'web', ['web/0', 'web/1']],
    ['a member of a group', 'web/1', ['web/1']],
    ['a security group', 'Group', ['web/0', 'web/1']],
    ['a subnet', 'B', ['OtherTwin', 'twin', 'web/1']],
    ['a VPC by its Name tag', 'main', ['twin', 'twin', 'web/0', 'web/1']],
    ['a range', '10.20.0.0/16', ['twin', 'twin', 'web/0', 'web/1']],
  ])('may be %s: %s', async (_, reference, names) => {
    const found = await resolve(reference);
    const expected = names.filter((each) => each !== 'OtherTwin').sort();
    expect(found.ok && found.value.interfaces.map((each) => each.name).sort()).toEqual(expected);
  });

  test('may be the internet, everything, or an address that nobody holds', async () => {
    expect(await resolve('internet')).toMatchObject({ ok: true, value: { internet: true, interfaces: [] } });
    expect(await resolve('any')).toMatchObject({ ok: true, value: { internet: true } });
    expect(await resolve('198.51.100.7')).toMatchObject({ ok: true, value: { interfaces: [], range: { length: 32 } } });
  });

  test.each([
    ['UNKNOWN_REFERENCE', 'Servrs', 'Did you mean Servers? Nearest names: Servers, '],
    ['AMBIGUOUS_REFERENCE', 'twin', 'Name one of them, for example stack/Twin.'],
    ['NOTHING_TO_REACH', 'Bucket', 'Name an instance'],
  ])('that leads nowhere is %s: %s', async (code, reference, next) => {
    const found = await resolve(reference);
    const [first] = found.ok ? [] : found.mistakes;
    expect(first).toMatchObject({ code });
    expect(first!.next.en).toContain(next);
    expect(first!.next.ko).not.toBe(first!.next.en);
  });
});

/** As CDK writes it: paths in the metadata, a hash at the end of each logical id, Name tags of the whole construct. */
const made = (path: string, type: string, properties: object, name?: string) => {
  const id = `${path
    .split('/')
    .slice(1)
    .filter((each) => each !== 'Resource')
    .join('')
    .replaceAll(/[^A-Za-z0-9]/g, '')}0A1B2C3D`;
  const Tags =
    name === undefined
      ? {}
      : {
          Tags: [
            {
              Key: 'Name',
              Value: name,
              ...(type.endsWith('Group') && type.includes('AutoScaling') ? { PropagateAtLaunch: true } : {}),
            },
          ],
        };
  return [id, { Type: type, Properties: { ...properties, ...Tags }, Metadata: { 'aws:cdk:path': path } }] as const;
};
const image = { ImageId: 'ami-0123456789abcdef0' };
const app = {
  Resources: Object.fromEntries([
    made('Shop/Vpc/Resource', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, 'Shop/Vpc'),
    made(
      'Shop/Vpc/PublicSubnet1/Subnet',
      'AWS::EC2::Subnet',
      { VpcId: { Ref: 'Vpc0A1B2C3D' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'ap-northeast-2a' },
      'Shop/Vpc/PublicSubnet1',
    ),
    made(
      'Shop/Vpc/PublicSubnet2/Subnet',
      'AWS::EC2::Subnet',
      { VpcId: { Ref: 'Vpc0A1B2C3D' }, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'ap-northeast-2b' },
      'Shop/Vpc/PublicSubnet2',
    ),
    made('Shop/Alb/SecurityGroup/Resource', 'AWS::EC2::SecurityGroup', {
      GroupDescription: 'alb',
      GroupName: 'front-door',
      VpcId: { Ref: 'Vpc0A1B2C3D' },
    }),
    made('Shop/Alb/Resource', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: 'storefront',
      Scheme: 'internal',
      Subnets: [{ Ref: 'VpcPublicSubnet1Subnet0A1B2C3D' }, { Ref: 'VpcPublicSubnet2Subnet0A1B2C3D' }],
      SecurityGroups: [{ Ref: 'AlbSecurityGroup0A1B2C3D' }],
    }),
    made('Shop/Web/LaunchTemplate/Resource', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: image }),
    made(
      'Shop/Web/ASG',
      'AWS::AutoScaling::AutoScalingGroup',
      {
        MinSize: '2',
        MaxSize: '2',
        VPCZoneIdentifier: [{ Ref: 'VpcPublicSubnet1Subnet0A1B2C3D' }],
        LaunchTemplate: { LaunchTemplateId: { Ref: 'WebLaunchTemplate0A1B2C3D' }, Version: '1' },
      },
      'Shop/Web',
    ),
    made(
      'Shop/Blue/Server/Resource',
      'AWS::EC2::Instance',
      { ...image, SubnetId: { Ref: 'VpcPublicSubnet1Subnet0A1B2C3D' } },
      'Shop/Blue/Server',
    ),
    made(
      'Shop/Green/Server/Resource',
      'AWS::EC2::Instance',
      { ...image, SubnetId: { Ref: 'VpcPublicSubnet1Subnet0A1B2C3D' } },
      'Shop/Green/Server',
    ),
    made(
      'Shop/Bastion/Host/Resource',
      'AWS::EC2::Instance',
      { ...image, SubnetId: { Ref: 'VpcPublicSubnet2Subnet0A1B2C3D' } },
      'jump',
    ),
  ]),
};

describe('in a CDK app a reference', () => {
  const nodes = ['Shop/Alb/ap-northeast-2a', 'Shop/Alb/ap-northeast-2b'];
  const loaded = loadTexts({ 'Shop.json': JSON.stringify(app) });
  const ask = async (reference: string) => {
    const read = await loaded;
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    return resolveReference(reference, read.value, networkView(read.value, initialFleet(read.value)));
  };

  test.each([
    ['Alb', nodes],
    ['alb', nodes],
    ['Shop/Alb', nodes],
    ['Shop/Alb/Resource', nodes],
    ['Alb0A1B2C3D', nodes],
    ['alb0a1b2c3d', nodes],
    ['storefront', nodes],
    ['STOREFRONT', nodes],
    ['Alb/ap-northeast-2b', nodes.slice(1)],
    ['front-door', nodes],
    ['Alb/SecurityGroup', nodes],
    ['Web', ['Shop/Web/0', 'Shop/Web/1']],
    ['Web/ASG', ['Shop/Web/0', 'Shop/Web/1']],
    ['WebASG0A1B2C3D', ['Shop/Web/0', 'Shop/Web/1']],
    ['Web/1', ['Shop/Web/1']],
    ['web/1', ['Shop/Web/1']],
    ['WebASG0A1B2C3D/0', ['Shop/Web/0']],
    ['Shop/Web/0', ['Shop/Web/0']],
    ['Blue/Server', ['Shop/Blue/Server']],
    ['green', ['Shop/Green/Server']],
    ['Host', ['jump']],
    ['Bastion', ['jump']],
    ['JUMP', ['jump']],
    ['PublicSubnet2', [...nodes.slice(1), 'jump']],
    ['shop/vpc/publicsubnet2', [...nodes.slice(1), 'jump']],
  ])('may be %s', async (reference, names) => {
    const found = await ask(reference);
    expect(found.ok ? found.value.interfaces.map(({ name }) => name).sort() : found.mistakes).toEqual(names);
  });

  test.each([
    ['Server', 'AMBIGUOUS_REFERENCE', 'Shop/Blue/Server (AWS::EC2::Instance), Shop/Green/Server (AWS::EC2::Instance).'],
    ['Shop', 'AMBIGUOUS_REFERENCE', 'Shop/Alb (AWS::ElasticLoadBalancingV2::LoadBalancer), Shop/Web'],
    ['Web/7', 'UNKNOWN_REFERENCE', 'Nearest names: Shop/Web'],
    ['Abl', 'UNKNOWN_REFERENCE', 'Did you mean Alb?'],
  ])('that is not one thing lists what is near: %s', async (reference, code, said) => {
    const found = await ask(reference);
    const [wrong] = found.ok ? [] : found.mistakes;
    expect(wrong?.code).toBe(code);
    expect(`${wrong?.cause.en} ${wrong?.next.en}`).toContain(said);
  });
});
