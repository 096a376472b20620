import fastify, { type FastifyInstance } from 'fastify';
import type * as z from 'zod';
import { type Database, DatabaseUnreachable, seenAs } from './database/database.ts';
import { drain } from './drain.ts';
import { addGame, parseBody } from './game/game.ts';
import type { LiveBoard } from './game/live-board.ts';
import { addLiveStream } from './game/live-stream.ts';
import { ScoreStore } from './game/score-store.ts';
import { signingKeyOf } from './game/signing-key.ts';
import { addHealth } from './health.ts';
import { addHello } from './hello.ts';
import type { Identity } from './identity.ts';
import { log } from './log.ts';
import { Refusal, refusals } from './refusal.ts';

/** A game's inputs are 18 kB at most as base64url, the rest of a submission is small. */
const bodyLimit = 20 * 1024;

/** Every route of the application server, without a port: tests call it directly. */
export function application(parts: {
  readonly database: Database;
  readonly board: LiveBoard;
  readonly identity: () => Promise<Identity>;
  /** Milliseconds since 1970; a test may let time pass. */
  readonly now?: () => number;
}): FastifyInstance {
  const { database, board, identity, now = Date.now } = parts;
  const server = fastify({
    logger: false,
    bodyLimit,
    requestTimeout: 10_000,
    keepAliveTimeout: 75_000,
    schemaController: { compilersFactory: { buildValidator: noJsonSchema, buildSerializer: noJsonSchema } },
  });
  server.setValidatorCompiler(({ schema }) => parseBody(schema as z.ZodType));
  server.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status === 413) await drain(request.raw);
    if (refusal.status >= 500) log(refusal.code, error);
    return reply.status(refusal.status).header('cache-control', 'no-store').send(refusal.body());
  });
  server.setNotFoundHandler((_request, reply) => reply.status(404).send(new Refusal(refusals.NOT_FOUND).body()));
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  });
  // What is under way when the server is told to stop is answered within three seconds; a connection on which nothing was
  // ever asked, as browsers and balancers keep some, would otherwise hold the end up.
  server.addHook('preClose', async () => {
    setTimeout(() => server.server.closeAllConnections(), 3000).unref();
  });
  addHealth(server, database);
  addHello(server, database, identity);
  addGame(server, { store: new ScoreStore(database), board, key: signingKeyOf(database), now });
  addLiveStream(server, board, async () => (await identity()).instance ?? 'unknown');
  return server;
}

/** Bodies are checked by zod; without this, Fastify loads its compilers of JSON Schema at every start. */
function noJsonSchema(): never {
  throw new Error('a route states a JSON Schema, for which there is no compiler here');
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnreachable) return new Refusal(refusals.DATABASE_UNREACHABLE, seenAs(error.cause));
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return new Refusal(refusals.BODY_TOO_LARGE);
  if (status >= 400 && status < 500) return new Refusal(refusals.REQUEST_MALFORMED);
  return new Refusal(refusals.INTERNAL);
}
