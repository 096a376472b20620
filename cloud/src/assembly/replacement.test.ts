import { describe, expect, test } from 'vitest';
import type { Inventory } from '../inventory.ts';
import { type LoadOptions, loadTexts } from './load.ts';

interface Stated {
  readonly key?: string;
  readonly address?: string;
  readonly scheme?: string;
  readonly name?: string;
  readonly provided?: string;
}

const template = ({ key = 'one', address = '', scheme = 'internal', name = '', provided = 'a' }: Stated = {}) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attached: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Net: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a } }
  Far: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2b } }
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net, KeyName: ${key}${address} } }
  Other: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net, UserData: { 'Fn::Base64': !Sub 'ask \${Server.PrivateIp}' } } }
  Alarm: { Type: AWS::CloudWatch::Alarm, Properties: { Dimensions: [{ Name: InstanceId, Value: !Ref Server }], ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, MetricName: CPUUtilization, Namespace: AWS/EC2, Statistic: Average, Period: 60, Threshold: 80 } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: ${scheme}, Subnets: [!Ref Net, !Ref Far]${name} } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: "200" } }] } }
  Provided: { Type: Custom::Thing, Properties: { ServiceToken: arn:aws:lambda:ap-northeast-2:000000000000:function:thing, Value: ${provided} } }
