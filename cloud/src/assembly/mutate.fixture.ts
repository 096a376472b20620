/** A whole number from 0 up to, not including, `limit`. */
export type Random = (limit: number) => number;

/** Numbers that the seed decides (mulberry32). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return limit <= 0 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** What templates are made of, and what they should not be made of. */
const pieces = [
  '!Ref',
  '!GetAtt',
  '!Sub',
  '!If',
  '!Join',
  '!Cidr',
  '!Select',
  '!Split',
  '!FindInMap',
  '!ImportValue',
  '!GetAZs',
  '!Base64',
  '!Condition',
  '!Length',
  'Fn::ForEach::Loop',
  'Fn::If',
  'Fn::Sub',
  'Fn::GetAtt',
  'Fn::Transform',
  'Ref',
  'Condition',
  'DependsOn',
  'Properties',
  'Type',
  'Resources',
  'Metadata',
  'AWS::NoValue',
  'AWS::StackName',
  'AWS::CloudFormation::Stack',
  'AWS::EC2::Subnet',
  'TemplateURL',
  'CidrBlock',
  'Tags',
  '${',
  '}',
  '${!x}',
  '&{a}',
  '{{resolve:ssm:',
  '{{resolve:secretsmanager:a}}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '*a',
  '&a',
  '<<: ',
  '- ',
  ': ',
  '? ',
  '| ',
  '> ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  '%',
  '---\n',
  '...\n',
  '\t',
  '\0',
  '\\u0000',
  '\\ud800',
  '\ufeff',
  '\u2028',
  'null',
  'true',
  '-1',
  '1e999',
  '0x1f',
  '.nan',
  '99999999999999999999',
  '10.0.0.0/0',
  '255.255.255.255/32',
  '',
];

type Mutation = (text: string, corpus: readonly string[], next: Random) => string;

const mutations: readonly Mutation[] = [
  // Somewhere a piece is put in, or put in the place of something.
  (text, _, next) => splice(text, next(text.length + 1), 0, piece(next)),
  (text, _, next) => splice(text, next(text.length + 1), next(12), piece(next)),
  // A word is taken for another.
  (text, _, next) => replaceWord(text, next, () => piece(next)),
  (text, _, next) => replaceWord(text, next, (words) => words[next(words.length)] ?? ''),
  // A part is lost, doubled, or moved.
  (text, _, next) => splice(text, next(text.length), next(80), ''),
  (text, _, next) => {
    const at = next(text.length);
    return splice(text, at, 0, text.slice(at, at + next(200)));
  },
  (text, _, next) => swapLines(text, next),
  // A line is lost, doubled, or has another indentation.
  (text, _, next) => onLine(text, next, () => []),
  (text, _, next) => onLine(text, next, (line) => [line, line]),
  (text, _, next) => onLine(text, next, (line) => [' '.repeat(next(12)) + line.trimStart()]),
  // A part of another template.
  (text, corpus, next) => {
    const other = corpus[next(corpus.length)] as string;
    const from = next(other.length);
    return splice(text, next(text.length + 1), next(40), other.slice(from, from + next(400)));
  },
  // A character is another.
  (text, _, next) => splice(text, next(text.length), 1, String.fromCharCode(next(3) === 0 ? next(65536) : next(128))),
  // Very deep, or very long.
  (text, _, next) =>
    next(20) === 0 ? splice(text, next(text.length), 0, ['[', '{"a":', '- '][next(3)]!.repeat(next(2000))) : text,
  // The end is missing.
  (text, _, next) => (next(5) === 0 ? text.slice(0, next(text.length)) : text),
];

/** The text with one thing wrong, now and then in a way that is right again. */
export function mutate(text: string, corpus: readonly string[], next: Random): string {
  return (mutations[next(mutations.length)] as Mutation)(text, corpus, next);
}

function piece(next: Random): string {
  return pieces[next(pieces.length)] as string;
}

function splice(text: string, at: number, removed: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + removed);
}

function replaceWord(text: string, next: Random, by: (words: readonly string[]) => string): string {
  const matches = [...text.matchAll(/[A-Za-z0-9:.]+/g)];
  const match = matches[next(matches.length)];
  if (!match) return text;
  return splice(text, match.index, match[0].length, by(matches.map(([word]) => word)));
}

function onLine(text: string, next: Random, change: (line: string) => string[]): string {
  const lines = text.split('\n');
  const at = next(lines.length);
  lines.splice(at, 1, ...change(lines[at] ?? ''));
  return lines.join('\n');
}

function swapLines(text: string, next: Random): string {
  const lines = text.split('\n');
  const [one, other] = [next(lines.length), next(lines.length)];
  [lines[one], lines[other]] = [lines[other] as string, lines[one] as string];
  return lines.join('\n');
}
