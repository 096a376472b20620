import { describe, expect, test } from 'vitest';
import { Fabric } from '../../region/src/fabric/standalone.ts';
import { disagreements, randomFlows } from './disagreements.ts';
import { randomNetwork } from './random-network.ts';

const firstSeed = Number(process.env.TERRACE_SEED ?? 600);
const networks = Number(process.env.TERRACE_CHANGES ?? 20);
const milliseconds = 400;

describe('a fabric that is changed from one network to another in place', () => {
  test(`is each of ${networks} random networks in turn, as the reach lens has it (from seed ${firstSeed} on)`, async () => {
    await using fabric = await Fabric.start(randomNetwork(firstSeed));
    const failed: string[] = [];
    for (let seed = firstSeed + 1; seed < firstSeed + networks; seed++) {
      const view = randomNetwork(seed);
      await fabric.apply(view).catch((error: Error) => {
        throw new Error(`from seed ${seed - 1} to ${seed}: ${error.message}`);
      });
      const suspected = await disagreements(fabric, view, randomFlows(view, seed, 30), milliseconds);
      const again = suspected.differing.map((each) => each.flow);
      const { differing } = await disagreements(fabric, view, again, 5 * milliseconds);
      failed.push(...differing.map((each) => `from seed ${seed - 1} to ${seed}: ${JSON.stringify(each)}`));
    }
    expect(failed).toEqual([]);
  });
});
