import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProgramFailed } from '../host/run.ts';
import { Drift, type Fault, type Mendable } from './drift.ts';
import type { DriftEvent } from './drift-record.ts';

/** A kernel of names: what is in `missing` is not there, and what is in `lost` cannot be put back. */
class Kernel implements Mendable {
  readonly missing = new Map<string, string[]>();
  readonly lost = new Set<string>();
  looks = 0;
  repairs = 0;

  async find(places: ReadonlySet<string>): Promise<Fault[]> {
    this.looks++;
    return [...this.missing].filter(([where]) => places.has(where)).map(([where, missing]) => ({ where, missing }));
  }

  async repair(faults: readonly Fault[]): Promise<void> {
    this.repairs++;
    for (const { where } of faults) {
      if (this.lost.has(where)) throw new ProgramFailed('ip', 2, 'Operation not permitted\n');
      this.missing.delete(where);
    }
  }
}

let kernel: Kernel;
let drift: Drift;
let told: DriftEvent[];

beforeEach(() => {
  vi.useFakeTimers();
  kernel = new Kernel();
  told = [];
  drift = new Drift([kernel], { event: (event) => told.push(event), due: () => void drift.mend('nothing') });
});

afterEach(() => {
  drift.stop();
  vi.useRealTimers();
});

async function takeAway(where: string, ...missing: string[]): Promise<void> {
  kernel.missing.set(where, missing);
  drift.changed(where);
  await vi.advanceTimersByTimeAsync(300);
}

const states = () => told.map(({ state }) => state);

describe('what is taken from the kernel', () => {
  test('is found, put back and told, with what was missing', async () => {
    await takeAway('router', 'route a', 'route b');
    expect(told).toEqual([
      { kind: 'drift', state: 'found', where: 'router', missing: ['route a', 'route b'], said: null },
      { kind: 'drift', state: 'repaired', where: 'router', missing: ['route a', 'route b'], said: null },
    ]);
    expect(drift.summaries).toMatchObject([
      { where: 'router', attempts: 1, said: null, repairedAt: expect.any(String) },
    ]);
  });

  test('is looked for where something has changed, once for all that comes together', async () => {
    for (let times = 0; times < 50; times++) drift.changed('router');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kernel.looks).toBe(1);
    expect(told).toEqual([]);
  });

  test('is told once where it cannot be put back, tried ever more rarely, and closed by whoever puts it back', async () => {
    kernel.lost.add('router');
    await takeAway('router', 'route a');
    // Its own attempts make noise too.
    for (let seconds = 0; seconds < 300; seconds++) {
      drift.changed('router');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(states()).toEqual(['found', 'not-repaired']);
    expect(told[1]).toMatchObject({ said: 'Operation not permitted' });
    expect(kernel.repairs).toBeGreaterThan(5);
    expect(kernel.repairs).toBeLessThan(12);
    expect(drift.summaries).toMatchObject([
      { attempts: kernel.repairs, said: 'Operation not permitted', repairedAt: null },
    ]);
    kernel.missing.clear();
    drift.changed('router');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states()).toEqual(['found', 'not-repaired', 'repaired']);
  });

  test('is tried again by itself, without anything that changes', async () => {
    kernel.lost.add('router');
    await takeAway('router', 'route a');
    kernel.lost.clear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states()).toEqual(['found', 'not-repaired', 'repaired']);
  });

  test('is tried at once before a change, however long it would have to wait', async () => {
    kernel.lost.add('router');
    await takeAway('router', 'route a');
    kernel.lost.clear();
    await drift.mend('a-change');
    expect(states()).toEqual(['found', 'not-repaired', 'repaired']);
  });

  test('the same again and again has to wait; something else has not', async () => {
    for (let times = 0; times < 8; times++) await takeAway('router', 'route a');
    expect(states().filter((state) => state === 'repaired')).toHaveLength(6);
    await takeAway('internet', 'route b');
    expect(told.at(-1)).toMatchObject({ state: 'repaired', where: 'internet' });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(states().filter((state) => state === 'repaired')).toHaveLength(8);
    expect(kernel.missing.size).toBe(0);
  });

  test('one that cannot be put back leaves the others their repair', async () => {
    const other = new Kernel();
    drift.stop();
    drift = new Drift([kernel, other], { event: (event) => told.push(event), due: () => void drift.mend('nothing') });
    kernel.lost.add('mounts');
    other.missing.set('router', ['route a']);
    drift.changed('router');
    await takeAway('mounts', 'mount /usr');
    expect(told.map(({ state, where }) => `${where} ${state}`)).toEqual([
      'mounts found',
      'mounts not-repaired',
      'router found',
      'router repaired',
    ]);
  });
});

describe('what the region itself has changed', () => {
  test('is looked at a few at a time, and no change waits for it', async () => {
    for (let each = 0; each < 10; each++) drift.changed(`i-${each}`);
    drift.settle();
    kernel.missing.set('i-9', ['route a']);
    await drift.mend('a-change');
    expect(kernel.looks).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(kernel.looks).toBe(4); // 4, 4 and 2 places, and one more look after the repair
    expect(states()).toEqual(['found', 'repaired']);
  });
});

test('what is remembered is bounded, and what is still missing stays', async () => {
  kernel.lost.add('mounts');
  await takeAway('mounts', 'mount /usr');
  for (let each = 0; each < 40; each++) await takeAway(`i-${each}`, 'route a');
  expect(drift.summaries.length).toBeLessThanOrEqual(21);
  expect(drift.summaries[0]).toMatchObject({ where: 'mounts', repairedAt: null });
});
