import { expect, test } from 'vitest';
import { compareNetworks } from '../../lenses/differential/compare-networks.ts';

/** A share of what `npm run test:differential` asks; another one each day, and always the same one on a day. */
const firstSeed = Number(process.env.TERRACE_SEED ?? 10_000 + Math.floor(Date.now() / 86_400_000) * 10);
const networks = 10;

test(`lens and kernel say the same of ${networks} random networks from seed ${firstSeed} on`, async () => {
  const { flows, differences } = await compareNetworks(firstSeed, networks);
  console.log(`${flows} flows asked of lens and kernel; seeds ${firstSeed} to ${firstSeed + networks - 1}`);
  expect(differences.join('\n\n')).toBe('');
});
