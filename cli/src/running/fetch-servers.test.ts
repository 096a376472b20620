import { loadTexts } from '@terrace/cloud/assembly/load';
import { expect, test } from 'vitest';
import { mysqlDatabases } from './fetch-servers.ts';

test.each([
  ['mysql', true],
  ['MySQL', true],
  ['mariadb', true],
  ['postgres', false],
])('a database of the engine %s needs the server of MariaDB: %s', async (engine, needs) => {
  const properties = { Engine: engine, DBInstanceClass: 'db.t3.micro', AllocatedStorage: '20', MasterUsername: 'shop' };
  const resource = { Type: 'AWS::RDS::DBInstance', Properties: { ...properties, ManageMasterUserPassword: true } };
  const loaded = await loadTexts({ 'shop.json': JSON.stringify({ Resources: { Db: resource } }) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  expect(mysqlDatabases(loaded.value)).toEqual(needs ? ['Db'] : []);
});
