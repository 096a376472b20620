import { expect, test } from 'vitest';
import { compareNetworks } from '../../lenses/differential/compare-networks.ts';
import { compareNetworks6 } from '../../lenses/differential/ipv6/compare-networks6.ts';

/** A share of what `npm run test:differential` asks; another one each day, and always the same one on a day. */
const firstSeed = Number(process.env.TERRACE_SEED ?? 10_000 + Math.floor(Date.now() / 86_400_000) * 10);
const networks = 10;
const networks6 = 3;

test(`lens and kernel say the same of ${networks} random networks from seed ${firstSeed} on`, async () => {
  const { flows, differences } = await compareNetworks(firstSeed, networks);
  console.log(`${flows} flows asked of lens and kernel; seeds ${firstSeed} to ${firstSeed + networks - 1}`);
  expect(differences.join('\n\n')).toBe('');
});

test(`lens and kernel say the same by IPv6 of ${networks6} random networks from seed ${firstSeed} on`, async () => {
  const { flows, differences } = await compareNetworks6(firstSeed, networks6);
  console.log(`${flows} flows asked of lens and kernel by IPv6; seeds ${firstSeed} to ${firstSeed + networks6 - 1}`);
  expect(differences.join('\n\n')).toBe('');
});
