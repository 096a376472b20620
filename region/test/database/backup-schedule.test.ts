import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { BackupSchedule } from '../../src/database/postgresql/backup-schedule.ts';
import { Backups } from '../../src/database/postgresql/backups.ts';
import { postgresqlBinaries } from '../../src/database/postgresql/binaries.ts';
import { DatabaseNode } from '../../src/database/postgresql/node.ts';
import { prepare } from '../../src/database/postgresql/preparation.ts';
import { groundOf } from './database.fixture.ts';

let directory: string;
let configuration: DatabaseConfiguration;

beforeAll(async () => {
  ({ directory, configuration } = await groundOf({ backupRetention: 7, backupWindow: '00:00-00:30' }));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a new instance is backed up once; without a retention nothing of it stays', async () => {
  const events: DatabaseEvent[] = [];
  const binaries = postgresqlBinaries()!;
  const node = new DatabaseNode(configuration, binaries);
  using schedule = new BackupSchedule(configuration.directory, (event) => events.push(event), 10);
  const backups = new Backups(configuration.directory);
  expect(await prepare(node, binaries)).toBeUndefined();
  expect(await node.launch(await schedule.roleOf(node))).toBeUndefined();
  try {
    schedule.begin(() => node);
    await expect.poll(() => events.map(({ kind }) => kind)).toEqual(['backed-up']);
    expect(await backups.list()).toHaveLength(1);

    // A day of its window has not come again: nothing more is taken, however often it is begun.
    schedule.begin(() => node);
    await schedule.take(node);
    expect(events).toHaveLength(1);
    expect(await backups.list()).toHaveLength(2);

    node.configuration = { ...configuration, backupRetention: 0 };
    schedule.begin(() => node);
    await expect.poll(() => backups.list()).toEqual([]);
    expect(await backups.restorable()).toBeUndefined();
  } finally {
    await node.stop();
  }
});
