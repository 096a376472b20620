import { setTimeout as wait } from 'node:timers/promises';
import { loadTexts } from '@terrace/cloud/assembly/load';
import { expect, test } from 'vitest';
import type { Compute } from '../../compute/compute.ts';
import type { InstanceEvent, InstanceSpecification } from '../../compute/running-instance.ts';
import { type Incident, incidentText } from '../../incident.ts';
import { type Outline, outline } from '../../outline.ts';
import { InstanceKeeper } from './instance-keeper.ts';

const template = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Template: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro } } }
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "2"
      VPCZoneIdentifier: [!Ref A]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }
`;

/** Takes its time, and has one instance of an id at most, as the real one. */
class SlowCompute {
  readonly there = new Map<string, (event: InstanceEvent) => void>();

  async launch({ id }: InstanceSpecification, on: (event: InstanceEvent) => void) {
    if (this.there.has(id)) throw new Error(`${id} is there already`);
    this.there.set(id, on);
    await wait(30);
    const terminate = async () => {
      await wait(30);
      this.there.delete(id);
    };
    return { id, state: 'running', userData: new Promise(() => {}), terminate };
  }
}

async function region(): Promise<Outline> {
  const loaded = await loadTexts({ 'service.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return outline(loaded.value);
}

// asg-stopped-is-replaced
test('a change that comes while a member is being replaced waits for that, and finds all of them there', async () => {
  const desired = await region();
  const compute = new SlowCompute();
  const keeper: InstanceKeeper = new InstanceKeeper(compute as unknown as Compute, {
    booted: () => {},
    stopped: (stopped, reason) => void keeper.replace(stopped, { reason, foundBy: 'stopped' }),
    impaired: () => expect.unreachable(),
    incident: (each) => expect.unreachable(incidentText(each)),
  });
  await keeper.launch(desired);
  const [id, told] = [...compute.there][0]!;
  told({ kind: 'state', instance: id, state: 'stopped', reason: 'process 1 of the instance ended', hostFailed: false });
  await keeper.retire(desired);
  await keeper.launch(desired);
  expect(keeper.replacements.map((each) => each.id)).toEqual([id]);
  expect(keeper.failures).toEqual([]);
  expect(desired.fleet.instances.map((each) => keeper.stateOf(each.id))).toEqual(['running', 'running']);
});

test('what the units of an instance wrote and cannot be kept is told, by the name that the instance has', async () => {
  const compute = new SlowCompute();
  const incidents: Incident[] = [];
  const keeper = new InstanceKeeper(compute as unknown as Compute, {
    booted: () => {},
    stopped: () => expect.unreachable(),
    impaired: () => expect.unreachable(),
    incident: (each) => incidents.push(each),
  });
  await keeper.launch(await region());
  const [id, told] = [...compute.there][0]!;
  told({ kind: 'journal-failed', instance: id, reason: 'no space left on device' });
  expect(incidents.map(incidentText)).toEqual([
    'journal of Servers/0: the disk is full: What Servers/0 says is not kept in its journal; the next entry tells how much was dropped.',
  ]);
});
