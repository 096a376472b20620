import { describeSettings } from './settings-from-context.ts';
import type { Words } from './words.ts';

/** Every setting as a table of Markdown, with what stands for it in both profiles: what docs/blueprint.md shows. */
export function settingsTable(language: keyof Words): string {
  const production = new Map(describeSettings('production').map(({ key, usual }) => [key, usual]));
  const head = {
    en: '| setting | meaning | allowed | classroom | production |',
    ko: '| 설정 | 뜻 | 허용되는 값 | classroom | production |',
  };
  const rows = describeSettings('classroom').map(({ key, meaning, allowed, usual }) =>
    [
      '',
      ` \`${key}\` `,
      ` ${meaning[language]} `,
      ` ${allowed[language]} `,
      ` ${usual} `,
      ` ${production.get(key)} `,
      '',
    ].join('|'),
  );
  return [head[language], '|---|---|---|---|---|', ...rows].join('\n');
}
