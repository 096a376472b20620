import type { Json } from '@terrace/cloud/json';
import { type Language, words } from '@terrace/cloud/words';

/** Both are the same to see: they differ in what is masked. */
const secretChanges = words('a secret in it changes', '안에 든 보안 암호가 바뀜');

/** A property before and after as a person reads it: short, cut to where they differ, and user data as the lines that go and come. */
export function changedLines(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  language: Language,
): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [`${path}: ${secretChanges[language]}`];
  const [former, present] = [before, after].map(scriptOf);
  if (path.endsWith('UserData') && former !== undefined && present !== undefined) {
    const [gone, come] = differing(former.split('\n'), present.split('\n'));
    return [`${path}:`, ...gone.map((line) => `  - ${line}`), ...come.map((line) => `  + ${line}`)];
  }
  const [one, other] = [before, after].map((value) => (value === undefined ? '–' : JSON.stringify(value)));
  const from = Math.max(0, sharedStart(one!, other!) - 20);
  return [`${path}: ${cut(one!, from)} → ${cut(other!, from)}`];
}

const most = 60;

function cut(text: string, from: number): string {
  if (text.length <= most) return text;
  const start = Math.min(from, text.length - most);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + most)}${start + most < text.length ? '…' : ''}`;
}

function sharedStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Lines that only one of them has, each in its order. */
function differing(one: readonly string[], other: readonly string[]): [string[], string[]] {
  return [one.filter((line) => !other.includes(line)), other.filter((line) => !one.includes(line))];
}

/** The text of base64; `undefined` for anything else. */
function scriptOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.includes('\uFFFD') ? undefined : text;
}
