import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { honestGame } from '../../fixtures/game.ts';
import { rules } from '../../rules/night.ts';
import { Refusal } from '../refusal.ts';
import { openRun, readRun } from './run-token.ts';
import { verify } from './verification.ts';

const key = randomBytes(32);

/** The code with which a game of a run is refused, `undefined` where it is taken. */
function refusalOf(opened: ReturnType<typeof openRun>, elapsed: number, withKey: Uint8Array = key): string | undefined {
  const { body } = honestGame({ run: opened.token, seed: opened.run.seed }, 'Ada');
  try {
    verify(withKey, body, opened.run.openedAt + elapsed);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('a run', () => {
  test('says when, by which rules and from which seed it is played, to whoever has the key', () => {
    const { run, token } = openRun(key, 1_700_000_000_000);
    expect(readRun(key, token)).toEqual(run);
    expect(run).toMatchObject({ openedAt: 1_700_000_000_000, rules, seed: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(readRun(randomBytes(32), token)).toBeUndefined();
  });

  test('cannot be changed in any bit', () => {
    const bytes = Buffer.from(openRun(key, Date.now()).token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(readRun(key, changed.toString('base64url'))).toBeUndefined();
    }
  });

  test('of other rules than now is not judged by the rules of now', () => {
    expect(refusalOf(openRun(key, Date.now(), rules + 1), 600_000)).toBe('RULES_CHANGED');
    expect(refusalOf(openRun(key, Date.now()), 600_000)).toBeUndefined();
  });

  test('is taken from the moment at which it can have been finished until two hours after', () => {
    const opened = openRun(key, Date.now());
    const { steps } = honestGame({ run: opened.token, seed: opened.run.seed }, 'Ada');
    const length = (steps * 1000) / 60;
    expect(refusalOf(opened, length - 1600)).toBe('TOO_FAST');
    expect(refusalOf(opened, length)).toBeUndefined();
    expect(refusalOf(opened, 2 * 3_600_000)).toBeUndefined();
    expect(refusalOf(opened, 2 * 3_600_000 + 1)).toBe('RUN_EXPIRED');
  });
});
