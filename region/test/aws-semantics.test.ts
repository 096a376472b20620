import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { awsSemantics, notBuilt } from './aws-semantics.ts';
import { connectivityCases } from './connectivity/cases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every fact of AWS that is listed has a test that names it', () => {
  const texts = ['region', 'cloud', 'lenses'].flatMap(testsBelow).map((file) => readFileSync(file, 'utf8'));
  const named = new Set(connectivityCases.flatMap(({ fact }) => fact ?? []));
  const unnamed = awsSemantics.filter(
    ([fact]) => !named.has(fact) && !texts.some((text) => new RegExp(`(?<![\\w-])${fact}(?![\\w-])`).test(text)),
  );
  expect(unnamed).toEqual([]);
});

test('what is not built is not said to be, and nothing is listed twice', () => {
  const listed = [...awsSemantics, ...notBuilt].map(([fact]) => fact);
  expect(new Set(listed).size).toBe(listed.length);
  for (const [, reason] of notBuilt) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
});

test('every row of the connectivity cases shows a listed fact', () => {
  const listed = new Set(awsSemantics.map(([fact]) => fact));
  const shown = connectivityCases.flatMap(({ fact }) => fact ?? []);
  expect([...new Set(shown)].filter((fact) => !listed.has(fact))).toEqual([]);
});

function testsBelow(workspace: string): string[] {
  return readdirSync(join(root, workspace), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => join(root, workspace, path));
}
