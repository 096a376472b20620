import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fuzzCase, runFuzzCase } from './fuzz.fixture.ts';

const examples = new URL('../../../examples/', import.meta.url);
const corpus = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ya?ml|json)$/.test(file))
  .map((file) => readFileSync(new URL(file, examples), 'utf8'));

/** The share of `npm run fuzz` that every test run takes: the same cases each time. */
test('damaged templates end in mistakes, not in a crash or a hang', { timeout: 120_000 }, async () => {
  const slow: string[] = [];
  for (let seed = 0; seed < 400; seed++) {
    const outcome = await runFuzzCase(fuzzCase(seed, corpus));
    expect(outcome.crash, `npm run fuzz -- --seed ${seed} --count 1`).toBeNull();
    if (outcome.milliseconds > 30_000) slow.push(`${seed}: ${Math.round(outcome.milliseconds)} ms`);
  }
  expect(slow).toEqual([]);
});
