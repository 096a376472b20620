import { Fabric } from '../../region/src/fabric/standalone.ts';
import { disagreements, randomFlows } from './disagreements.ts';
import { randomNetwork } from './random-network.ts';
import { shrink } from './shrink.ts';

const flowsEach = 60;
const milliseconds = 400;
const maximumFailures = 3;

export interface Compared {
  readonly flows: number;
  readonly passed: number;
  /** Each with its seed, and shrunk to the smallest network that still shows it. */
  readonly differences: readonly string[];
}

/** Asks lens and kernel the same about random networks of these seeds. */
export async function compareNetworks(firstSeed: number, networks: number): Promise<Compared> {
  let flows = 0;
  let passed = 0;
  const differences: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + networks && differences.length < maximumFailures; seed++) {
    const view = randomNetwork(seed);
    await using fabric = await Fabric.start(view);
    const asked = randomFlows(view, seed, flowsEach);
    flows += asked.length;
    const first = await disagreements(fabric, view, asked, milliseconds);
    passed += first.passed;
    if (first.differing.length === 0) continue;
    // Silence may be a slow machine: what differs is asked once more, with patience.
    const again = first.differing.map((each) => each.flow);
    const { differing } = await disagreements(fabric, view, again, 5 * milliseconds);
    if (differing.length === 0) continue;
    const smallest = await shrink(view, differing[0]!, milliseconds);
    differences.push(`seed ${seed}: ${differing.length} of ${asked.length} flows\n${smallest}`);
  }
  return { flows, passed, differences };
}
