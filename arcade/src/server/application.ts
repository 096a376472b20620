import fastify, { type FastifyInstance } from 'fastify';
import { type Database, DatabaseUnreachable } from './database.ts';
import { addHealth } from './health.ts';
import { addHello } from './hello.ts';
import type { Identity } from './identity.ts';
import { describe, log } from './log.ts';
import { Refusal, refusals } from './refusal.ts';

/** Every route of the application server, without a port: tests call it directly. */
export function application(parts: {
  readonly database: Database;
  readonly identity: () => Promise<Identity>;
}): FastifyInstance {
  const server = fastify({ logger: false, bodyLimit: 32 * 1024, requestTimeout: 10_000, keepAliveTimeout: 75_000 });
  server.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) log(refusal.code, error);
    return reply.status(refusal.status).header('cache-control', 'no-store').send(refusal.body());
  });
  server.setNotFoundHandler((_request, reply) => reply.status(404).send(new Refusal(refusals.NOT_FOUND).body()));
  addHealth(server, parts.database);
  addHello(server, parts.database, parts.identity);
  return server;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnreachable) return new Refusal(refusals.DATABASE_UNREACHABLE, describe(error.cause));
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return new Refusal(refusals.BODY_TOO_LARGE);
  if (status >= 400 && status < 500) return new Refusal(refusals.REQUEST_MALFORMED);
  return new Refusal(refusals.INTERNAL);
}
