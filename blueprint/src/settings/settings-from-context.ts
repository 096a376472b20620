import { words } from '../words.ts';
import { checkSettings } from './check-settings.ts';
import { readSettings } from './read-settings.ts';
import { type SettingDescription, SettingReader } from './setting.ts';
import type { Profile, SettingMistake, Settings } from './settings.ts';

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly mistakes: readonly SettingMistake[] };

/**
 * The settings that a CDK context asks for: `profile` chooses what stands where nothing is said, every other key changes one thing.
 * Reports all that is wrong at once, unknown keys included (keys with `:` or `/` are CDK's own and left alone).
 */
export function settingsFromContext(context: Readonly<Record<string, unknown>>): SettingsRead {
  const reader = new SettingReader(context);
  const settings = readSettings(reader);
  checkSettings(settings, reader);
  reportUnknown(context, reader);
  return reader.mistakes.length === 0 ? { ok: true, settings } : { ok: false, mistakes: reader.mistakes };
}

/** Every setting with its meaning, its range and what stands for it in a profile. */
export function describeSettings(profile: Profile): readonly SettingDescription[] {
  const reader = new SettingReader({ profile });
  readSettings(reader);
  return reader.described.map((each) => (each.key === 'profile' ? { ...each, usual: profile } : each));
}

function reportUnknown(context: Readonly<Record<string, unknown>>, reader: SettingReader): void {
  const known = reader.described.map(({ key }) => key);
  for (const key of Object.keys(context)) {
    if (known.includes(key) || /[:/@]/.test(key)) continue;
    const near = known.filter((candidate) => distance(candidate.toLowerCase(), key.toLowerCase()) <= 3);
    reader.refuse(
      key,
      words(`there is no setting ${key}`, `이런 설정은 없습니다: ${key}`),
      near.length > 0
        ? words(`did you mean ${near.join(' or ')}?`, `혹시 ${near.join(' 또는 ')}인가요?`)
        : words(`take one of ${known.join(', ')}`, `쓸 수 있는 설정: ${known.join(', ')}`),
    );
  }
}

/** Edits between two words (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === against ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
