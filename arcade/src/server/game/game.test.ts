import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cheats } from '../../fixtures/cheats.ts';
import { honestGame } from '../../fixtures/game.ts';
import { Postgres } from '../../fixtures/postgres.ts';
import { application } from '../application.ts';
import { Database } from '../database/database.ts';
import { LiveBoard } from './live-board.ts';
import { runLifetime } from './run-token.ts';

let postgres: Postgres;
let clock = Date.now();
const servers: { server: FastifyInstance; database: Database; board: LiveBoard; url: string }[] = [];

beforeAll(async () => {
  postgres = await Postgres.start();
  for (const instance of ['i-1', 'i-2']) {
    const database = new Database(postgres.address, async () => postgres.credentials);
    const board = new LiveBoard(database);
    const identity = async () => ({ instance, zone: 'ap-northeast-2a' });
    const server = application({ database, board, identity, now: () => clock });
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    void board.start();
    servers.push({ server, database, board, url });
    await vi.waitFor(async () => expect((await server.inject('/health/ready')).statusCode).toBe(200), 60_000);
  }
});
afterAll(async () => {
  for (const { server, database, board } of servers) {
    await server.close();
    await board.end();
    await database.end();
  }
  await postgres[Symbol.asyncDispose]();
});

async function post(path: string, body: unknown, which = 0) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${servers[which]?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
}

/** A run, and the honest game of it, in a world where the time that it takes has passed. */
async function played(nickname: string, which = 0) {
  const opened = (await post('/api/runs', {}, which)).body as unknown as { run: string; seed: string };
  const game = honestGame(opened, nickname);
  clock += (game.steps * 1000) / 60;
  return game;
}

describe('a score', () => {
  test('is stored once however often it is sent, to whichever server', async () => {
    const { body } = await played('한 번만');
    expect(await post('/api/scores', body)).toMatchObject({ status: 200, body: { new: true, points: body.points } });
    expect(await post('/api/scores', body, 1)).toMatchObject({ status: 200, body: { new: false } });
    const many = await Promise.all(Array.from({ length: 8 }, (_, at) => post('/api/scores', body, at % 2)));
    expect(many.map((answer) => answer.body.new)).toEqual(Array(8).fill(false));
    const board = await (await fetch(`${servers[1]?.url}/api/board`)).json();
    expect(board.allTime.filter((entry: { nickname: string }) => entry.nickname === '한 번만')).toHaveLength(1);
  });

  test('shows itself on a page that is connected to the other server', async () => {
    const abort = new AbortController();
    const stream = await fetch(`${servers[1]?.url}/api/board/live`, { signal: abort.signal });
    expect(stream.headers.get('x-served-by')).toBe('i-2');
    const { body } = await played('live');
    const seen = (async () => {
      let text = '';
      for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString();
        if (text.includes('"nickname":"live"')) return text;
      }
      return text;
    })();
    await post('/api/scores', body, 0);
    expect(await seen).toContain(`"points":${body.points}`);
    abort.abort();
  });

  test('waits out a database that is gone: a reason, and no loss', async () => {
    const { body } = await played('patient');
    await postgres.stop();
    expect(await post('/api/scores', body)).toMatchObject({ status: 503, body: { error: 'DATABASE_UNREACHABLE' } });
    // A new game can be begun meanwhile: the key is known, and nothing else is needed.
    expect((await post('/api/runs', {})).status).toBe(200);
    await postgres.start();
    await expect.poll(async () => (await post('/api/scores', body)).status).toBe(200);
  });
});

describe('cheating', () => {
  test.each(cheats)('$name is refused with a reason', async ({ body: made, status, codes }) => {
    const { body } = await played('cheat');
    const answer = await post('/api/scores', made(body));
    expect(answer.status).toBe(status);
    expect(codes).toContain(answer.body.error);
    expect(answer.body.message).toEqual({ en: expect.any(String), ko: expect.stringMatching(/[가-힣]/) });
  });

  test("a replay of another's game is refused: under its own run, and under one's own", async () => {
    const { body } = await played('victim');
    await post('/api/scores', body);
    expect(await post('/api/scores', { ...body, nickname: 'thief' }, 1)).toMatchObject({
      status: 409,
      body: { error: 'RUN_ALREADY_USED' },
    });
    const own = await played('thief');
    const answer = await post('/api/scores', { ...own.body, points: body.points, inputs: body.inputs });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatch(/^(INPUTS_IMPOSSIBLE|SCORE_MISMATCH)$/);
  });

  test('a game that is faster than time is refused, by its inputs or by its end', async () => {
    const opened = (await post('/api/runs', {})).body as unknown as { run: string; seed: string };
    const { body, steps } = honestGame(opened, 'fast');
    const refused = { status: 422, body: { error: 'TOO_FAST' } };
    expect(await post('/api/scores', body)).toMatchObject(refused);
    clock += ((steps - 120) * 1000) / 60;
    expect(await post('/api/scores', body)).toMatchObject(refused);
    clock += 2000;
    expect((await post('/api/scores', body)).status).toBe(200);
  });

  test('a run that is kept for later is refused', async () => {
    const { body } = await played('late');
    clock += runLifetime;
    expect(await post('/api/scores', body)).toMatchObject({ status: 403, body: { error: 'RUN_EXPIRED' } });
  });
});
