import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { describe, expect, test } from 'vitest';
import type { Outline } from '../outline.ts';
import { lowest, outlineAfter } from './group-members.ts';

const template = (members: number, extra = '') => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/28, MapPublicIpOnLaunch: true } }
  Template: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro } } }
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "9"
      DesiredCapacity: "${members}"
      VPCZoneIdentifier: [!Ref A]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }
${extra}`;

/** The group is another one with another name. */
const named = (name: string, text: string) => text.replace('MinSize:', `AutoScalingGroupName: ${name}\n      MinSize:`);

async function load(text: string, present?: Outline): Promise<Inventory> {
  const options = present ? { present: present.inventory, allocations: present.inventory.allocations } : {};
  const loaded = await loadTexts({ 'service.yaml': text }, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

const capacity = ({ properties }: Inventory['resources'][number]) => lowest(Number(properties.DesiredCapacity));
const ids = ({ fleet }: Outline) => fleet.instances.map(({ id }) => id);
const addresses = ({ fleet }: Outline) => fleet.instances.map(({ address }) => address);
const publicAddresses = ({ network }: Outline) => network.interfaces.map(({ publicAddress }) => publicAddress);

// asg-stopped-is-replaced
describe('a member that takes another’s place', () => {
  test('is another instance at other addresses, and nobody else is', async () => {
    let present = outlineAfter(null, await load(template(3)), capacity);
    // Of eleven addresses each is somebody's before long: who stays keeps its own all the same.
    for (let round = 0; round < 30; round++) {
      const next = outlineAfter(present, present.inventory, capacity, [present.fleet.instances[1]!]);
      for (const read of [ids, addresses, publicAddresses]) {
        expect(read(next)[1]).not.toBe(read(present)[1]);
        expect([read(next)[0], read(next)[2]]).toEqual([read(present)[0], read(present)[2]]);
      }
      present = next;
    }
  });

  test('stays, through changes and in what is loaded anew', async () => {
    const first = outlineAfter(null, await load(template(2)), capacity);
    const second = outlineAfter(first, first.inventory, capacity, [first.fleet.instances[0]!]);
    const wider =
      '  Other: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A } }\n';
    const third = outlineAfter(second, await load(template(2, wider), second), capacity);
    expect(third.fleet.instances.filter(({ statedBy }) => statedBy === 'service/Servers')).toEqual(
      second.fleet.instances,
    );
    const inventory = await load(template(2), second);
    expect(initialFleet(inventory)).toEqual(second.fleet);
    expect(outlineAfter(null, inventory, capacity).fleet).toEqual(second.fleet);
  });

  test('is none of those that were known when the change was asked for', async () => {
    const first = outlineAfter(null, await load(template(1)), capacity);
    const asked = await load(template(1), first);
    const second = outlineAfter(first, first.inventory, capacity, first.fleet.instances);
    expect(outlineAfter(second, asked, capacity).fleet).toEqual(second.fleet);
  });
});

test('who comes where a member was that has left is another instance, and its address is free meanwhile', async () => {
  const first = outlineAfter(null, await load(template(2)), capacity);
  const second = outlineAfter(first, await load(template(1), first), capacity);
  expect(
    Object.keys(second.inventory.allocations).filter((key) => key.startsWith('address') && key.includes('#')),
  ).toHaveLength(1);
  const third = outlineAfter(second, await load(template(2), second), capacity);
  expect(ids(third)[0]).toBe(ids(first)[0]);
  expect(ids(third)[1]).not.toBe(ids(first)[1]);
});

test('members of a group that another takes the place of are others at other addresses, there and back', async () => {
  let present = outlineAfter(null, await load(named('one', template(3))), capacity);
  for (const name of ['two', 'one', 'two']) {
    const asked = await load(named(name, template(3)), present);
    const next = outlineAfter(present, asked, capacity);
    for (const [index, address] of addresses(next).entries()) expect(address).not.toBe(addresses(present)[index]);
    expect(ids(next).filter((each) => ids(present).includes(each))).toEqual([]);
    expect(outlineAfter(next, asked, capacity).fleet).toEqual(next.fleet);
    expect(outlineAfter(null, next.inventory, capacity).fleet).toEqual(next.fleet);
    present = next;
  }
});
