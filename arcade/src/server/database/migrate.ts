import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { score } from '../migrations/score.ts';
import { signingKey } from '../migrations/signing-key.ts';
import { visit } from '../migrations/visit.ts';

/** In the order in which they are carried out; a name, once deployed, is never changed. */
const migrations: Readonly<Record<string, Migration>> = {
  '001-visit': visit,
  '002-signing-key': signingKey,
  '003-score': score,
};

/**
 * Brings the database's tables to what this server needs. Several servers may do so at once: an advisory lock
 * lets one work and the others find it done. A database that is already ahead of this
 * server, as it is while a new version rolls out, is left as it is.
 */
export async function migrate<T>(database: Kysely<T>): Promise<void> {
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  }).migrateToLatest();
  if (error) throw error;
}

/** Whether there is nothing for `migrate` to do, as at every start but a version's first. */
export async function isUpToDate<T>(database: Kysely<T>): Promise<boolean> {
  const table = await sql<{ exists: boolean }>`select to_regclass('kysely_migration') is not null as exists`.execute(
    database,
  );
  if (!table.rows[0]?.exists) return false;
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  const names = new Set(done.rows.map((row) => row.name));
  return Object.keys(migrations).every((name) => names.has(name));
}