`;

async function load(stated: Stated = {}, options: LoadOptions = {}): Promise<Inventory> {
  const loaded = await loadTexts({ 'a.yaml': template(stated) }, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

/** As `up` does it on a region that runs. */
const change = (present: Inventory, stated: Stated) => load(stated, { allocations: present.allocations, present });

function find({ resources }: Inventory, logicalId: string) {
  return resources.find((each) => each.logicalId === logicalId)!;
}

// cfn-update-behaviors
describe('a resource that a change replaces', () => {
  test('has a new identifier and address, and what refers to it follows', async () => {
    const before = await load();
    const after = await change(before, { key: 'two' });
    const [former, latter] = [find(before, 'Server'), find(after, 'Server')];
    expect(latter.physicalId).toMatch(/^i-0[0-9a-f]{16}$/);
    expect(latter.physicalId).not.toBe(former.physicalId);
    expect(latter.attributes.PrivateIp).toMatch(/^10\.0\.1\.\d+$/);
    expect(latter.attributes.PrivateIp).not.toBe(former.attributes.PrivateIp);
    expect(find(after, 'Alarm').properties.Dimensions).toEqual([{ Name: 'InstanceId', Value: latter.physicalId }]);
    const { UserData } = find(after, 'Other').properties;
    expect(Buffer.from(String(UserData), 'base64').toString()).toBe(`ask ${latter.attributes.PrivateIp}`);
  });

  test('renumbers no other', async () => {
    const before = await load();
    const after = await change(before, { key: 'two' });
    for (const name of ['Vpc', 'Net', 'Other', 'Balancer', 'Listener', 'Alarm']) {
      expect(find(after, name).physicalId).toBe(find(before, name).physicalId);
      expect(find(after, name).attributes).toEqual(find(before, name).attributes);
    }
  });

  test('stays the new one, whether the region runs or not, and is another one with the next replacement', async () => {
    const first = await load();
    const second = await change(first, { key: 'two' });
    expect(await change(second, { key: 'two' })).toEqual(second);
    expect(await load({ key: 'two' }, { allocations: second.allocations })).toEqual(second);
    const third = await change(second, { key: 'one' });
    const ids = [first, second, third].map((each) => find(each, 'Server').physicalId);
    expect(new Set(ids).size).toBe(3);
    const addresses = [first, second, third].map((each) => find(each, 'Server').attributes.PrivateIp);
    expect(addresses[2]).not.toBe(addresses[1]);
  });

  test('is the same one again, however often a change that came to nothing is asked for', async () => {
    const before = await load();
    expect(await change(before, { key: 'two' })).toEqual(await change(before, { key: 'two' }));
  });

  test.each([
    'many',
    'Infinity',
    '-1',
    '1e308',
    '',
    '0.5',
  ])('is counted anew from a count of "%s", which is none', async (count) => {
    const before = await load({}, { allocations: { 'replaced a/Server': count } });
    expect(before.resources).toEqual((await load()).resources);
    const after = await change(before, { key: 'two' });
    expect(find(after, 'Server').physicalId).not.toBe(find(before, 'Server').physicalId);
    expect(after.allocations['replaced a/Server']).toBe('1');
  });

  test('never takes the address of the one that still stands', async () => {
    let present = await load();
    for (let round = 0; round < 40; round++) {
      const next = await change(present, { key: `key-${round}` });
      expect(find(next, 'Server').attributes.PrivateIp).not.toBe(find(present, 'Server').attributes.PrivateIp);
      expect(find(next, 'Other').attributes.PrivateIp).toBe(find(present, 'Other').attributes.PrivateIp);
      present = next;
    }
    expect(
      Object.keys(present.allocations)
        .filter((key) => key.includes('Server'))
        .sort(),
    ).toEqual(['address a/Net a/Server', 'former a/Net a/Server', 'replaced a/Server']);
  });

  test('has an address also where its subnet has no other to give', async () => {
    const crowd = (key: string) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Net: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/28 } }
${Array.from({ length: 11 }, (_, index) => `  S${index}: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net, KeyName: ${key} } }`).join('\n')}
`;
    const loaded = async (key: string, options: LoadOptions = {}) => {
      const result = await loadTexts({ 'a.yaml': crowd(key) }, options);
      if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
      return result.value;
    };
    const addresses = ({ resources }: Inventory) =>
      resources.flatMap(({ type, attributes }) => (type === 'AWS::EC2::Instance' ? [attributes.PrivateIp] : []));
    const before = await loaded('one');
    const after = await loaded('two', { present: before, allocations: before.allocations });
    const all = Array.from({ length: 11 }, (_, index) => `10.0.1.${index + 4}`).sort();
    expect([...addresses(before)].sort()).toEqual(all);
    expect([...addresses(after)].sort()).toEqual(all);
    expect(await loaded('two', { allocations: after.allocations })).toEqual(after);
  });

  test('keeps an address that the template states', async () => {
    const address = ', PrivateIpAddress: 10.0.1.9';
    const before = await load({ address });
    const after = await change(before, { address, key: 'two' });
    expect(find(after, 'Server').physicalId).not.toBe(find(before, 'Server').physicalId);
    expect(find(after, 'Server').attributes.PrivateIp).toBe('10.0.1.9');
  });

  test('takes what it holds along: a listener of a load balancer with another name', async () => {
    const before = await load();
    const after = await change(before, { scheme: 'internet-facing' });
    for (const name of ['Balancer', 'Listener'])
      expect(find(after, name).physicalId).not.toBe(find(before, name).physicalId);
    const { DNSName, CanonicalHostedZoneID } = find(after, 'Balancer').attributes;
    expect(String(DNSName).replace(/^internal-/, '')).not.toBe(
      String(find(before, 'Balancer').attributes.DNSName).replace(/^internal-/, ''),
    );
    expect(CanonicalHostedZoneID).toBe(find(before, 'Balancer').attributes.CanonicalHostedZoneID);
    const nodes = ({ allocations }: Inventory) => allocations['address a/Net a/Balancer'];
    expect(nodes(after)).not.toBe(nodes(before));
  });

  test('keeps the name that the template gives it', async () => {
    const name = ', Name: front';
    const before = await load({ name });
    const after = await change(before, { name, scheme: 'internet-facing' });
    expect(find(after, 'Balancer').attributes.LoadBalancerName).toBe('front');
  });

  test('is a group, with all of its members, where its update policy says so of another launch', async () => {
    const group = (userData: string, replaces: boolean) => `
Resources:
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, UserData: { 'Fn::Base64': ${userData} } } } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: ${replaces} } }
    Properties: { MinSize: "1", MaxSize: "1", AvailabilityZones: [ap-northeast-2a], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: !GetAtt Launch.LatestVersionNumber } }
`;
    const loaded = async (text: string, present?: Inventory) => {
      const result = await loadTexts({ 'a.yaml': text }, present ? { present, allocations: present.allocations } : {});
      if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
      return result.value;
    };
    for (const replaces of [true, false]) {
      const before = await loaded(group('one', replaces));
      const after = await loaded(group('two', replaces), before);
      expect(find(after, 'Launch').physicalId).toBe(find(before, 'Launch').physicalId);
      expect(find(after, 'Group').properties.LaunchTemplate).toMatchObject({ Version: '2' });
      expect(find(after, 'Group').physicalId !== find(before, 'Group').physicalId).toBe(replaces);
      expect(await loaded(group('two', replaces), after)).toEqual(after);
      expect(find(await loaded(group('one', replaces), after), 'Launch').attributes.LatestVersionNumber).toBe('3');
    }
  });

  test('is none whose provider decides: a custom resource', async () => {
    const before = await load();
    const after = await change(before, { provided: 'b' });
    expect(find(after, 'Provided').physicalId).toBe(find(before, 'Provided').physicalId);
  });
});
