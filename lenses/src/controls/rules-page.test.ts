import { readFileSync } from 'node:fs';
import { rules } from '@terrace/cloud/families/rules';
import { describe, expect, test } from 'vitest';
import { explainedCodes, explanations, rulesPage } from './rules-page.ts';

describe('the page of rules', () => {
  test.each([
    ['rules.md', 'en'],
    ['rules.ko.md', 'ko'],
  ] as const)('docs/%s is current (npm run rules-page -w lenses)', (file, language) => {
    const written = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
    expect(written === rulesPage(language), 'run: npm run rules-page -w lenses').toBe(true);
  });

  test('every code is explained by a sentence and a page of AWS', () => {
    for (const code of explainedCodes())
      for (const { what, page } of explanations(code)) {
        expect(what.en.length, code).toBeGreaterThan(8);
        expect(page, code).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w./@-]+\.html(#[\w.-]+)?$/);
      }
  });

  test('every rule has a code that can be explained', () => {
    expect(rules.filter(({ code }) => explanations(code).length === 0)).toEqual([]);
  });
});
