import { databaseLimitInRegion } from './game-database.ts';
import { type ScoreRate, scoresPerSecond } from './game-scores.ts';
import { RegionUnderTest } from './region-under-test.ts';

export interface TierScores {
  /** Through all three tiers, from the host's loopback. */
  readonly scores: ScoreRate;
  /** The same inserts into the same database by pgbench, from an application server. */
  readonly databaseLimitPerSecond: number;
}

/** Verified scores accepted a second through all three tiers of a region, and what its database alone would take. */
export async function measureScoresThroughTiers(): Promise<TierScores> {
  await using region = await RegionUnderTest.make();
  const { app } = await region.up('--app', await region.synthesize());
  if (app === null) throw new Error('the blueprint has no address for a browser');
  const scores = await scoresPerSecond(app.replace(/\/$/, ''));
  return { scores, databaseLimitPerSecond: await databaseLimitInRegion(region) };
}
