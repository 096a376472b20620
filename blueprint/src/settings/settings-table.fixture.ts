import { type Words, words } from '../words.ts';
import { describeSettings } from './settings-from-context.ts';
import { listedSettings } from './settings-list.fixture.ts';

/** Every setting as a table of Markdown, with what stands for it in both profiles and what becomes of it in a rehearsal: what docs/blueprint.md shows. */
export function settingsTable(language: keyof Words): string {
  const production = new Map(describeSettings('production').map(({ key, usual }) => [key, usual]));
  const head = words(
    '| setting | meaning | allowed | classroom | production | in a rehearsal |',
    '| 설정 | 뜻 | 허용되는 값 | classroom | production | 로컬 리전에서 |',
  );
  const rows = describeSettings('classroom').map(({ key, meaning, allowed, usual }) =>
    [
      '',
      ` \`${key}\` `,
      ` ${meaning[language]} `,
      ` ${allowed[language]} `,
      ` ${usual} `,
      ` ${production.get(key)} `,
      ` ${inRehearsal(key)[language]} `,
      '',
    ].join('|'),
  );
  return [head[language], '|---|---|---|---|---|---|', ...rows].join('\n');
}

function inRehearsal(key: string): Words {
  const { region } = listedSettings[key]!;
  return 'because' in region ? region.because : (region.note ?? words('acts', '동작함'));
}
