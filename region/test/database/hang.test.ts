import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { holdersOf } from '../../src/database/lock-holders.ts';
import { PostgresqlPair } from '../../src/database/postgresql/pair.ts';
import { PostgresqlServer } from '../../src/database/postgresql/server.ts';
import { freePort, groundOf } from './database.fixture.ts';

let directory: string;
let configuration: DatabaseConfiguration;
let ca: string;
const addresses = { primary: '127.0.0.1', standby: '127.0.0.2' } as const;
const patience = { server: 5_000, standby: 3_000 };

beforeAll(async () => {
  const ground = await groundOf({
    address: addresses.primary,
    standby: { networkNamespace: null, address: addresses.standby },
    patience,
  });
  ({ directory, configuration } = ground);
  ca = ground.authority.certificate;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a Multi-AZ instance', () => {
  // rds-hung-primary
  test.each([
    ['whole server', (stopped: number[]) => stopped],
    ['first process alone', ([first]: number[]) => [first!]],
  ])('fails over when its %s is stopped, with every acknowledged write, once, and nobody serves when it goes on', async (_, which) => {
    const events: DatabaseEvent[] = [];
    await using pair = await startedPair((event) => events.push(event));
    await query(pair.activeNode, 'DROP TABLE IF EXISTS writes; CREATE TABLE writes (number int PRIMARY KEY)');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const writing = writeOn(pair);
    await expect.poll(() => writing.acknowledged.length).toBeGreaterThan(20);

    const former = pair.activeNode;
    const stopped = which(await serverOf(former));
    const began = Date.now();
    signal(stopped, 'SIGSTOP');
    expect(await pair.silentFor()).toBeGreaterThan(0);
    expect(pair.activeNode).toBe(former);
    await expect.poll(() => pair.activeNode).not.toBe(former);
    expect(Date.now() - began).toBeLessThan(patience.server + 5_000);
    await expect.poll(() => kinds(events)).toContain('failed-over');
    expect(stopped.filter(isAlive)).toEqual([]);
    signal(stopped, 'SIGCONT');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    expect(await pair.silentFor()).toBeNull();
    await expect(query(former, 'SELECT 1')).rejects.toThrow(/not (yet )?accepting connections/);

    const acknowledged = await writing.end();
    const kept = (await query(pair.activeNode, 'SELECT number FROM writes')).map((row) => row.number as number);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(kinds(events).filter((kind) => kind !== 'in-sync' && kind !== 'out-of-sync')).toEqual([
      'ready',
      'silent',
      'hung',
      'crashed',
      'failed-over',
    ]);
  });

  // rds-hung-standby
  test('goes on without a standby that is stopped, and has it in sync again when it goes on', async () => {
    const events: DatabaseEvent[] = [];
    const own = { ...configuration, patience: { server: 60_000, standby: 2_000 } };
    await using pair = await startedPair((event) => events.push(event), own);
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const active = pair.activeNode;
    const stopped = await serverOf(other(active));
    signal(stopped, 'SIGSTOP');
    const began = Date.now();
    await query(active, 'INSERT INTO writes VALUES (-1)');
    expect(Date.now() - began).toBeLessThan(own.patience.standby + 4_000);
    expect([pair.standbyState, pair.isInSync, await pair.silentFor()]).toEqual(['not-answering', false, null]);
    expect(await pair.failover()).toBe(false);
    await query(active, 'INSERT INTO writes VALUES (-2)');

    signal(stopped, 'SIGCONT');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    expect(await serverOf(other(active))).toContain(stopped[0]);
    expect(kinds(events)).toEqual(['ready', 'silent', 'out-of-sync', 'answers', 'in-sync']);
    expect(await pair.failover()).toBe(true);
    expect(await query(pair.activeNode, 'SELECT number FROM writes WHERE number < 0 ORDER BY 1')).toEqual([
      { number: -2 },
      { number: -1 },
    ]);
  });

  test('makes a standby anew that stays stopped, and one that takes the log but does nothing with it', async () => {
    const events: DatabaseEvent[] = [];
    const own = { ...configuration, patience: { server: 4_000, standby: 2_000 } };
    await using pair = await startedPair((event) => events.push(event), own);
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const standby = other(pair.activeNode);
    for (const find of [async () => (await serverOf(standby))[0]!, () => replayer(standby)]) {
      events.length = 0;
      signal([await find()], 'SIGSTOP');
      await expect
        .poll(() => kinds(events))
        .toEqual(expect.arrayContaining(['silent', 'out-of-sync', 'hung', 'in-sync']));
      await expect.poll(() => pair.standbyState).toBe('in-sync');
    }
  });

  test('starts its server again where the standby is stopped when that dies', async () => {
    const events: DatabaseEvent[] = [];
    await using pair = await startedPair((event) => events.push(event));
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    const active = pair.activeNode;
    signal(await serverOf(other(active)), 'SIGSTOP');
    process.kill(pair.processId!, 'SIGKILL');
    await expect.poll(() => kinds(events).filter((kind) => kind === 'ready')).toHaveLength(2);
    expect(kinds(events)).not.toContain('failed-over');
    expect(pair.activeNode).toBe(active);
    await query(active, 'INSERT INTO writes VALUES (-3)');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
  });
});

