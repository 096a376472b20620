import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('who comes waits for all before, however they end', async () => {
  const turns = new Turns();
  const said: string[] = [];
  const first = turns.take(async () => {
    said.push('first begins');
    await Promise.resolve();
    said.push('first fails');
    throw new Error('no');
  });
  const second = turns.take(async () => said.push('second'));
  expect(turns.count).toBe(2);
  await expect(first).rejects.toThrow('no');
  await second;
  expect(said).toEqual(['first begins', 'first fails', 'second']);
  expect(turns.count).toBe(0);
});
