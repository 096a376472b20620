import { expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import type { Inventory } from '../inventory.ts';
import { updateEffects } from './update-effects.ts';

async function load(resources: string, present?: Inventory): Promise<Inventory> {
  const template = `Resources:\n${resources}`;
  const loaded = await loadTexts({ 'a.yaml': template }, present ? { present, allocations: present.allocations } : {});
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

const instance = (script: string, type = 't3.micro', more = '') =>
  `  Box: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, InstanceType: ${type}, UserData: !Base64 "${script}" ${more} } }`;
const group = (script: string, policy = '') => `
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, UserData: !Base64 "${script}" } } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    ${policy}
    Properties: { MinSize: "1", MaxSize: "1", AvailabilityZones: [ap-northeast-2a], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: !GetAtt Launch.LatestVersionNumber } }
`;
const rolling = 'UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: 1 } }';
const replacing = 'UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }';

test.each([
  ['a script that changes', instance('one'), instance('two'), ['USER_DATA_NOT_RUN']],
  ['another type alone', instance('one'), instance('one', 't3.small'), []],
  ['another instance, which runs its script', instance('one'), instance('two', 't3.micro', ', KeyName: other'), []],
  ['a group without a policy', group('one'), group('two'), ['GROUP_KEEPS_INSTANCES']],
  ['a group that stays as it is', group('one'), group('one'), []],
  ['a group that rolls', group('one', rolling), group('two', rolling), []],
  ['a group that gets a policy with the change', group('one'), group('two', rolling), []],
  ['a group that is replaced', group('one', replacing), group('two', replacing), []],
])('%s', async (_, one, other, codes) => {
  const before = await load(one);
  expect(updateEffects(before, await load(other, before)).map(({ code }) => code)).toEqual(codes);
});
