/** One assignment of a unit file; a section or a key may come several times. */
interface Assignment {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

interface UnitFile {
  readonly assignments: readonly Assignment[];
  /** Lines that are no assignment, named for the log. */
  readonly remarks: readonly string[];
}

/**
 * A unit file's assignments in order.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
 */
export function parseUnitFile(text: string): UnitFile {
  const assignments: Assignment[] = [];
  const remarks: string[] = [];
  let section = '';
  for (const { content, line } of logicalLines(text)) {
    const header = /^\[([^\]]+)\]$/.exec(content);
    const assignment = /^([^=]+?)\s*=\s*(.*)$/s.exec(content);
    if (header?.[1] !== undefined) section = header[1];
    else if (section === '') remarks.push(`line ${line}: assignment outside of a section, ignored`);
    else if (assignment?.[1] !== undefined)
      assignments.push({ section, key: assignment[1], value: assignment[2] ?? '', line });
    else remarks.push(`line ${line}: missing '=', ignored`);
  }
  return { assignments, remarks };
}

/** Lines without comments, a backslash at the end joining the next one by a space. */
function* logicalLines(text: string): Generator<{ content: string; line: number }> {
  const lines = text.split(/\r?\n/);
  let held: { content: string; line: number } | undefined;
  for (const [index, raw] of lines.entries()) {
    const trimmed = raw.trim();
    if (/^[#;]/.test(trimmed)) continue;
    const joined: { content: string; line: number } = held
      ? { content: `${held.content} ${trimmed}`, line: held.line }
      : { content: trimmed, line: index + 1 };
    if (joined.content.endsWith('\\')) {
      held = { content: joined.content.slice(0, -1).trimEnd(), line: joined.line };
      continue;
    }
    held = undefined;
    if (joined.content !== '') yield joined;
  }
  if (held) yield held;
}

/**
 * Words of a value with systemd's quotes and escapes. Throws an `Error` that says what is wrong with it.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting
 */
export function splitWords(value: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at]!;
    if (character === '\\') {
      const { text, length } = unescapeAt(value, at);
      word = (word ?? '') + text;
      at += length - 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if ((character === '"' || character === "'") && word === undefined) {
      quote = character;
      word = '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '"' || character === "'") {
      quote = character;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw new Error(`a ${quote} without its other half`);
  if (word !== undefined) words.push(word);
  return words;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
};

function unescapeAt(value: string, at: number): { text: string; length: number } {
  const next = value[at + 1];
  if (next === undefined) throw new Error('a backslash at the end');
  const number = /^(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4}))/.exec(value.slice(at + 1));
  if (number) {
    const code =
      number[2] === undefined ? Number.parseInt(number[1] ?? number[3] ?? '', 16) : Number.parseInt(number[2], 8);
    return { text: String.fromCodePoint(code), length: 1 + number[0].length };
  }
  return { text: escapes[next] ?? (/[\\"'\s]/.test(next) ? next : `\\${next}`), length: 2 };
}

/**
 * Milliseconds of a time span such as `90`, `5s`, `1min 30s`, `infinity`; `undefined` if it is none.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html
 */
export function parseTimeSpan(text: string): number | undefined {
  if (text.trim() === 'infinity') return Number.POSITIVE_INFINITY;
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-zA-Zµ]*)\s*/g)];
  if (
    parts.length === 0 ||
    parts
      .map((part) => part[0])
      .join('')
      .trim() !== text.trim()
  )
    return undefined;
  let sum = 0;
  for (const [, number, unit] of parts) {
    const size = spans.find(([names]) => names.includes(unit ?? ''))?.[1];
    if (size === undefined) return undefined;
    sum += Number(number) * size;
  }
  return sum;
}

const spans: readonly (readonly [readonly string[], number])[] = [
  [['us', 'usec', 'µs'], 0.001],
  [['ms', 'msec'], 1],
  [['', 's', 'sec', 'second', 'seconds'], 1000],
  [['m', 'min', 'minute', 'minutes'], 60_000],
  [['h', 'hr', 'hour', 'hours'], 3_600_000],
  [['d', 'day', 'days'], 86_400_000],
  [['w', 'week', 'weeks'], 604_800_000],
];
