import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect } from 'vitest';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { holdersOf } from '../../src/database/lock-holders.ts';
import { PostgresqlPair } from '../../src/database/postgresql/pair.ts';
import { PostgresqlServer } from '../../src/database/postgresql/server.ts';
import { freePort, groundOf } from './database.fixture.ts';

export let directory: string;
export let configuration: DatabaseConfiguration;
let ca: string;
const addresses = { primary: '127.0.0.1', standby: '127.0.0.2' } as const;
const patience = { server: 5_000, standby: 3_000 };

/** Once, before the tests of a file. */
export async function layGround(): Promise<void> {
  const ground = await groundOf({
    address: addresses.primary,
    standby: { networkNamespace: null, address: addresses.standby },
    patience,
  });
  ({ directory, configuration } = ground);
  ca = ground.authority.certificate;
}

/** Stops processes of the server that takes writes, while there are writes. */
export async function failsOver(which: (processes: number[]) => number[]): Promise<void> {
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
  expect(Date.now() - began).toBeLessThan(patience.server + 15_000);
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
}

export async function startedPair(on: (event: DatabaseEvent) => void, own = configuration): Promise<PostgresqlPair> {
  const result = await PostgresqlPair.start(own, on);
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

export async function startedSingle(events: DatabaseEvent[], change: Partial<DatabaseConfiguration>) {
  const port = await freePort();
  const own = { ...configuration, standby: null, directory: join(directory, 'single'), port, ...change };
  const result = await PostgresqlServer.start(own, (event) => events.push(event));
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return Object.assign(result.value, { port });
}

export function kinds(events: readonly DatabaseEvent[]): string[] {
  return events.map(({ kind }) => kind);
}

export function other(node: 'primary' | 'standby') {
  return node === 'primary' ? 'standby' : 'primary';
}

function folderOf(node: 'primary' | 'standby'): string {
  return node === 'primary' ? configuration.directory : join(configuration.directory, 'standby');
}

/** All processes of a node's server, the first at the beginning. */
export async function serverOf(node: 'primary' | 'standby'): Promise<number[]> {
  const first = Number((await readFile(join(folderOf(node), 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const all = await holdersOf(join(folderOf(node), 'lock'));
  return [first, ...all.filter((each) => each !== first)];
}

/** The process that makes something of the log. */
export async function replayer(node: 'primary' | 'standby'): Promise<number> {
  for (const id of await serverOf(node)) {
    if (/: startup /.test(await readFile(`/proc/${id}/cmdline`, 'latin1'))) return id;
  }
  throw new Error(`${node} replays nothing`);
}

export function signal(processes: readonly number[], name: NodeJS.Signals): void {
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

export async function query(
  node: 'primary' | 'standby',
  text: string,
  database?: string,
): Promise<Record<string, unknown>[]> {
  const client = await connected(node, configuration.port, database);
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

export async function connected(
  node: 'primary' | 'standby',
  port = configuration.port,
  database = 'arcade',
): Promise<Client> {
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
