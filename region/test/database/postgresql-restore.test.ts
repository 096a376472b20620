import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '@terrace/cloud/mistake';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseConfiguration } from '../../src/database/configuration.ts';
import { Backups } from '../../src/database/postgresql/backups.ts';
import { recoverToPointInTime } from '../../src/database/postgresql/restore.ts';
import { PostgresqlServer } from '../../src/database/postgresql/server.ts';
import { freePort, groundOf } from './database.fixture.ts';

let directory: string;
let configuration: DatabaseConfiguration;
let ca: string;

beforeAll(async () => {
  const ground = await groundOf({ backupRetention: 7 });
  ({ directory, configuration } = ground);
  ca = ground.authority.certificate;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('automated backups', () => {
  test('restore the moment before a mistake, and the last one, into new instances', async () => {
    await using source = await started(configuration);
    const backups = new Backups(configuration.directory);
    await query(configuration, 'CREATE TABLE scores (player text, score int)');
    await source.backups.take();
    expect(await backups.restorable()).toBeDefined();
    await query(configuration, "INSERT INTO scores VALUES ('kim', 7)");
    await delay(20);
    const before = Date.now();
    await delay(20);
    await query(configuration, 'DELETE FROM scores');
    await query(configuration, "INSERT INTO scores VALUES ('lee', 9)");
    await source.backups.sendLog();

    const restored = await target('earlier');
    await using _ = await restoredTo(before, restored);
    expect(await query(restored, 'SELECT * FROM scores')).toEqual([{ player: 'kim', score: 7 }]);
    await query(restored, "INSERT INTO scores VALUES ('park', 1)");
    const now = await target('latest');
    await using __ = await restoredTo('latest', now);
    expect(await query(now, 'SELECT * FROM scores')).toEqual([{ player: 'lee', score: 9 }]);
    expect(await query(configuration, 'SELECT * FROM scores')).toEqual([{ player: 'lee', score: 9 }]);
  });

  test('say which moments there are, for one that is not', async () => {
    const codes = async (moment: number, from = configuration.directory) => {
      const result = await recoverToPointInTime(from, moment, await target('never'));
      return result.ok ? [] : result.mistakes.map((each) => each.code);
    };
    expect(await codes(Date.now() - 86_400_000)).toEqual(['DATABASE_NOT_RESTORABLE']);
    expect(await codes(Date.now() + 86_400_000)).toEqual(['DATABASE_NOT_RESTORABLE']);
    expect(await codes(Date.now(), join(directory, 'nothing'))).toEqual(['DATABASE_NOT_RESTORABLE']);
  });

  test('let go what is older than the retention period, but for the copy that its first day needs', async () => {
    const backups = new Backups(configuration.directory);
    const [only] = await backups.list();
    await backups.prune(7, only!.time + 30 * 86_400_000);
    expect(await backups.list()).toEqual([only]);
    await using source = await started(configuration);
    const second = await source.backups.take();
    await backups.prune(7, second.time + 8 * 86_400_000);
    expect(await backups.list()).toEqual([second]);
    await source.backups.sendLog();
    const restored = await target('after-pruning');
    await using _ = await restoredTo('latest', restored);
    expect(await query(restored, 'SELECT count(*)::int AS count FROM scores')).toEqual([{ count: 1 }]);
  });
});

async function target(name: string): Promise<DatabaseConfiguration> {
  return { ...configuration, id: name, directory: join(directory, name), port: await freePort(), backupRetention: 0 };
}

async function restoredTo(moment: number | 'latest', as: DatabaseConfiguration): Promise<PostgresqlServer> {
  value(await recoverToPointInTime(configuration.directory, moment, as));
  return started(as);
}

async function started(of: DatabaseConfiguration): Promise<PostgresqlServer> {
  return value(await PostgresqlServer.start(of));
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

async function query({ port }: DatabaseConfiguration, text: string): Promise<unknown[]> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'arcade',
    password: 'password',
    database: 'arcade',
    ssl: { ca, servername: 'db.example.com' },
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
