import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { say, type TextName, textNames } from './texts.ts';

test.each(textNames)('%s says the same with the same gaps in both languages', (name) => {
  const gaps = (language: 'en' | 'ko') =>
    [...say(language, name, keepGaps).matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap).sort();
  expect(gaps('ko')).toEqual(gaps('en'));
  expect(say('en', name)).not.toMatch(name === 'language' ? /$^/ : /[가-힣]/);
});

test('every text that the page names is there', () => {
  const page = readFileSync(new URL('../../page/index.html', import.meta.url), 'utf8');
  for (const [, name] of page.matchAll(/data-text="(\w+)"/g)) expect(textNames).toContain(name as TextName);
});

/** Leaves every gap as it stands. */
const keepGaps = new Proxy({}, { get: (_, name) => `{${String(name)}}` }) as Record<string, string>;
