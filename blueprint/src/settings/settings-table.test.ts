import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingsTable } from './settings-table.fixture.ts';

test.each([
  ['en', 'blueprint.md'],
  ['ko', 'blueprint.ko.md'],
] as const)('the table of settings in %s is the one in docs/%s', (language, page) => {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  expect(bare(text)).toContain(bare(settingsTable(language)));
});

/** Without the padding that a formatter puts into tables. */
function bare(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => line.replace(/ *\| */g, '|').replace(/-{2,}/g, '-'))
    .join('\n');
}
