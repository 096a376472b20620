import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Postgres } from '../../fixtures/postgres.ts';
import { Connections } from './connections.ts';

let postgres: Postgres;
let connections: Connections;
const limits = { connections: 2, statement: 20_000 };
beforeAll(async () => {
  postgres = await Postgres.start();
  connections = new Connections(postgres.address, limits, async () => postgres.credentials);
});
afterAll(async () => {
  await connections.end();
  await postgres[Symbol.asyncDispose]();
});

/** What ends a backend says so first and hangs up then: two errors for whoever holds the other end, who has the first by now. */
async function endBackends(): Promise<void> {
  const ended = await postgres.query(`select pg_terminate_backend(pid) from ${backends}`);
  expect(ended.length).toBeGreaterThan(0);
  await vi.waitFor(async () => expect(await postgres.query(`select from ${backends}`)).toEqual([]), 30_000);
  await setImmediate();
}
const backends = "pg_stat_activity where application_name = 'arcade'";

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

test('a secret that cannot be read in the middle of a rotation costs the logins until it can, and no more', async () => {
  let read = async () => postgres.credentials;
  const rotating = new Connections(postgres.address, limits, () => read());
  const login = () =>
    rotating.connect().then(
      (client) => client.release() ?? 'connected',
      (error: Error) => error.message,
    );
  expect(await login()).toBe('connected');
  const { username } = postgres.credentials;
  await postgres.query(`alter user ${username} password 'rotated'`);
  postgres.credentials = { username, password: 'rotated' };
  await endBackends();
  read = async () => {
    throw new Error('no secret');
  };
  await expect.poll(login).toBe('no secret');
  read = async () => postgres.credentials;
  await expect.poll(login).toBe('connected');
  await rotating.end();
});
