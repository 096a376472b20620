import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';
import { reportWaits, waits } from './wait-report.ts';

const said = (text: string) => ({ en: text, ko: text });
const creation = (...texts: string[]) => ({ waitedFor: () => texts.map(said), giveUp: vi.fn() });
const booting = (...names: string[]) => {
  const list = names.map((name) => ({
    name,
    instance: { journal: { read: async () => [{ text: `line of ${name}` }] } },
  }));
  return { booting: list } as unknown as Pick<InstanceKeeper, 'booting'>;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  ['nothing', creation(), booting(), undefined],
  ['a signal', creation('Web: 0 of 1 signals'), booting(), 'waiting for Web: 0 of 1 signals'],
  ['a first boot, with its last line', creation(), booting('web/0'), 'waiting for web/0 boots: line of web/0'],
  [
    'more boots than are named',
    creation(),
    booting('a', 'b', 'c', 'd', 'e'),
    'waiting for a boots: line of a; b boots: line of b; c boots: line of c; 2 more instances boot',
  ],
])('%s', async (_, watch, instances, text) => {
  expect((await waits(watch, instances))?.en).toBe(text);
});

test('is said every five seconds, and ended by the timeout, as long as the wait is on', async () => {
  const watch = creation('Web: 0 of 1 signals');
  const told: string[] = [];
  const reports = reportWaits(watch, booting(), { timeout: 12_000, tell: ({ en }) => void told.push(en) });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(told).toHaveLength(2);
  expect(watch.giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(watch.giveUp).toHaveBeenCalledWith(12);
  reports[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toHaveLength(2);
});

test('as long as AWS waits where no timeout is stated', async () => {
  const watch = creation('Web: 0 of 1 signals');
  using _reports = reportWaits(watch, booting(), { timeout: null, tell: () => {} });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(watch.giveUp).not.toHaveBeenCalled();
});
