import { describe, expect, test } from 'vitest';
import { Fabric } from '../../region/src/fabric/standalone.ts';
import { disagreements, randomFlows } from './disagreements.ts';
import { randomNetwork } from './random-network.ts';
import { shrink } from './shrink.ts';

/** `TERRACE_SEED` and `TERRACE_NETWORKS` choose other networks, or more or fewer of them. */
const firstSeed = Number(process.env.TERRACE_SEED ?? 1);
const networks = Number(process.env.TERRACE_NETWORKS ?? 200);
const flowsEach = 60;
const milliseconds = 400;

describe('the reach lens and the kernel', () => {
  test(`say the same of ${networks} random networks from seed ${firstSeed} on`, async () => {
    let asked = 0;
    const failed: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + networks && failed.length < 3; seed++) {
      const view = randomNetwork(seed);
      await using fabric = await Fabric.start(view);
      const flows = randomFlows(view, seed, flowsEach);
      asked += flows.length;
      const suspected = await disagreements(fabric, view, flows, milliseconds);
      if (suspected.length === 0) continue;
      // Silence may be a slow machine: what differs is asked once more, with patience.
      const again = suspected.map((each) => each.flow);
      const differing = await disagreements(fabric, view, again, 5 * milliseconds);
      if (differing.length === 0) continue;
      const smallest = await shrink(view, differing[0]!, milliseconds);
      failed.push(`seed ${seed}: ${differing.length} of ${flows.length} flows\n${smallest}`);
    }
    console.log(`${asked} flows asked of lens and kernel, seeds ${firstSeed} to ${firstSeed + networks - 1}`);
    expect(failed.join('\n\n')).toBe('');
  });
});
