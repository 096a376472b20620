import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sectionNames } from './init.ts';
import { packageTools, refusedTools } from './packages.ts';

test.each(['instances.md', 'instances.ko.md'])('%s has every section and package tool of cfn-init', (name) => {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  for (const section of sectionNames)
    expect(rows.some((row) => row.split('|')[1]?.includes(`\`${section}\``))).toBe(true);
  const list = (names: readonly string[]) => names.map((each) => `\`${each}\``).join(', ');
  expect(page).toContain(list(packageTools));
  expect(page).toContain(list(refusedTools));
});
