import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

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

/** The best of a day in Seoul, as `dayInSeoul` numbers them, and of all days; who was first stands first. */
export async function readBoard(database: Kysely<Schema>, day: number): Promise<Board> {
  const best = database
    .selectFrom('score')
    .select(['nickname', 'points', 'steps', 'run'])
    .orderBy('points', 'desc')
    .orderBy('at')
    .limit(boardLength);
  const [today, allTime] = await Promise.all([best.where('day', '=', writeDay(day)).execute(), best.execute()]);
  return { today, allTime };
}

/** A number of the calendar day in Seoul, where the service runs and where its players' today begins. */
export function dayInSeoul(now: number): number {
  return Math.floor((now + 9 * 60 * 60 * 1000) / 86_400_000);
}

/** Such a day as PostgreSQL writes it, for example `2026-11-22`. */
function writeDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
