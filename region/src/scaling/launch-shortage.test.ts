import { loadTexts } from '@terrace/cloud/assembly/load';
import { statedSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { describe, expect, test } from 'vitest';
import { allowanceUnder, shortagesIn } from './launch-shortage.ts';

const group = (name: string, desired: number, type: string) => `
  ${name}Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, InstanceType: ${type}}}}
  ${name}: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "20", DesiredCapacity: "${desired}", VPCZoneIdentifier: [!Ref A], LaunchTemplate: {LaunchTemplateId: !Ref ${name}Template, Version: "1"}}}`;

async function load(...parts: readonly string[]): Promise<Inventory> {
  const loaded = await loadTexts({
    'template.yaml': `Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/28}}${parts.join('')}
`,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

const wanted = (each: Inventory['resources'][number]) => statedSizes(each).desired;

async function shortages(quota: number | null, ...parts: readonly string[]) {
  const inventory = await load(...parts);
  const allowance = allowanceUnder(quota, inventory, wanted);
  const capacityOf = (each: Inventory['resources'][number]) => Math.min(wanted(each), allowance.get(each.key) ?? 99);
  const fleet = initialFleet(inventory, capacityOf);
  const subnet = ofType(inventory, 'AWS::EC2::Subnet')[0]!.physicalId;
  return shortagesIn({ inventory, fleet }, wanted, { quota, allowance }).map(({ has, wanted: all, reason }) => [
    has,
    all,
    reason.includes(`subnet '${subnet}'`) ? 'subnet' : reason.includes(`limit of ${quota} `) ? 'quota' : reason,
  ]);
}

describe('a group is short', () => {
  test.each([
    ['nobody, where all fits', null, [group('Web', 3, 't3.micro')], []],
    ['of addresses: a /28 has eleven', null, [group('Web', 12, 't3.micro')], [[11, 12, 'subnet']]],
    ['of vCPUs', 4, [group('Web', 3, 't3.micro')], [[2, 3, 'quota']]],
    ['of all vCPUs', 0, [group('Web', 1, 't3.micro')], [[0, 1, 'quota']]],
    ['nobody, where the quota is met exactly', 6, [group('Web', 3, 't3.micro')], []],
    [
      'of what the first group leaves',
      8,
      [group('Web', 3, 't3.micro'), group('Was', 2, 't3.micro')],
      [[1, 2, 'quota']],
    ],
    ['of larger types sooner', 8, [group('Web', 3, 'm7g.xlarge')], [[2, 3, 'quota']]],
    ['nobody for a type with another quota', 2, [group('Web', 3, 'g5.xlarge')], []],
    ['of addresses before vCPUs', 24, [group('Web', 12, 't3.micro')], [[11, 12, 'subnet']]],
  ])('%s', async (_, quota, parts, expected) => {
    expect(await shortages(quota, ...parts)).toEqual(expected);
  });

  test('of what stated instances leave', async () => {
    const instance = `
  Server: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}}`;
    expect(await shortages(4, instance, group('Web', 2, 't3.micro'))).toEqual([[1, 2, 'quota']]);
  });
});
