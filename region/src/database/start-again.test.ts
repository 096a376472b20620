import { expect, test } from 'vitest';
import type { DatabaseEvent } from './configuration.ts';
import { startAgain } from './start-again.ts';

test('a server that finds no room is started until it has some, and is never given up for it', async () => {
  const noRoom = 'FATAL:  could not write lock file "postmaster.pid": No space left on device';
  const outcomes = [...Array.from({ length: 8 }, () => noRoom), undefined];
  expect(await eventsOf(async () => outcomes.shift())).toEqual(['crashed', 'no-room', 'ready']);
  expect(outcomes).toEqual([]);
});

test('what the system refuses for want of room is no failure of the server either', async () => {
  const refusals = [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })];
  const launch = async () => {
    const error = refusals.shift();
    if (error) throw error;
    return undefined;
  };
  expect(await eventsOf(launch)).toEqual(['crashed', 'no-room', 'ready']);
});

test('any other error of the machine is thrown', async () => {
  await expect(eventsOf(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
});

async function eventsOf(launch: () => Promise<string | undefined>): Promise<string[]> {
  const events: DatabaseEvent[] = [];
  await startAgain(
    {
      id: 'arcade',
      directory: '/',
      launch,
      lastWords: async () => 'it ended',
      isStopping: () => false,
      emit: (event) => events.push(event),
    },
    1,
  );
  return events.map(({ kind }) => kind);
}
