import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { Refusal, refusals } from '../refusal.ts';
import type { VerifiedScore } from './verification.ts';

/** Scores of one statement at most. */
const together = 100;

interface Waiting {
  readonly score: VerifiedScore;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores scores, each once: the same submission again changes nothing, and another one for the same run is refused.
 * While one statement is under way the scores that arrive are gathered for the next, so that a crowd costs the
 * database few commits and a single player waits for nobody. Nothing is acknowledged before it is committed.
 */
export class ScoreStore {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves to whether the score is new. Throws `DatabaseUnreachable`, or a `Refusal`. */
  async store(score: VerifiedScore): Promise<boolean> {
    const isNew = await new Promise<boolean>((resolve, reject) => {
      this.#waiting.push({ score, resolve, reject });
      if (!this.#busy) void this.#work();
    });
    if (!isNew) await this.#compare(score);
    return isNew;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, together);
      try {
        const stored = await this.#database.use((kysely) => insert(kysely, batch));
        // Of two equal submissions in one batch only the first is the new one.
        for (const { score, resolve } of batch) resolve(stored.delete(score.run.id));
      } catch (error) {
        // Who waits behind a database that does not answer would wait twice as long for the same answer.
        for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(error);
      }
    }
    this.#busy = false;
  }

  /** A run that is stored already is fine where it is the same submission, sent again. */
  async #compare(score: VerifiedScore): Promise<void> {
    const earlier = await this.#database.use((kysely) =>
      kysely.selectFrom('score').select('digest').where('run', '=', score.run.id).executeTakeFirstOrThrow(),
    );
    if (!earlier.digest.equals(score.digest)) throw new Refusal(refusals.RUN_ALREADY_USED);
  }
}

/** The runs that were new. One text of SQL however many rows, and an array a column. */
async function insert(database: Kysely<Schema>, batch: readonly Waiting[]): Promise<Set<string>> {
  const column = <T>(value: (score: VerifiedScore) => T) => batch.map(({ score }) => value(score));
  const { rows } = await sql<{ run: string }>`
    insert into score (run, nickname, points, steps, inputs, digest)
    select * from unnest(
      ${column((score) => score.run.id)}::uuid[],
      ${column((score) => score.nickname)}::text[],
      ${column((score) => score.points)}::integer[],
      ${column((score) => score.steps)}::integer[],
      ${column((score) => score.inputs)}::bytea[],
      ${column((score) => score.digest)}::bytea[]
    )
    on conflict (run) do nothing
    returning run
  `.execute(database);
  return new Set(rows.map((row) => row.run));
}
