import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../fixtures/certificate.ts';
import { Postgres } from '../fixtures/postgres.ts';
import { application } from './application.ts';
import { Database } from './database/database.ts';
import { LiveBoard } from './game/live-board.ts';

const identity = async () => ({ instance: 'i-1', zone: 'ap-northeast-2a' });
let postgres: Postgres;
beforeAll(async () => {
  postgres = await Postgres.start();
});
afterAll(() => postgres[Symbol.asyncDispose]());

/** A server of its own on the shared database; ended by the test. */
async function serving(database: Database, work: (ask: (path: string) => Promise<Answer>) => Promise<void>) {
  const server = application({ database, board: new LiveBoard(database), identity });
  try {
    await work(async (path) => {
      const answer = await server.inject(path);
      return { status: answer.statusCode, body: answer.json() };
    });
  } finally {
    await server.close();
    await database.end();
  }
}
interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The first that is asked of a database prepares its tables, and each request has its time. */
function becomes(ask: (path: string) => Promise<Answer>, path: string, status: number): Promise<void> {
  return expect.poll(async () => (await ask(path)).status).toBe(status);
}

describe('the first path', () => {
  test('writes a row, reads it back, and says over what connection', async () => {
    await serving(new Database(postgres.address, async () => postgres.credentials), async (ask) => {
      await becomes(ask, '/health/ready', 200);
      const first = await ask('/api/hello');
      const second = await ask('/api/hello');
      expect(first).toMatchObject({
        status: 200,
        body: {
          instance: 'i-1',
          zone: 'ap-northeast-2a',
          database: { address: '127.0.0.1', version: expect.stringMatching(/^17\./), tls: 'TLSv1.3' },
        },
      });
      expect(second.body.visits).toBe(Number(first.body.visits) + 1);
    });
  });

  test('several servers may prepare the same database at once', async () => {
    await postgres.query('drop schema public cascade; create schema public');
    const databases = Array.from({ length: 4 }, () => new Database(postgres.address, async () => postgres.credentials));
    try {
      await Promise.all(databases.map((database) => database.use(async () => {}, 60_000)));
    } finally {
      await Promise.all(databases.map((database) => database.end()));
    }
  });

  test('takes up a changed password without a restart', async () => {
    let secret = postgres.credentials;
    await serving(new Database(postgres.address, async () => secret), async (ask) => {
      await becomes(ask, '/api/hello', 200);
      // What a rotation does: the password changes first, the secret follows, and connections are cut at last.
      await postgres.query(`alter user ${secret.username} password 'rotated'`);
      secret = { username: secret.username, password: 'rotated' };
      postgres.credentials = secret;
      await postgres.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'arcade' and pid <> pg_backend_pid()",
      );
      await becomes(ask, '/api/hello', 200);
    });
  });

  test('stays alive without its database, says so, and finds it again', async () => {
    await serving(new Database(postgres.address, async () => postgres.credentials), async (ask) => {
      await becomes(ask, '/health/ready', 200);
      await postgres.stop();
      const began = Date.now();
      expect(await ask('/api/hello')).toMatchObject({ status: 503, body: { error: 'DATABASE_UNREACHABLE' } });
      expect(Date.now() - began).toBeLessThan(3000);
      expect((await ask('/health/live')).status).toBe(200);
      expect((await ask('/health/ready')).status).toBe(503);
      await postgres.start();
      await becomes(ask, '/health/ready', 200);
    });
  });

  test('does not talk to a database whose certificate it cannot verify', async () => {
    const stranger = `${postgres.address.caFiles[0]}.stranger`;
    writeFileSync(stranger, selfSigned().certificate);
    const address = { ...postgres.address, caFiles: [stranger] };
    await serving(new Database(address, async () => postgres.credentials), async (ask) => {
      await expect
        .poll(() => ask('/api/hello'))
        .toMatchObject({ status: 503, body: { detail: expect.stringMatching(/certificate/) } });
    });
  });
});
