import { expect, test } from 'vitest';
import { chooseLanguage } from './terminal.ts';

test.each([
  [undefined, {}, 'en'],
  [undefined, { LANG: 'ko_KR.UTF-8' }, 'ko'],
  [undefined, { LC_ALL: '', TERRACE_LANGUAGE: '', LANG: 'ko_KR.UTF-8' }, 'ko'],
  [undefined, { LC_ALL: 'C', LANG: 'ko_KR.UTF-8' }, 'en'],
  [undefined, { TERRACE_LANGUAGE: 'ko', LC_ALL: 'en_US.UTF-8' }, 'ko'],
  ['en', { TERRACE_LANGUAGE: 'ko' }, 'en'],
])('--language %s with %j is %s', (asked, environment, language) => {
  expect(chooseLanguage(asked, environment)).toBe(language);
});
