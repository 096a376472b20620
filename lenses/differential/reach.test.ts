import { describe, expect, test } from 'vitest';
import { compareNetworks } from './compare-networks.ts';

/** `TERRACE_SEED` and `TERRACE_NETWORKS` choose other networks, or more or fewer of them. */
const firstSeed = Number(process.env.TERRACE_SEED ?? 1);
const networks = Number(process.env.TERRACE_NETWORKS ?? 200);

describe('the reach lens and the kernel', () => {
  test(`say the same of ${networks} random networks from seed ${firstSeed} on`, async () => {
    const { flows, passed, differences } = await compareNetworks(firstSeed, networks);
    const seeds = `seeds ${firstSeed} to ${firstSeed + networks - 1}`;
    console.log(`${flows} flows asked of lens and kernel, ${passed} of them passed; ${seeds}`);
    expect(differences.join('\n\n')).toBe('');
    expect(passed).toBeGreaterThan(flows / 20);
  });
});
