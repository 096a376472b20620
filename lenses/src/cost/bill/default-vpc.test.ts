import { loadTexts } from '@terrace/cloud/assembly/load';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { describe, expect, test } from 'vitest';
import { chargesOf } from './charges-of.ts';
import { openReading } from './estate.ts';
import { usageOf } from './usage.ts';

const launch = 'ImageId: ami-0123456789abcdef0, InstanceType: t3.micro';
const listeners = 'Listeners: [{ LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP }]';

/** How many public addresses are charged. */
async function publicAddresses(resources: string): Promise<number> {
  const loaded = await loadTexts({ 'a.yaml': `Resources:\n${resources}` });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const estate = { inventory: loaded.value, fleet: initialFleet(loaded.value) };
  const reading = openReading(estate, usageOf(), '2026-10');
  const charges = loaded.value.resources.flatMap((each) => {
    const reader = chargesOf(each.type);
    return typeof reader === 'function' ? reader(each, reading) : [];
  });
  return charges.filter(({ heading }) => heading === 'addresses').reduce((sum, { quantity }) => sum + quantity, 0);
}

describe('public IPv4 addresses in the default VPC', () => {
  const server = `  Web: { Type: AWS::EC2::Instance, Properties: { ${launch} } }`;
  const front = (more: string) =>
    `  Front: { Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: { AvailabilityZones: [ap-northeast-2a, ap-northeast-2b], ${listeners}${more} } }`;
  const group = `  L: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ${launch} } } }
  G: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '3', MaxSize: '3', AvailabilityZones: !GetAZs '', LaunchTemplate: { LaunchTemplateId: !Ref L, Version: '1' } } }`;
  test.each([
    ['an instance has one', server, 1],
    [
      'an Elastic IP takes its place',
      `${server}\n  Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc, InstanceId: !Ref Web } }`,
      1,
    ],
    ['each member of a group has one', group, 3],
    ['a Classic Load Balancer has one in each zone', front(''), 2],
    ['an internal one has none', front(', Scheme: internal'), 0],
  ])('%s', async (_, resources, count) => {
    expect(await publicAddresses(resources)).toBe(count);
  });
});
