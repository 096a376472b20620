import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { describe, expect, test, vi } from 'vitest';
import { outline } from '../outline.ts';
import { signalsWanted } from './creation-policies.ts';
import { CreationWatch } from './creation-watch.ts';

const group = (policies: string, userData = 'one', extra = '') => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Template: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, UserData: { 'Fn::Base64': ${userData} } } } }
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    ${policies}
    Properties:
      MinSize: "3"
      MaxSize: "4"
      VPCZoneIdentifier: [!Ref A]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }
${extra}`;
const created = 'CreationPolicy: { ResourceSignal: { Count: 2, Timeout: PT10M } }';
const rolling =
  'UpdatePolicy: { AutoScalingRollingUpdate: { WaitOnResourceSignals: true, PauseTime: PT2M, MinSuccessfulInstancesPercent: 50 } }';
const share = (percent: number) =>
  `CreationPolicy: { AutoScalingCreationPolicy: { MinSuccessfulInstancesPercent: ${percent} }, ResourceSignal: { Count: 2, Timeout: PT10M } }`;
const replacing = 'UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }';

async function load(text: string): Promise<Inventory> {
  const loaded = await loadTexts({ 'service.yaml': text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

const wanted = (before: Inventory | null, after: Inventory) =>
  signalsWanted(before, after, () => 3).map(({ resource, count, patience }) => [resource.logicalId, count, patience]);

// cfn-creation-policy
describe('a change waits for', () => {
  test.each([
    [created, [['Servers', 2, 600_000]]],
    ['CreationPolicy: { ResourceSignal: {Count: 1} }', [['Servers', 1, 300_000]]],
    ['CreationPolicy: { ResourceSignal: { Timeout: PT1H30M5S } }', [['Servers', 1, 5_405_000]]],
    ['DependsOn: A', []],
  ])('what it makes: %s', async (policy, expected) => {
    expect(wanted(null, await load(group(policy)))).toEqual(expected);
  });

  test('nothing at what stands already', async () => {
    const [before, after] = [await load(group(created)), await load(group(created.replace('2', '3')))];
    expect(wanted(before, after)).toEqual([]);
  });

  test('a group that is launched anew, where it says so', async () => {
    const before = await load(group(`${created}\n    ${rolling}`));
    expect(wanted(before, await load(group(`${created}\n    ${rolling}`, 'two')))).toEqual([['Servers', 2, 120_000]]);
    expect(wanted(before, await load(group(created, 'two')))).toEqual([]);
  });

  test.each([
    ['as many as its count says', created, 'AutoScalingGroupName: two', ['Servers', 2, 0, 600_000]],
    ['its share of successes', share(50), 'AutoScalingGroupName: two', ['Servers', 2, 1, 600_000]],
    ['no signal where its share is none', share(0), 'AutoScalingGroupName: two', ['Servers', 0, 3, 600_000]],
    [
      'all, where another group is launched for another launch',
      `${created}\n    ${replacing}`,
      'PlacementGroup: other',
      ['Servers', 3, 0, 600_000],
    ],
    [
      'a share of them, where it says so',
      `${share(34)}\n    ${replacing}`,
      'PlacementGroup: other',
      ['Servers', 2, 1, 600_000],
    ],
  ])('a group that is replaced: %s', async (_what, policies, property, expected) => {
    const before = await load(group(policies));
    const after = await load(
      group(policies).replace('Properties:\n      MinSize', `Properties:\n      ${property}\n      MinSize`),
    );
    expect(
      signalsWanted(before, after, () => 3).map(({ resource, count, spared, patience }) => [
        resource.logicalId,
        count,
        spared,
        patience,
      ]),
    ).toEqual([expected]);
  });
});

// cfn-creation-policy
describe('a resource with a creation policy', () => {
  const watch = async () => {
    const inventory = await load(group(created));
    return {
      watch: CreationWatch.of(null, outline(inventory)),
      signal: {
        stack: inventory.stacks[0]!.name,
        logicalId: 'Servers',
        uniqueId: 'i-1',
        status: 'SUCCESS' as 'SUCCESS' | 'FAILURE',
      },
      names: [0, 1].map((ordinal) => `Servers/${ordinal}`),
    };
  };
  const causes = async (settled: Promise<readonly { cause: { en: string } }[]>) =>
    (await settled).map(({ cause }) => cause.en);

  test('is complete with the wanted number of successes, each counted once', async () => {
    const { watch: watching, signal } = await watch();
    let isOver = false;
    const settled = watching.settled().then((told) => {
      isOver = true;
      return told;
    });
    watching.heard(signal);
    watching.heard(signal);
    watching.heard({ ...signal, logicalId: 'Template', uniqueId: 'i-7' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    watching.heard({ ...signal, uniqueId: 'i-2' });
    expect(await settled).toEqual([]);
  });

  test('may have been signalled before it is waited for', async () => {
    const { watch: watching, signal } = await watch();
    watching.heard(signal);
    watching.heard({ ...signal, uniqueId: 'i-2' });
    expect(await watching.settled()).toEqual([]);
  });

  test('fails with the first signal of failure', async () => {
    const { watch: watching, signal } = await watch();
    watching.heard({ ...signal, uniqueId: 'i-2', status: 'FAILURE' });
    expect(watching.failed.aborted).toBe(true);
    expect(await causes(watching.settled())).toEqual(['Servers is not complete: i-2 signalled failure.']);
  });

  test('spares as many in a rolling update as its share of successes leaves', async () => {
    const former = await load(group(`${created}\n    ${rolling}`));
    const latter = await load(group(`${created}\n    ${rolling}`, 'two'));
    const watching = CreationWatch.of(former, outline(latter));
    const signal = { stack: latter.stacks[0]!.name, logicalId: 'Servers', uniqueId: 'i-1', status: 'FAILURE' as const };
    watching.heard(signal);
    watching.heard(signal);
    expect(watching.failed.aborted).toBe(false);
    watching.heard({ ...signal, uniqueId: 'i-2' });
    expect(await causes(watching.settled())).toEqual(['Servers is not complete: i-2 signalled failure.']);
  });

  test('fails at the end of its time', async () => {
    vi.useFakeTimers();
    try {
      const { watch: watching, signal } = await watch();
      watching.heard(signal);
      const settled = watching.settled();
      await vi.advanceTimersByTimeAsync(600_000);
      expect(await causes(settled)).toEqual(['Servers is not complete: 1 of 2 success signals came within 600 s.']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is not waited for where nothing stands that could signal, and why is said', async () => {
    const nowhere = await load(group(created).replace('[!Ref A]', '[subnet-0123456789abcdef0]'));
    const watching = CreationWatch.of(null, outline(nowhere));
    expect(await watching.settled()).toEqual([]);
    expect(watching.impossible.map(({ code, cause }) => `${code} ${cause.en}`)).toEqual([
      'NOT_CONFIRMED Servers is not complete: 2 success signals cannot come, because it cannot act (it stands in a subnet outside of the templates (subnet-0123456789abcdef0): import it with terrace import, or let a usual one stand in with --assume).',
    ]);
  });

  test('fails as soon as too few are left that could signal', async () => {
    const { watch: watching, names } = await watch();
    watching.bootFailed(names[0]!);
    expect(watching.failed.aborted).toBe(false);
    watching.bootFailed(names[1]!);
    expect(await causes(watching.settled())).toEqual([
      'Servers is not complete: the user data of Servers/0, Servers/1 failed without a signal.',
    ]);
  });
});
