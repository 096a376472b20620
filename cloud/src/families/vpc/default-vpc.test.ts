import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';
import { ofType } from '../../inventory.ts';

const image = 'ImageId: ami-0123456789abcdef0, InstanceType: t3.micro';
const resource = (type: string, properties: string) => `{ Type: 'AWS::${type}', Properties: { ${properties} } }`;

async function loaded(resources: Readonly<Record<string, string>>, options: Parameters<typeof loadTexts>[1] = {}) {
  const lines = Object.entries(resources).map(([name, text]) => `  ${name}: ${text}`);
  const result = await loadTexts({ 'a.yaml': `Resources:\n${lines.join('\n')}` }, options);
  if (!result.ok) throw new Error(result.mistakes.map(({ code, cause }) => `${code} ${cause.en}`).join('\n'));
  return result.value;
}

const attributesOf = (inventory: Awaited<ReturnType<typeof loaded>>, logicalId: string) =>
  inventory.resources.find((each) => each.logicalId === logicalId)!.attributes;

describe('the default VPC', () => {
  const vpc = resource('EC2::VPC', 'CidrBlock: 10.0.0.0/16');
  const group = 'GroupDescription: all';
  test.each([
    ['an instance', { It: resource('EC2::Instance', image) }],
    ['a group without a VPC', { It: resource('EC2::SecurityGroup', group) }],
    [
      'an Auto Scaling group of zones',
      {
        L: resource('EC2::LaunchTemplate', `LaunchTemplateData: { ${image} }`),
        It: resource(
          'AutoScaling::AutoScalingGroup',
          `MinSize: '1', MaxSize: '1', AvailabilityZones: !GetAZs '', LaunchTemplate: { LaunchTemplateId: !Ref L, Version: '1' }`,
        ),
      },
    ],
    [
      'a database',
      {
        It: resource(
          'RDS::DBInstance',
          `Engine: postgres, DBInstanceClass: db.t3.micro, AllocatedStorage: '20', MasterUsername: owner, MasterUserPassword: secret-0001`,
        ),
      },
    ],
  ])('is there for %s', async (_, resources) => {
    const inventory = await loaded(resources);
    expect(ofType(inventory, 'AWS::EC2::VPC').map(({ properties }) => properties.CidrBlock)).toEqual(['172.31.0.0/16']);
    expect(inventory.resources.map(({ logicalId }) => logicalId).sort()).toEqual(Object.keys(resources).sort());
  });

  test.each([
    ['nothing', { Vpc: vpc }],
    ['a group in a VPC of the template', { Vpc: vpc, It: resource('EC2::SecurityGroup', `${group}, VpcId: !Ref Vpc`) }],
    ['an instance whose subnet is not known', { It: resource('EC2::Instance', `${image}, SubnetId: !ImportValue x`) }],
    [
      'an instance whose zone is not known',
      { It: resource('EC2::Instance', `${image}, AvailabilityZone: !ImportValue x`) },
    ],
    ['a group whose VPC is not known', { It: resource('EC2::SecurityGroup', `${group}, VpcId: !ImportValue x`) }],
    [
      'an instance of a launch template that is not known',
      {
        L: resource('EC2::LaunchTemplate', `LaunchTemplateData: { ${image}, KeyName: !ImportValue x }`),
        It: resource('EC2::Instance', `LaunchTemplate: { LaunchTemplateId: !Ref L, Version: '1' }`),
      },
    ],
  ])('is not there for %s', async (_, resources) => {
    expect((await loaded(resources)).outside).toBeUndefined();
  });

  test('has a /20 subnet in each zone that gives public addresses', async () => {
    const inventory = await loaded({ It: resource('EC2::Instance', image) }, { region: 'us-east-1' });
    const subnets = ofType(inventory, 'AWS::EC2::Subnet').map(({ properties }) => properties);
    expect(subnets.map(({ AvailabilityZone, CidrBlock }) => `${AvailabilityZone} ${CidrBlock}`)).toEqual([
      'us-east-1a 172.31.0.0/20',
      'us-east-1b 172.31.16.0/20',
      'us-east-1c 172.31.32.0/20',
      'us-east-1d 172.31.48.0/20',
      'us-east-1e 172.31.64.0/20',
      'us-east-1f 172.31.80.0/20',
    ]);
    expect(subnets.every(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch === true)).toBe(true);
  });

  test('gives an instance its addresses, names and zone, and keeps them at the next load', async () => {
    const resources = { It: resource('EC2::Instance', `${image}, AvailabilityZone: !Select [1, !GetAZs '']`) };
    const first = await loaded(resources);
    const attributes = attributesOf(first, 'It');
    expect(attributes).toMatchObject({
      AvailabilityZone: 'ap-northeast-2b',
      PrivateIp: expect.stringMatching(/^172\.31\.(1[6-9]|2\d|3[01])\.\d+$/),
      PublicIp: expect.stringMatching(/^198\.18\./),
      PublicDnsName: expect.stringMatching(/^ec2-198-18-.*\.ap-northeast-2\.compute\.amazonaws\.com$/),
      VpcId: ofType(first, 'AWS::EC2::VPC')[0]!.physicalId,
    });
    const more = { Another: resource('EC2::Instance', image), ...resources };
    const second = await loaded(more, { allocations: first.allocations });
    expect(attributesOf(second, 'It')).toEqual(attributes);
  });

  test.each([
    ['', /^a-It-/],
    [', GroupName: web', /^web$/],
    [', VpcId: !Ref Vpc', /^sg-0/],
  ])('Ref of a group (%s) gives its name in the default VPC, its id elsewhere', async (more, reference) => {
    const inventory = await loaded({ Vpc: vpc, It: resource('EC2::SecurityGroup', `${group}${more}`) });
    const it = inventory.resources.find(({ logicalId }) => logicalId === 'It')!;
    expect(it.physicalId).toMatch(reference);
    expect(it.attributes.GroupId).toMatch(/^sg-0/);
  });

  test('is another VPC than one that the template makes', async () => {
    const failing = loaded({
      Vpc: vpc,
      Subnet: resource('EC2::Subnet', 'VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24'),
      Group: resource('EC2::SecurityGroup', group),
      It: resource('EC2::Instance', `${image}, SubnetId: !Ref Subnet, SecurityGroupIds: [!GetAtt Group.GroupId]`),
    });
    await expect(failing).rejects.toThrow('OTHER_VPC The security group Group belongs to another VPC');
  });

  test('belongs to an account and a region', async () => {
    const it = { It: resource('EC2::Instance', image) };
    const ids = await Promise.all(
      [{}, { region: 'us-east-1' }, { account: '111111111111' }].map(
        async (options) => ofType(await loaded(it, options), 'AWS::EC2::VPC')[0]!.physicalId,
      ),
    );
    expect(new Set(ids).size).toBe(3);
  });
});
