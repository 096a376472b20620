import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseEvent } from '../../src/database/configuration.ts';
import {
  configuration,
  connected,
  directory,
  failsOver,
  kinds,
  layGround,
  other,
  query,
  replayer,
  serverOf,
  signal,
  startedPair,
  startedSingle,
} from './hang.fixture.ts';

beforeAll(layGround);
afterAll(() => rm(directory, { recursive: true, force: true }));

const patient = { timeout: 90_000 };

describe('a Multi-AZ instance', () => {
  test('fails over when the first process of its server alone is stopped, whose sessions go on', () =>
    failsOver(([first]) => [first!]));

  test('makes a standby anew that stays stopped, and one that takes the log but does nothing with it', async () => {
    const events: DatabaseEvent[] = [];
    const own = { ...configuration, patience: { server: 4_000, standby: 2_000 } };
    await using pair = await startedPair((event) => events.push(event), own);
    await expect.poll(() => pair.standbyState, patient).toBe('in-sync');
    const standby = other(pair.activeNode);
    for (const find of [async () => (await serverOf(standby))[0]!, () => replayer(standby)]) {
      events.length = 0;
      signal([await find()], 'SIGSTOP');
      await expect
        .poll(() => kinds(events))
        .toEqual(expect.arrayContaining(['silent', 'out-of-sync', 'hung', 'in-sync']));
      await expect.poll(() => pair.standbyState, patient).toBe('in-sync');
    }
  });

  test('starts its server again where the standby is stopped when that dies', async () => {
    const events: DatabaseEvent[] = [];
    await using pair = await startedPair((event) => events.push(event));
    await expect.poll(() => pair.standbyState, patient).toBe('in-sync');
    const active = pair.activeNode;
    signal(await serverOf(other(active)), 'SIGSTOP');
    process.kill(pair.processId!, 'SIGKILL');
    await expect.poll(() => kinds(events).filter((kind) => kind === 'ready')).toHaveLength(2);
    expect(kinds(events)).not.toContain('failed-over');
    expect(pair.activeNode).toBe(active);
    await query(active, 'INSERT INTO writes VALUES (-3)');
    await expect.poll(() => pair.standbyState, patient).toBe('in-sync');
  });
});

describe('a single-zone instance', () => {
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
});
