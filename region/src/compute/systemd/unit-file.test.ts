import { describe, expect, test } from 'vitest';
import { parseTimeSpan, parseUnitFile, splitWords } from './unit-file.ts';

test('a unit file is assignments in order, comments and joined lines apart', () => {
  const { assignments, remarks } = parseUnitFile(`# a comment
[Unit]
Description = Two words
; another
[Service]
ExecStart=/bin/app \\
# a comment within
  --port 80
Environment=
nonsense
`);
  expect(assignments).toEqual([
    { section: 'Unit', key: 'Description', value: 'Two words', line: 3 },
    { section: 'Service', key: 'ExecStart', value: '/bin/app --port 80', line: 6 },
    { section: 'Service', key: 'Environment', value: '', line: 9 },
  ]);
  expect(remarks).toEqual(["line 10: missing '=', ignored"]);
});

describe('words', () => {
  test.each([
    ['one two  three', ['one', 'two', 'three']],
    ['"A=with space" B=plain', ['A=with space', 'B=plain']],
    [`'single "kept"' x`, ['single "kept"', 'x']],
    ['say\\x20it \\u00e9\\t\\\\', ['say it', 'é\t\\']],
    ['a"b c"d', ['ab cd']],
    ['""', ['']],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  test('an open quote is refused', () => {
    expect(() => splitWords('"never closed')).toThrow('without its other half');
  });
});

test.each([
  ['90', 90_000],
  ['100ms', 100],
  ['1min 30s', 90_000],
  ['2h', 7_200_000],
  ['0.5', 500],
  ['infinity', Number.POSITIVE_INFINITY],
  ['soon', undefined],
  ['5 parsecs', undefined],
])('the time span %s', (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});
