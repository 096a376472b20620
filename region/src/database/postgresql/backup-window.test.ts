import { describe, expect, test } from 'vitest';
import { nextBackup } from './backup-window.ts';

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`);

describe('an automated backup is due', () => {
  test.each<[string, string | undefined, string | null, string, string]>([
    ['at once for a new instance', undefined, '17:00-17:30', '22T09:00', '22T09:00'],
    ['when the window opens', '21T17:01', '17:00-17:30', '22T09:00', '22T17:00'],
    ['at once while the window is open', '21T17:01', '17:00-17:30', '22T17:20', '22T17:20'],
    ['tomorrow where today’s is taken', '22T17:02', '17:00-17:30', '22T17:20', '23T17:00'],
    ['tomorrow where the window has passed', '20T17:02', '17:00-17:30', '22T18:00', '23T17:00'],
    ['on the same day as a first copy', '22T09:00', '17:00-17:30', '22T09:01', '22T17:00'],
    ['at once in a window over midnight', '20T23:50', '23:45-00:15', '22T00:10', '22T00:10'],
    ['a day after the last without a window', '22T09:00', null, '22T10:00', '23T09:00'],
    ['at once without a window and a last that is older', '20T09:00', null, '22T10:00', '22T10:00'],
  ])('%s', (_when, last, window, now, due) => {
    expect(nextBackup({ last: last === undefined ? undefined : at(last), window }, at(now))).toBe(at(due));
  });
});
