import { expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import type { Inventory } from '../inventory.ts';
import { inventoryChange } from '../specification/inventory-change.ts';
import { dataLoss, dataWouldBeLost } from './data-loss.ts';

async function inventory(resources: string, present?: Inventory) {
  const template = `Resources:\n  Topic: { Type: AWS::SNS::Topic }\n${resources}`;
  const loaded = await loadTexts({ 'app.yaml': template }, present ? { present } : {});
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

async function lost(before: string, after: string, isEmpty = false) {
  const was = await inventory(before);
  const is = await inventory(after, was);
  return dataLoss(was, is, inventoryChange(was, is), () => isEmpty);
}

const database = (properties: string, attributes = '') => `
  Db:
    Type: AWS::RDS::DBInstance
    ${attributes}
    Properties: { Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: '20', MasterUsername: app, MasterUserPassword: long-enough, ${properties} }
`;
const instance = (properties: string, attributes = '') => `
  Box:
    Type: AWS::EC2::Instance
    ${attributes}
    Properties: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, ${properties} }
`;
const volume = (properties: string, attributes = '') => `
  Disk:
    Type: AWS::EC2::Volume
    ${attributes}
    Properties: { Size: 8, ${properties} }
`;
const bucket = '  Files: { Type: AWS::S3::Bucket }\n';
const zone = 'AvailabilityZone: ap-northeast-2';
const staying = 'BlockDeviceMappings: [{ DeviceName: /dev/xvda, Ebs: { VolumeSize: 8, DeleteOnTermination: false } }]';

test.each([
  ['a database that goes', database(''), '', ['remove Db']],
  ['a database that is replaced', database('DBName: one'), database('DBName: two'), ['replacement Db']],
  ['a database that changes in place', database(''), database('BackupRetentionPeriod: 3'), []],
  ['a database kept', database('', 'DeletionPolicy: Retain'), '', []],
  ['a database whose snapshot is kept', database('', 'DeletionPolicy: Snapshot'), '', []],
  [
    'a policy for deletion alone, and a replacement',
    database('DBName: one'),
    database('DBName: two', 'DeletionPolicy: Retain'),
    ['replacement Db'],
  ],
  ['a policy for replacement', database('DBName: one'), database('DBName: two', 'UpdateReplacePolicy: Retain'), []],
  ['an instance of a cluster', database('DBClusterIdentifier: shared'), '', []],
  ['an instance that goes', instance(''), '', ['remove Box']],
  ['an instance with another image', instance(''), instance('KeyName: other'), ['replacement Box']],
  ['an instance of another type', instance(''), instance('').replace('t3.micro', 't3.small'), []],
  ['an instance whose disk stays', instance(staying), '', []],
  ['a volume in another zone', volume(`${zone}a`), volume(`${zone}c`), ['replacement Disk']],
  ['a volume that goes', volume(`${zone}a`), '', ['remove Disk']],
  ['a volume that is kept', volume(`${zone}a`, 'DeletionPolicy: Retain'), '', []],
  ['a bucket that goes', bucket, '', ['remove Files']],
])('%s', async (_, before, after, expected) => {
  expect((await lost(before, after)).map(({ key, change }) => `${change} ${key.split('/')[1]}`)).toEqual(expected);
});

test('an empty bucket loses nothing', async () => {
  expect(await lost(bucket, '', true)).toEqual([]);
});

test('a resource that refuses to be deleted says by which property', async () => {
  const found = await lost(instance('DisableApiTermination: true') + database('DeletionProtection: true'), '');
  expect(found.map(({ protectedBy }) => protectedBy).sort()).toEqual(['DeletionProtection', 'DisableApiTermination']);
});

test('a refusal names the resource, and what to state so that it stays', async () => {
  const [found] = await lost(volume(`${zone}a`), '');
  expect(dataWouldBeLost(found!)).toMatchObject({
    code: 'DATA_WOULD_BE_LOST',
    place: { logicalId: 'Disk' },
    cause: { en: 'app/Disk (AWS::EC2::Volume) is deleted, and what is written on it with it.' },
  });
});
