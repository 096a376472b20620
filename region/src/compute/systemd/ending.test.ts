import { expect, test } from 'vitest';
import { describeEnding, restarts, signalNumber, succeeded } from './ending.ts';

const exit = (code: number) => ({ code, signal: null });
const killed = (signal: number) => ({ code: null, signal });

test.each([
  [exit(0), 'simple', [], true],
  [exit(143), 'simple', [], false],
  [exit(143), 'simple', [143], true],
  [killed(15), 'simple', [], true],
  [killed(15), 'oneshot', [], false],
  [killed(9), 'simple', [], false],
  [killed(9), 'simple', ['SIGKILL'], true],
  [killed(10), 'simple', ['USR1'], true],
] as const)('%j of a %s service with %j is a success: %s', (ending, type, successCodes, expected) => {
  expect(succeeded(ending, { type, successCodes })).toBe(expected);
});

test.each([
  ['no', exit(1), false],
  ['always', exit(0), true],
  ['on-success', exit(0), true],
  ['on-success', exit(1), false],
  ['on-failure', exit(1), true],
  ['on-failure', killed(9), true],
  ['on-failure', exit(0), false],
  ['on-abnormal', exit(1), false],
  ['on-abnormal', killed(11), true],
  ['on-abort', killed(6), true],
] as const)('Restart=%s after %j: %s', (policy, ending, expected) => {
  expect(restarts(policy, ending, ending.code === 0)).toBe(expected);
});

test('signals go by name and number', () => {
  expect([signalNumber('SIGQUIT'), signalNumber('QUIT'), signalNumber('3')]).toEqual([3, 3, 3]);
  expect(() => signalNumber('SIGNONE')).toThrow('unknown signal');
  expect(describeEnding(killed(9))).toBe('code=killed, status=9/SIGKILL');
});
