import { describe, expect, test } from 'vitest';
import { keepLooking } from './keep-looking.ts';

const away = (code: string) => Object.assign(new Error(`connect ${code} /run/node.sock`), { code });

/** Looks of which each fails as stated, or not; after the last it is stopped. */
async function told(...looks: (Error | null)[]): Promise<string[]> {
  const heard: string[] = [];
  const stopped = new AbortController();
  const next = async () => {
    const error = looks.shift() ?? null;
    if (looks.length === 0) stopped.abort();
    if (error) throw error;
  };
  await keepLooking(next, { pace: 1, signal: stopped.signal, failed: ({ message }) => heard.push(message) });
  expect(looks).toEqual([]);
  return heard;
}

describe('looking again and again', () => {
  test.each([
    'ENOENT',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ERR_STREAM_PREMATURE_CLOSE',
  ])('passes over a node that is away (%s)', async (code) =>
    expect(await told(away(code), away(code), null)).toEqual([]));

  test('tells what else fails once, however often it is tried again', async () => {
    expect(await told(new Error('refused'), new Error('refused'), away('ENOENT'), new Error('refused'), null)).toEqual([
      'refused',
    ]);
  });

  test('tells it again where something else failed, or it had gone well in between', async () => {
    expect(await told(new Error('one'), new Error('other'), new Error('one'), null, new Error('one'), null)).toEqual([
      'one',
      'other',
      'one',
      'one',
    ]);
  });

  test('tells nothing of what fails because it is stopped', async () => {
    expect(await told(null, new Error('the namespace is gone'))).toEqual([]);
  });

  test('ends where there is nothing left to look at', async () => {
    let left = 3;
    await keepLooking(async () => void left--, {
      pace: 1,
      signal: new AbortController().signal,
      failed: () => expect.unreachable(),
      over: () => left === 0,
    });
    expect(left).toBe(0);
  });
});
