import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import type { Inventory } from '../inventory.ts';
import { inventoryChange } from './inventory-change.ts';
import { namesInUse } from './names-in-use.ts';

const template = (resources: string) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Net: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  ${resources}
`;

async function load(resources: string, present?: Inventory): Promise<Inventory> {
  const options = present ? { present, allocations: present.allocations } : {};
  const loaded = await loadTexts({ 'a.yaml': template(resources) }, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

const targets = (port: number, name = '') =>
  `Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Protocol: HTTP, Port: ${port}${name && `, Name: ${name}`} } }`;
const server = (key: string, address = '') =>
  `Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref Net, KeyName: ${key}${address && `, PrivateIpAddress: ${address}`} } }`;
const database = (size: string, name: string) =>
  `Data: { Type: AWS::RDS::DBInstance, Properties: { DBInstanceIdentifier: ${name}, DBInstanceClass: db.t3.micro, Engine: postgres, AllocatedStorage: "20", MasterUsername: terrace, ManageMasterUserPassword: true, ${size} } }`;
const zone = (comment: string) => `Zone: { Type: AWS::Route53::HostedZone, Properties: { Name: ${comment}.example } }`;

describe('AWS makes the new one before it deletes the old, so that a replacement', () => {
  test.each([
    ['may have a name that AWS gives it', targets(80), targets(81), []],
    ['may have another name', targets(80, 'one'), targets(81, 'two'), []],
    ['cannot have the same name', targets(80, 'one'), targets(81, 'one'), ['Targets Name one']],
    [
      'cannot have the same identifier',
      database('StorageEncrypted: false', 'shop'),
      database('StorageEncrypted: true', 'shop'),
      ['Data DBInstanceIdentifier shop'],
    ],
    ['may have another address', server('a', '10.0.1.9'), server('b', '10.0.1.10'), []],
    [
      'cannot have the same address',
      server('a', '10.0.1.9'),
      server('b', '10.0.1.9'),
      ['Server PrivateIpAddress 10.0.1.9'],
    ],
    ['of another name does not stand in its own way', zone('one'), zone('two'), []],
  ])('%s', async (_what, former, latter, expected) => {
    const before = await load(former);
    const after = await load(latter, before);
    const changes = inventoryChange(before, after);
    expect(changes.map(({ change }) => change)).toEqual(['replacement']);
    const refused = namesInUse(before, after, changes);
    expect(refused.map(({ code }) => code)).toEqual(expected.map(() => 'NAME_IN_USE'));
    expect(
      refused.map(
        ({ place, cause }) => `${place.logicalId} ${place.path?.split('.')[1]} ${/"([^"]+)"/.exec(cause.en)?.[1]}`,
      ),
    ).toEqual(expected);
  });

  test('is none where the change is in place', async () => {
    const before = await load(targets(80, 'one'));
    const after = await load(`${targets(80, 'one').replace(' } }', ', HealthCheckPath: /health } }')}`, before);
    expect(namesInUse(before, after, inventoryChange(before, after))).toEqual([]);
  });
});
