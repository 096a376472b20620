import { type Kysely, type Migration, sql } from 'kysely';

/**
 * One row a game, named by its run, so that a score is stored once however often it is sent. The inputs are kept:
 * every score on the board can be played again. A day begins at midnight in Seoul.
 */
export const score: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('score')
      .addColumn('run', 'uuid', (column) => column.primaryKey())
      .addColumn('nickname', 'text', (column) => column.notNull())
      .addColumn('points', 'integer', (column) => column.notNull().check(sql`points >= 0`))
      .addColumn('steps', 'integer', (column) => column.notNull().check(sql`steps > 0`))
      .addColumn('inputs', 'bytea', (column) => column.notNull())
      .addColumn('digest', 'bytea', (column) => column.notNull())
      .addColumn('at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .addColumn('day', 'date', (column) => column.notNull().defaultTo(sql`(now() at time zone 'Asia/Seoul')::date`))
      .execute();
    await database.schema.createIndex('score_all_time').on('score').columns(['points desc', 'at']).execute();
    await database.schema.createIndex('score_by_day').on('score').columns(['day', 'points desc', 'at']).execute();
  },
};
