import { expect, test } from 'vitest';
import { compareNetworks6 } from './compare-networks6.ts';

/** `TERRACE_SEED` and `TERRACE_NETWORKS` choose other networks, or more or fewer of them. */
const firstSeed = Number(process.env.TERRACE_SEED ?? 1);
const networks = Number(process.env.TERRACE_NETWORKS ?? 100);

test(`the reach lens and the kernel say the same by IPv6 of ${networks} random networks from seed ${firstSeed} on`, async () => {
  const { flows, passed, differences } = await compareNetworks6(firstSeed, networks);
  console.log(`${flows} flows asked of lens and kernel by IPv6, ${passed} of them passed`);
  expect(differences.join('\n\n')).toBe('');
  expect(passed).toBeGreaterThan(flows / 20);
});
