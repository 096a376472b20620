import { describe, expect, test } from 'vitest';
import { decode, encode } from '../rules/inputs.ts';
import { type Action, down, flare, up, type Witness } from '../rules/night.ts';
import { replay } from '../rules/replay.ts';
import { Session } from './session.ts';

const nobody: Witness = { caught() {}, hit() {}, skimmed() {}, flared() {} };

/** A player who presses anything at any time, on a screen whose frames take as long as they like. */
function recklessly(seed: string, frames: () => number): Session {
  const session = new Session(seed, nobody);
  let random = 12345;
  while (!session.night.over) {
    random = (Math.imul(random, 1103515245) + 12345) >>> 0;
    if (random % 5 === 0) session.wish([up, down, flare][(random >>> 8) % 3] as Action);
    session.play(frames());
  }
  return session;
}

describe('a session', () => {
  test.each([
    ['60 frames a second', () => 1 / 60],
    ['144 frames a second', () => 1 / 144],
    ['a slow machine', () => 0.09],
    ['frames that stumble', () => 0.001 + Math.random() * 0.2],
  ])('with %s keeps inputs that the server plays to the same end', (_how, frames) => {
    const { night, inputs } = recklessly('fedcba9876543210', frames);
    const sent = decode(encode(inputs));
    expect(sent).toEqual(inputs);
    expect(replay('fedcba9876543210', sent ?? [])).toEqual({ points: night.points, steps: night.step });
  });

  test('keeps a wish that comes a little early, and forgets one that comes much too early', () => {
    const session = new Session('fedcba9876543210', nobody);
    session.wish(up);
    session.wish(down);
    for (let frame = 0; frame < 10; frame++) session.play(1 / 60);
    expect(session.inputs.map(({ action }) => action)).toEqual([up, down]);
    const other = new Session('fedcba9876543210', nobody);
    other.wish(up);
    other.wish(up);
    for (let frame = 0; frame < 30; frame++) other.play(1 / 60);
    expect(other.inputs.map(({ action }) => action)).toEqual([up]);
  });

  test('does not race after a pause', () => {
    const session = new Session('fedcba9876543210', nobody);
    session.play(30);
    expect(session.night.step).toBeLessThanOrEqual(6);
  });
});
