import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { startDatabase } from '../../src/database/database.ts';
import { PostgresqlPair } from '../../src/database/postgresql/pair.ts';
import { freePort, groundOf } from './database.fixture.ts';

let directory: string;
let configuration: DatabaseConfiguration;
let ca: string;
const addresses = { primary: '127.0.0.1', standby: '127.0.0.2' } as const;

beforeAll(async () => {
  const ground = await groundOf({
    address: addresses.primary,
    standby: { networkNamespace: null, address: addresses.standby },
  });
  ({ directory, configuration } = ground);
  ca = ground.authority.certificate;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a Multi-AZ instance', () => {
  // rds-multi-az-failover
  test('serves from one address, and from the other after its server died, with every acknowledged write, once', async () => {
    const events: DatabaseEvent[] = [];
    await using pair = await started((event) => events.push(event));
    await query(pair, 'CREATE TABLE writes (number int PRIMARY KEY)');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    await expect(query('standby', 'SELECT 1')).rejects.toThrow(/not (yet )?accepting connections/);

    const writing = writeOn(pair);
    await expect.poll(() => writing.acknowledged.length).toBeGreaterThan(20);
    process.kill(pair.processId!, 'SIGKILL');
    await expect.poll(() => pair.activeNode).toBe('standby');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const acknowledged = await writing.end();

    const kept = (await query(pair, 'SELECT number FROM writes ORDER BY number')).map((row) => row.number as number);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(events.map((event) => event.kind)).toEqual(['ready', 'in-sync', 'crashed', 'failed-over', 'in-sync']);
    await expect(query('primary', 'SELECT 1')).rejects.toThrow(/not (yet )?accepting connections/);
  });

  test('stays where it failed over to when it is started again, and fails over back when asked to', async () => {
    await using pair = await started();
    expect(pair.activeNode).toBe('standby');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    await query(pair, 'INSERT INTO writes VALUES (-1)');
    expect(await pair.failover()).toBe(true);
    expect(pair.activeNode).toBe('primary');
    expect(await query(pair, 'SELECT number FROM writes WHERE number = -1')).toEqual([{ number: -1 }]);
  });

  test('goes on without its standby, and does not fail over to one that lacks something', async () => {
    const events: DatabaseEvent[] = [];
    await using pair = await started((event) => events.push(event));
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const pid = await readFile(join(configuration.directory, 'standby', 'data', 'postmaster.pid'), 'utf8');
    process.kill(Number(pid.split('\n')[0]), 'SIGKILL');
    await query(pair, 'INSERT INTO writes VALUES (-2)');
    await expect.poll(() => events.map((event) => event.kind)).toContain('out-of-sync');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    expect(await pair.failover()).toBe(true);
    expect(await query(pair, 'SELECT number FROM writes WHERE number = -2')).toEqual([{ number: -2 }]);
  });

  test('is given up, and told of, where nothing of it is found when its server dies', async () => {
    const events: DatabaseEvent[] = [];
    const own = { ...configuration, directory: join(directory, 'moved'), port: await freePort() };
    await using pair = await started((event) => events.push(event), own);
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    await rename(own.directory, `${own.directory}-away`);
    process.kill(pair.processId!, 'SIGKILL');
    await expect.poll(() => events.map((event) => event.kind)).toContain('given-up');
  });

  test('becomes a single instance with the data of the node that took writes last', async () => {
    {
      await using pair = await started();
      await expect.poll(() => pair.standbyState).toBe('in-sync');
      if (pair.activeNode === 'primary') expect(await pair.failover()).toBe(true);
      await query('standby', 'INSERT INTO writes VALUES (-3)');
    }
    const single = await startDatabase({ ...configuration, standby: null });
    if (!single.ok) throw new Error(single.mistakes.map((each) => each.cause.en).join('\n'));
    {
      await using _ = single.value;
      expect(await query('primary', 'SELECT number FROM writes WHERE number = -3')).toEqual([{ number: -3 }]);
    }
    await using again = await started();
    expect([again.activeNode, again.isInSync]).toEqual(['primary', false]);
    expect(await query('primary', 'SELECT number FROM writes WHERE number = -3')).toEqual([{ number: -3 }]);
  });
});

async function started(on?: (event: DatabaseEvent) => void, own = configuration): Promise<PostgresqlPair> {
  const result = await PostgresqlPair.start(own, on);
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

/** Writes one number after the other, each on a connection that it makes anew when one breaks. */
function writeOn(pair: PostgresqlPair): { readonly acknowledged: readonly number[]; end(): Promise<number[]> } {
  const acknowledged: number[] = [];
  let going = true;
  const work = (async () => {
    let client: Client | undefined;
    for (let number = 0; going; number += 1) {
      try {
        client ??= await connected(pair.activeNode);
        await client.query('INSERT INTO writes VALUES ($1)', [number]);
        acknowledged.push(number);
      } catch {
        await client?.end().catch(() => {});
        client = undefined;
        await delay(20);
      }
    }
    await client?.end();
  })();
  return {
    acknowledged,
    async end() {
      going = false;
      await work;
      return acknowledged;
    },
  };
}

async function query(at: PostgresqlPair | 'primary' | 'standby', text: string): Promise<Record<string, unknown>[]> {
  const client = await connected(typeof at === 'string' ? at : at.activeNode);
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function connected(node: 'primary' | 'standby'): Promise<Client> {
  const client = new Client({
    host: addresses[node],
    port: configuration.port,
    user: configuration.masterUser,
    password: configuration.masterPassword,
    database: 'arcade',
    ssl: { ca, servername: 'db.example.com' },
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}
