import { type ScoreRate, scoresPerSecond } from './game-scores.ts';
import { RegionUnderTest } from './region-under-test.ts';

/** Verified scores accepted a second through all three tiers of a region, from the host's loopback. */
export async function measureScoresThroughTiers(): Promise<ScoreRate> {
  await using region = await RegionUnderTest.make();
  const { app } = await region.up('--app', await region.synthesize());
  if (app === null) throw new Error('the blueprint has no address for a browser');
  return scoresPerSecond(app.replace(/\/$/, ''));
}
