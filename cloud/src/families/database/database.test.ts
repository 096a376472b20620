import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { portOf, readDatabase } from './database.ts';

describe('the port of a database', () => {
  test.each<[JsonObject, number]>([
    [{ Engine: 'postgres' }, 5432],
    [{ Engine: 'aurora-postgresql' }, 5432],
    [{ Engine: 'MySQL' }, 3306],
    [{ Engine: 'oracle-ee' }, 1521],
    [{ Engine: 'custom-oracle-ee' }, 1521],
    [{ Engine: 'sqlserver-web' }, 1433],
    [{ Engine: 'custom-sqlserver-web' }, 1433],
    [{ Engine: 'db2-se' }, 50_000],
    [{ Engine: 'postgres', Port: '6000' }, 6000],
  ])('of %j is %i', (properties, port) => {
    expect(portOf(properties)).toBe(port);
  });
});

test('a database that states little has the defaults of AWS', () => {
  expect(readDatabase({ properties: { Engine: 'postgres' } })).toMatchObject({
    storageType: 'gp2',
    multiAz: false,
    backupRetention: 1,
    publiclyAccessible: null,
  });
});
