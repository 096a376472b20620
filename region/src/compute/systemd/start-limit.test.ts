import { expect, test } from 'vitest';
import { StartLimit } from './start-limit.ts';

const unit = { startLimitBurst: 2, startLimitInterval: 10_000 };

test('so many starts within the time and no more, each of them counted from when it was', () => {
  const limit = new StartLimit();
  const at = (seconds: number) => limit.admits(unit, seconds * 1000);
  expect([at(0), at(9), at(9.9), at(10), at(18.9), at(19)]).toEqual([true, true, false, true, false, true]);
});

test('what is forgotten counts no more', () => {
  const limit = new StartLimit();
  expect([limit.admits(unit, 0), limit.admits(unit, 0), limit.admits(unit, 0)]).toEqual([true, true, false]);
  limit.forget();
  expect(limit.admits(unit, 0)).toBe(true);
});

test.each([
  { ...unit, startLimitBurst: 0 },
  { ...unit, startLimitInterval: 0 },
])('none at all with $startLimitBurst starts in $startLimitInterval ms', (unlimited) => {
  const limit = new StartLimit();
  expect([1, 2, 3, 4].every(() => limit.admits(unlimited, 0))).toBe(true);
});
