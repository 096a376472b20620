import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database/database.ts';
import type { Schema } from './database/schema.ts';
import type { Identity } from './identity.ts';

/** `GET /api/hello`: who answered, and that a row was written to the database and read back, over what kind of connection. */
export function addHello(server: FastifyInstance, database: Database, identity: () => Promise<Identity>): void {
  server.get('/api/hello', async (_request, reply) => {
    const { instance, zone } = await identity();
    const seen = await database.use((kysely) => countVisit(kysely, instance ?? 'unknown'));
    reply.header('cache-control', 'no-store');
    return {
      instance,
      zone,
      visits: seen.visits,
      database: { address: seen.address, version: seen.version, tls: seen.tls },
    };
  });
}

async function countVisit(database: Kysely<Schema>, instance: string) {
  await database
    .insertInto('visit')
    .values({ instance, visits: 1 })
    .onConflict((conflict) => conflict.column('instance').doUpdateSet({ visits: sql`visit.visits + 1` }))
    .execute();
  const { rows } = await sql<{ visits: number; address: string; version: string; tls: string | null }>`
    select
      (select sum(visits) from visit)::float8 as visits,
      host(inet_server_addr()) as address,
      current_setting('server_version') as version,
      (select version from pg_stat_ssl where pid = pg_backend_pid()) as tls
  `.execute(database);
  const [row] = rows;
  if (!row) throw new Error('a select without a table gives one row');
  return row;
}
