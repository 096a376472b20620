import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelledTable } from './modelled-page.ts';

/** With UPDATE_DOCS=1 the tables are written instead of compared. */
describe.each([
  ['reach.md', 'en'],
  ['reach.ko.md', 'ko'],
] as const)('docs/%s', (name, language) => {
  test('says what is modelled as the code has it', () => {
    const page = new URL(`../../../docs/${name}`, import.meta.url);
    const text = readFileSync(page, 'utf8');
    const between = /<!-- modelled -->\n[\s\S]*<!-- \/modelled -->/;
    expect(text).toMatch(between);
    const made = text.replace(between, `<!-- modelled -->\n${modelledTable(language)}\n<!-- /modelled -->`);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(page, made);
    else expect(text).toBe(made);
  });
});
