import { type Kysely, type Migration, sql } from 'kysely';

/** How often each instance has answered: one row an instance, however many visits. */
export const visit: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('visit')
      .addColumn('instance', 'text', (column) => column.primaryKey())
      .addColumn('visits', 'bigint', (column) => column.notNull().defaultTo(sql`0`))
      .execute();
  },
};
