import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { mostBytes } from '../../rules/inputs.ts';
import { log } from '../log.ts';
import { Refusal, refusals } from '../refusal.ts';
import type { LiveBoard } from './live-board.ts';
import { openRun } from './run-token.ts';
import type { ScoreStore } from './score-store.ts';
import type { Board } from './scores.ts';
import { verify } from './verification.ts';

const base64url = /^[A-Za-z0-9_-]*$/;

const submission = z.strictObject({
  run: z.string().max(120).regex(base64url),
  nickname: z.string().max(200),
  points: z.number().int().min(0).max(2_000_000_000),
  inputs: z
    .string()
    .max(Math.ceil((mostBytes * 4) / 3))
    .regex(base64url),
});

/**
 * - `POST /api/runs` opens a game: `{ run, seed }`.
 * - `POST /api/scores` takes a finished one: `{ run, nickname, points, inputs }`, answers `{ id, nickname, points, new, board }`.
 * - `GET /api/board`: `{ today, allTime }`.
 */
export function addGame(
  server: FastifyInstance,
  parts: {
    readonly store: ScoreStore;
    readonly board: LiveBoard;
    readonly key: () => Promise<Uint8Array>;
    readonly now: () => number;
  },
): void {
  const { store, board, key, now } = parts;

  server.post('/api/runs', { bodyLimit: 1024 }, async (_request, reply) => {
    const { run, token } = openRun(await key(), now());
    reply.header('cache-control', 'no-store');
    return { run: token, id: run.id, seed: run.seed, rules: run.rules };
  });

  server.post('/api/scores', { schema: { body: submission } }, async (request, reply) => {
    const score = verify(await key(), request.body as z.infer<typeof submission>, now());
    const isNew = await store.store(score);
    reply.header('cache-control', 'no-store');
    // The score is safe by now: whatever becomes of the announcement, the player has an answer.
    if (isNew) await board.announce(score.points).catch((error) => log('a score could not be announced', error));
    return { id: score.run.id, nickname: score.nickname, points: score.points, new: isNew };
  });

  server.get('/api/board', async (_request, reply): Promise<Board> => {
    reply.header('cache-control', 'no-store');
    return board.read();
  });
}

/** Bodies are parsed by zod; what does not fit is refused with the field's name and nothing of what was sent. */
export function parseBody(schema: z.ZodType): (body: unknown) => { value: unknown } | { error: Refusal } {
  return (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return { value: parsed.data };
    const [issue] = parsed.error.issues;
    return { error: new Refusal(refusals.REQUEST_MALFORMED, issue?.path.join('.') || 'body') };
  };
}
