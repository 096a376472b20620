import type { Kysely } from 'kysely';
import { Refusal, refusals } from './refusal.ts';
import type { Schema } from './schema.ts';
import type { VerifiedScore } from './verification.ts';

/** A score as everyone may see it. */
export interface Entry {
  readonly nickname: string;
  readonly points: number;
  /** Length of the game in steps, sixty a second. */
  readonly steps: number;
  /** Names the game, to be found again on the board. */
  readonly run: string;
}

export interface Board {
  readonly today: readonly Entry[];
  readonly allTime: readonly Entry[];
}

/** Entries of each list. */
export const boardLength = 10;

/**
 * Stores a score, once: the same submission again changes nothing, and another one for the same run is refused.
 * Resolves to whether it is new.
 */
export async function storeScore(database: Kysely<Schema>, score: VerifiedScore): Promise<boolean> {
  const { run, nickname, points, steps, inputs, digest } = score;
  const stored = await database
    .insertInto('score')
    .values({ run: run.id, nickname, points, steps, inputs, digest })
    .onConflict((conflict) => conflict.column('run').doNothing())
    .returning('run')
    .executeTakeFirst();
  if (stored) return true;
  const earlier = await database.selectFrom('score').select('digest').where('run', '=', run.id).executeTakeFirst();
  if (!earlier?.digest.equals(digest)) throw new Refusal(refusals.RUN_ALREADY_USED);
  return false;
}

/** The best of the day in Seoul, given as `2026-11-22`, and of all days; who was first stands first. */
export async function readBoard(database: Kysely<Schema>, day: string): Promise<Board> {
  const best = database
    .selectFrom('score')
    .select(['nickname', 'points', 'steps', 'run'])
    .orderBy('points', 'desc')
    .orderBy('at')
    .limit(boardLength);
  const [today, allTime] = await Promise.all([best.where('day', '=', day as never).execute(), best.execute()]);
  return { today, allTime };
}

/** The calendar day in Seoul, where the service runs and where its players' today begins. */
export function dayInSeoul(now: number): string {
  return new Date(now + 9 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
