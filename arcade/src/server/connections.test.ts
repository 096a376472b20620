import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Postgres } from '../fixtures/postgres.ts';
import { Connections } from './connections.ts';

let postgres: Postgres;
let connections: Connections;
beforeAll(async () => {
  postgres = await Postgres.start();
  const limits = { connections: 2, statement: 2000 };
  connections = new Connections(postgres.address, limits, async () => postgres.credentials);
}, 60_000);
afterAll(async () => {
  await connections.end();
  await postgres[Symbol.asyncDispose]();
});

/** What ends a backend says so first and hangs up then: two errors for whoever holds the other end. */
async function endBackends(): Promise<void> {
  const ended = await postgres.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'arcade'",
  );
  expect(ended.length).toBeGreaterThan(0);
  await setTimeout(200);
}

test('a connection that breaks while it is on loan is an error of the next statement, and of nothing else', async () => {
  const client = await connections.connect();
  await endBackends();
  await expect(client.query('select 1', [])).rejects.toThrow();
  client.release();
  const next = await connections.connect();
  expect(await next.query('select 1 as one', [])).toMatchObject({ rows: [{ one: 1 }] });
  next.release();
});

test('a connection that breaks while it is on loan and is given back unused is not lent again', async () => {
  const client = await connections.connect();
  await endBackends();
  client.release();
  const next = await connections.connect();
  expect(await next.query('select 1 as one', [])).toMatchObject({ rows: [{ one: 1 }] });
  next.release();
});

test('a connection outside the pool that breaks says that it ended', async () => {
  const client = await connections.connectAlone();
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await endBackends();
  await ended;
});
