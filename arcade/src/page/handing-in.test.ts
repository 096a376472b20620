import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handIn, pendingSubmission } from './handing-in.ts';

const submission = { run: 'r', nickname: 'n', points: 1, inputs: '' };
const kept = new Map<string, string>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  kept.clear();
});

/** Answers in turn; `undefined` is a connection that fails. */
function answering(...answers: ({ status: number; body: unknown } | undefined)[]): void {
  vi.stubGlobal('fetch', async () => {
    const answer = answers.shift();
    if (!answer) throw new TypeError('fetch failed');
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
}

async function told(): Promise<string[]> {
  const said: string[] = [];
  const done = handIn(submission, {
    sending: () => said.push('sending'),
    waiting: (seconds) => said.push(`waiting ${seconds}`),
    stored: () => said.push('stored'),
    refused: ({ code }) => said.push(code),
  });
  await vi.runAllTimersAsync();
  await done;
  return said;
}

test('a score is sent again, at growing distances, until it is stored', async () => {
  const away = { status: 503, body: { error: 'DATABASE_UNREACHABLE' } };
  answering(undefined, away, { status: 502, body: '' }, { status: 200, body: {} });
  expect(await told()).toEqual([
    ...['sending', 'waiting 1', 'sending', 'waiting 2', 'sending', 'waiting 4', 'sending', 'stored'],
  ]);
  expect(pendingSubmission()).toBeUndefined();
});

test('a refusal is final, and nothing is kept', async () => {
  answering({ status: 422, body: { error: 'SCORE_MISMATCH' } });
  expect(await told()).toEqual(['sending', 'SCORE_MISMATCH']);
  expect(pendingSubmission()).toBeUndefined();
});

test('a score that is on its way is found by the next visit', async () => {
  answering(undefined, { status: 200, body: {} });
  const done = handIn(submission, { sending() {}, waiting() {}, stored() {}, refused() {} });
  expect(pendingSubmission()).toEqual(submission);
  await vi.runAllTimersAsync();
  await done;
});
