import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Field, scarecrow, terraces } from './field.ts';
import { decode, encode, type Input, mostInputs } from './inputs.ts';
import { type Action, dawn, down, flare, flareCost, Night, up } from './night.ts';
import { replay } from './replay.ts';
import { robotGame } from './robot.ts';

const seeds = fc.stringMatching(/^[0-9a-f]{16}$/);

describe('a night', () => {
  test('is the same each time, on any machine', () => {
    const seed = '00c0ffee00c0ffee';
    const inputs = robotGame(seed);
    expect(replay(seed, inputs)).toEqual(replay(seed, inputs));
    // Written down once: another number here means that scores of before cannot be checked any more (`rules`).
    expect(replay(seed, inputs)).toMatchInlineSnapshot(`
      {
        "points": 88233,
        "steps": 18000,
      }
    `);
    expect(replay(seed, [])).toMatchInlineSnapshot(`
      {
        "points": 153,
        "steps": 824,
      }
    `);
  });

  test('ends, whatever is done in it, and never after dawn', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer({ min: 0, max: 2 })), (seed, wishes) => {
        const night = new Night(seed);
        let at = 0;
        while (!night.over) {
          const wish = wishes.length > 0 ? (wishes[at++ % wishes.length] as Action) : undefined;
          if (wish !== undefined && night.allows(wish)) night.act(wish);
          night.advance();
          expect(night.terrace).toBeGreaterThanOrEqual(0);
          expect(night.terrace).toBeLessThan(terraces);
          expect(Number.isSafeInteger(night.points)).toBe(true);
          expect(night.light).toBeLessThanOrEqual(10_000);
        }
        expect(night.step).toBeLessThanOrEqual(dawn);
      }),
      { numRuns: 25 },
    );
  });

  test('goes out by itself within a minute and a half where nothing is done', () => {
    for (let seed = 0; seed < 50; seed++) {
      const outcome = replay(seed.toString(16).padStart(16, '5'), []);
      expect(outcome?.steps).toBeLessThan(90 * 60);
    }
  });

  test('allows no move off the hill, no two at once, and no flare without light for it', () => {
    const night = new Night('0123456789abcdef');
    night.act(up);
    expect([night.allows(up), night.allows(down)]).toEqual([false, false]);
    for (let step = 0; step < 5; step++) night.advance();
    expect([night.allows(up), night.allows(down)]).toEqual([false, true]);
    night.light = flareCost;
    expect(night.allows(flare)).toBe(false);
  });
});

describe('the field', () => {
  test('always leaves a way through: a free terrace in every row, one step from the one before', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const field = new Field(seed);
        let reachable = [true, true, true];
        for (let column = 0; column < 2500; column++) {
          const free = [0, 1, 2].map((terrace) => field.cell(column, terrace) !== scarecrow);
          const near = [0, 1, 2].map((terrace) => reachable.slice(Math.max(0, terrace - 1), terrace + 2).some(Boolean));
          reachable = free.map((isFree, terrace) => isFree && (near[terrace] as boolean));
          expect(reachable).toContain(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('inputs', () => {
  test('survive being written and read', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(gaps, (pairs) => {
        let step = 0;
        const inputs = pairs.map(([gap, action]): Input => {
          step += gap;
          return { step, action: action as Action };
        });
        expect(decode(encode(inputs))).toEqual(inputs);
      }),
    );
  });

  test.each([
    ['unfinished', Uint8Array.of(0x80)],
    ['too long a number', Uint8Array.of(0xff, 0xff, 0xff, 0x01)],
    ['after dawn', encode([{ step: dawn, action: 0 }])],
    ['more than a night holds', new Uint8Array(mostInputs + 1)],
    ['a million', new Uint8Array(1_000_000)],
  ])('%s are no inputs', (_what, bytes) => {
    expect(decode(bytes)).toBeUndefined();
  });

  test('of any bytes are read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const inputs = decode(bytes);
        if (inputs) replay('0123456789abcdef', inputs);
      }),
    );
  });
});
