import { expect, test } from 'vitest';
import { connectivityCases } from './cases.ts';
import { lines } from './lines.ts';

test.each(Object.entries(lines))('%s: a row that must pass, and one that must not', (line) => {
  const rows = connectivityCases.filter((each) => each.line === line);
  expect(rows.filter(({ must }) => must === 'pass').length).toBeGreaterThan(0);
  expect(rows.filter(({ must }) => must === 'not').length).toBeGreaterThan(0);
});

test('every row stands for a line or a fact, and names its page', () => {
  for (const row of connectivityCases) {
    expect(row.line !== null || row.fact !== null).toBe(true);
    expect(row.line === null || row.line in lines).toBe(true);
    expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  }
});

test('every row is plain data', () => {
  expect(JSON.parse(JSON.stringify(connectivityCases))).toEqual(connectivityCases);
});
