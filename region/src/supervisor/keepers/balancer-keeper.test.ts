import { loadTexts } from '@terrace/cloud/assembly/load';
import { expect, test } from 'vitest';
import { outline } from '../../outline.ts';
import type { AccessLogKeeper } from './access-log-keeper.ts';
import { BalancerKeeper } from './balancer-keeper.ts';

const template = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Net: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, Targets: [{ Id: !Ref Server }] } }
`;

test.each([
  'release',
  'deregister',
] as const)('an instance is not out of its groups for good where %s fails', async (step) => {
  const loaded = await loadTexts({ 'a.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const present = outline(loaded.value);
  const { id } = present.fleet.instances[0]!;
  let fails = false;
  const accessLogs = {
    apply() {
      if (fails) throw new Error('a node does not answer');
    },
  } as unknown as AccessLogKeeper;
  const keeper = new BalancerKeeper({ folder: '/nowhere', certificates: async () => ({}), accessLogs, on: () => {} });
  await keeper.apply(present);
  const registered = () => keeper.view.targetGroups.flatMap(({ targets }) => targets.map((each) => each.id));
  expect(registered()).toEqual([id]);
  fails = true;
  await expect(step === 'release' ? keeper.release([id]) : keeper.deregister(id)).rejects.toThrow('does not answer');
  fails = false;
  await keeper.apply(present);
  expect(registered()).toEqual([id]);
});
