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
    ['UNKNOWN_REFERENCE', 'Servrs', 'Did you mean Servers?'],
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
