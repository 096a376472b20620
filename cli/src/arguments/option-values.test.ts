import { expect, test } from 'vitest';
import { mistakesOf, oneOf, patience, port, wholeNumber } from './option-values.ts';

test.each([
  ['1', 1],
  ['65535', 65_535],
  [undefined, 80],
])('the port %s is %i', (value, expected) => {
  expect(port(value, 80)).toMatchObject({ ok: true, value: expected });
});

test.each([
  '0',
  '65536',
  '-1',
  '80.0',
  '0x50',
  '1e3',
  ' 80',
  '',
  'http',
  '9'.repeat(400),
])('“%s” is no port', (value) => {
  expect(mistakesOf([port(value, 80)])).toMatchObject([
    {
      code: 'OPTION_OUT_OF_RANGE',
      place: { path: '--port' },
      cause: { en: expect.stringContaining(`“${value}”`), ko: expect.stringContaining('1부터 65535까지') },
      next: { en: 'for example --port 80' },
    },
  ]);
});

test('a word that is not known is told with those that are', () => {
  expect(oneOf('--via', 'console', ['cloudformation', 'console'])).toMatchObject({ ok: true, value: 'console' });
  expect(mistakesOf([oneOf('--via', 'terraform', ['cloudformation', 'console'])])).toMatchObject([
    { code: 'OPTION_UNKNOWN', place: { path: '--via' }, next: { en: 'use one of cloudformation, console' } },
  ]);
});

test('several mistakes are told together', () => {
  const lines = wholeNumber('--lines', '0', { least: 1, most: 100_000, otherwise: 200 });
  expect(mistakesOf([lines, port('x', 80), patience('2000')]).map(({ place }) => place.path)).toEqual([
    '--lines',
    '--port',
  ]);
});