describe('a single-zone instance', () => {
  test('is started again when it is stopped, and says so meanwhile', async () => {
    const events: DatabaseEvent[] = [];
    await using server = await startedSingle(events, { patience: { server: 3_000, standby: 3_000 } });
    expect(await server.silentFor()).toBeNull();
    signal(await holdersOf(join(directory, 'single', 'lock')), 'SIGSTOP');
    expect(await server.silentFor()).toBeGreaterThan(0);
    await expect.poll(() => kinds(events)).toEqual(['ready', 'silent', 'hung', 'crashed', 'ready']);
    expect(await server.silentFor()).toBeNull();
  });

  test('does not hang under load, with all of its connections in use', async () => {
    const events: DatabaseEvent[] = [];
    const settings = { max_connections: '30' };
    await using server = await startedSingle(events, { settings, patience: { server: 4_000, standby: 3_000 } });
    const clients = await Promise.all(Array.from({ length: 27 }, () => connected('primary', server.port)));
    await expect(connected('primary', server.port)).rejects.toThrow(/remaining connection slots are reserved/);
    const busy = clients.map((client) =>
      client.query('SELECT count(*) FROM generate_series(1, 100000000) WHERE random() < 2').catch(() => {}),
    );
    const end = Date.now() + 9_000;
    while (Date.now() < end) {
      await server.silentFor();
      await delay(200);
    }
    expect(kinds(events).filter((kind) => kind === 'hung' || kind === 'crashed')).toEqual([]);
    expect(await server.silentFor()).toBeNull();
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
    await Promise.all(busy);
  });

  test('ends at once where it is stopped', async () => {
    const server = await startedSingle([], {});
    signal(await holdersOf(join(directory, 'single', 'lock')), 'SIGSTOP');
    const began = Date.now();
    await server[Symbol.asyncDispose]();
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await holdersOf(join(directory, 'single', 'lock'))).toEqual([]);
  });
});

async function startedPair(on: (event: DatabaseEvent) => void, own = configuration): Promise<PostgresqlPair> {
  const result = await PostgresqlPair.start(own, on);
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

async function startedSingle(events: DatabaseEvent[], change: Partial<DatabaseConfiguration>) {
  const port = await freePort();
  const own = { ...configuration, standby: null, directory: join(directory, 'single'), port, ...change };
  const result = await PostgresqlServer.start(own, (event) => events.push(event));
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return Object.assign(result.value, { port });
}

function kinds(events: readonly DatabaseEvent[]): string[] {
  return events.map(({ kind }) => kind);
}

function other(node: 'primary' | 'standby') {
  return node === 'primary' ? 'standby' : 'primary';
}

function folderOf(node: 'primary' | 'standby'): string {
  return node === 'primary' ? configuration.directory : join(configuration.directory, 'standby');
}

/** All processes of a node's server, the first at the beginning. */
async function serverOf(node: 'primary' | 'standby'): Promise<number[]> {
  const first = Number((await readFile(join(folderOf(node), 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const all = await holdersOf(join(folderOf(node), 'lock'));
  return [first, ...all.filter((each) => each !== first)];
}

/** The process that makes something of the log. */
async function replayer(node: 'primary' | 'standby'): Promise<number> {
  for (const id of await serverOf(node)) {
    if (/: startup /.test(await readFile(`/proc/${id}/cmdline`, 'latin1'))) return id;
  }
  throw new Error(`${node} replays nothing`);
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const id of processes) {
    try {
      process.kill(id, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** What has ended and is not yet taken note of does nothing any more. */
function isAlive(id: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** Writes one number after the other, each on a connection that it makes anew when one breaks or is silent. */
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

async function query(node: 'primary' | 'standby', text: string, database?: string): Promise<Record<string, unknown>[]> {
  const client = await connected(node, configuration.port, database);
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function connected(node: 'primary' | 'standby', port = configuration.port, database = 'arcade'): Promise<Client> {
  const client = new Client({
    host: addresses[node],
    port,
    user: configuration.masterUser,
    password: configuration.masterPassword,
    database,
    connectionTimeoutMillis: 20_000,
    ssl: { ca, servername: 'db.example.com' },
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}
