import { randomBytes } from 'node:crypto';
import { type Kysely, type Migration, sql } from 'kysely';

/** The key with which every server signs and checks runs: made once, here, and known to nobody else. */
export const signingKey: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('signing_key')
      .addColumn('single', 'boolean', (column) => column.primaryKey().defaultTo(true).check(sql`single`))
      .addColumn('key', 'bytea', (column) => column.notNull())
      .execute();
    await sql`insert into signing_key (key) values (${randomBytes(32)})`.execute(database);
  },
};
