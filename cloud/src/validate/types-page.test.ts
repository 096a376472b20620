import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { typesPage } from './types-page.ts';

describe('the page of types', () => {
  test.each([
    ['types.md', 'en'],
    ['types.ko.md', 'ko'],
  ] as const)('docs/%s is current (npm run types-page -w cloud)', (file, language) => {
    const written = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
    expect(written === typesPage(language), 'run: npm run types-page -w cloud').toBe(true);
  });
});
