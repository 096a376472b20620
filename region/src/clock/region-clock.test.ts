import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RegionClock } from './region-clock.ts';

const start = Date.UTC(2026, 10, 29, 15);
const hour = 3_600_000;
const failures: Error[] = [];
let clock: RegionClock;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  failures.length = 0;
  clock = new RegionClock((error) => failures.push(error));
});
afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

describe("the region's clock", () => {
  test("is the wall's at first", () => {
    vi.advanceTimersByTime(1_500);
    expect(clock.now()).toBe(start + 1_500);
  });

  test('runs faster from where it is', () => {
    vi.advanceTimersByTime(1_000);
    clock.speed = 60;
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(start + 61_000);
    clock.speed = 1;
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(start + 62_000);
  });

  test('does what is due at its time, sooner for the wall where it runs faster', () => {
    const done: number[] = [];
    clock.at(start + hour, () => void done.push(clock.now()));
    clock.speed = 3_600;
    vi.advanceTimersByTime(999);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual([start + hour]);
  });

  test('does what is further away than a timer reaches', () => {
    const done: number[] = [];
    clock.at(start + 50 * 24 * hour, () => void done.push(clock.now()));
    vi.advanceTimersByTime(50 * 24 * hour);
    expect(done).toEqual([start + 50 * 24 * hour]);
  });

  test('goes forward through everything on the way, each done before the next', async () => {
    const told: string[] = [];
    const tell = (what: string) => told.push(`${what} at ${new Date(clock.now()).toISOString().slice(11, 16)}`);
    clock.at(start + 2 * hour, () => void tell('second'));
    clock.at(start + hour, async () => {
      tell('first begins');
      await Promise.resolve();
      clock.at(clock.now() + hour / 2, () => void tell('what the first made'));
      tell('first ends');
    });
    clock.at(start + 4 * hour, () => void tell('too late'));
    await clock.advanceTo(start + 3 * hour);
    expect(told).toEqual([
      'first begins at 16:00',
      'first ends at 16:00',
      'what the first made at 16:30',
      'second at 17:00',
    ]);
    expect(clock.now()).toBe(start + 3 * hour);
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(start + 3 * hour + 1_000);
  });

  test('does nothing that was cancelled', () => {
    const done = vi.fn();
    clock.at(start + 1_000, done)();
    vi.advanceTimersByTime(2_000);
    expect(done).not.toHaveBeenCalled();
  });

  test('tells of work that throws, and goes on', async () => {
    const done = vi.fn();
    clock.at(start + 1_000, () => {
      throw new Error('no');
    });
    clock.at(start + 1_000, done);
    await clock.advanceTo(start + 2_000);
    expect(failures.map(({ message }) => message)).toEqual(['no']);
    expect(done).toHaveBeenCalledOnce();
  });

  test('does not go back', async () => {
    await expect(clock.advanceTo(start - 1)).rejects.toThrow('does not go back');
  });
});
