import { expect, test } from 'vitest';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { exitCode } from '../terminal/terminal.ts';
import { command, linesOf } from './database.ts';

test.each<[string, readonly string[], Readonly<Record<string, unknown>>]>([
  ['UNKNOWN_ACTION', ['explode', 'DatabaseInstance'], {}],
  ['DATABASE_NOT_NAMED', ['failover'], {}],
  ['UNKNOWN_ACTION', ['list', 'DatabaseInstance'], {}],
  ['OPTION_NEEDS_ANOTHER', ['backup', 'DatabaseInstance'], { to: 'latest' }],
  ['OPTION_OUT_OF_RANGE', ['restore', 'DatabaseInstance'], {}],
  ['OPTION_OUT_OF_RANGE', ['restore', 'DatabaseInstance'], { to: 'yesterday' }],
  ['OPTION_OUT_OF_RANGE', ['restore', 'DatabaseInstance'], { to: '2026-11-22T09:30:00' }],
  ['OPTION_OUT_OF_RANGE', ['restore', 'DatabaseInstance'], { to: '2026-13-22T09:30:00Z' }],
])('says %s for %j %j, before anything is asked', async (code, words, options) => {
  const { terminal, said } = listeningTerminal();
  expect(await command.run({ arguments: words, options, terminal })).toBe(exitCode.mistake);
  expect(said.mistakes.map((each) => each.code)).toEqual([code]);
});

test('a region without a database is told to have none, not with an empty line', () => {
  expect(linesOf('list', { databases: [] }, 'en')).toEqual(['This region has no database.']);
  expect(linesOf('list', { databases: [] }, 'ko')).toEqual(['이 로컬 리전에는 데이터베이스가 없습니다.']);
});
