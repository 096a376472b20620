import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseEvent } from '../../src/database/configuration.ts';
import { holdersOf } from '../../src/database/lock-holders.ts';
import {
  configuration,
  directory,
  failsOver,
  kinds,
  layGround,
  other,
  query,
  serverOf,
  signal,
  startedPair,
  startedSingle,
} from './hang.fixture.ts';

beforeAll(layGround);
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a Multi-AZ instance', () => {
  // rds-hung-primary
  test('fails over when its server is stopped, with every acknowledged write, once, and nobody serves when it goes on', () =>
    failsOver((processes) => processes));

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
    expect(Date.now() - began).toBeLessThan(own.patience.standby + 15_000);
    expect([pair.standbyState, pair.isInSync, await pair.silentFor()]).toEqual(['not-answering', false, null]);
    expect(await pair.failover()).toBe(false);
    await query(active, 'INSERT INTO writes VALUES (-2)');

    signal(stopped, 'SIGCONT');
    await expect.poll(() => pair.standbyState).toBe('in-sync');
    expect(await serverOf(other(active))).toContain(stopped[0]);
    expect(kinds(events).slice(-4)).toEqual(['silent', 'out-of-sync', 'answers', 'in-sync']);
    expect(await pair.failover()).toBe(true);
    expect(await query(pair.activeNode, 'SELECT number FROM writes WHERE number < 0 ORDER BY 1')).toEqual([
      { number: -2 },
      { number: -1 },
    ]);
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

  test('ends at once where it is stopped', async () => {
    const server = await startedSingle([], {});
    signal(await holdersOf(join(directory, 'single', 'lock')), 'SIGSTOP');
    const began = Date.now();
    await server[Symbol.asyncDispose]();
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await holdersOf(join(directory, 'single', 'lock'))).toEqual([]);
  });
});
