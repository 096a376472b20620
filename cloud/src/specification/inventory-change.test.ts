import { expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import { inventoryChange } from './inventory-change.ts';

async function inventory(template: string) {
  const loaded = await loadTexts({ 'network.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

const before = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Web: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: false } }
  Old: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24 } }
`;
const after = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
  Web: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.7.0/24, MapPublicIpOnLaunch: true } }
  New: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.8.0/24 } }
`;

test('a change is in place, a replacement, an addition or a removal, property by property', async () => {
  const changes = inventoryChange(await inventory(before), await inventory(after));
  expect(changes.map(({ key, change }) => [key.split('/')[1], change])).toEqual([
    ['Vpc', 'in-place'],
    ['Web', 'replacement'],
    ['New', 'add'],
    ['Old', 'remove'],
  ]);
  expect(changes[1]!.properties).toEqual([
    { path: 'CidrBlock', before: '10.0.1.0/24', after: '10.0.7.0/24', behavior: 'replacement' },
    { path: 'MapPublicIpOnLaunch', before: false, after: true, behavior: 'in-place' },
  ]);
});

test('cfn-update-behaviors: a rule changes the group it is in, a description replaces it', async () => {
  const group = (description: string, port: number) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: ${description}
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: 10.0.0.0/16 }]
`;
  const change = async (after: string) =>
    inventoryChange(await inventory(group('web', 80)), await inventory(after)).map((each) => each.change);
  expect(await change(group('web', 81))).toEqual(['interruption']);
  expect(await change(group('other', 80))).toEqual(['replacement']);
});

test('nothing changes from an inventory to itself', async () => {
  expect(inventoryChange(await inventory(before), await inventory(before))).toEqual([]);
});
