import type { Question } from '../guest.ts';

/** What `systemctl` was asked for. */
export interface Request {
  readonly verb: string;
  readonly units: readonly string[];
  readonly options: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** Where its output goes. */
export type Reply = Pick<Question, 'say'>;

/** Reads `systemctl`'s arguments; a text where one is not known, which says so. A unit without a kind is a service. */
export function parseRequest(words: readonly string[]): Request | string {
  const options = new Set<string>();
  const values = new Map<string, string>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const [name = word, attached] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else if (flags.has(word)) options.add(word);
    else if (valued.has(name)) {
      const value = attached ?? words[at + 1];
      if (attached === undefined) at += 1;
      if (value === undefined) return `option ${name} needs a value`;
      values.set(valued.get(name)!, value);
    } else return `option ${word} is not carried out in a rehearsal`;
  }
  const [verb = 'list-units', ...units] = plain;
  return { verb, units: units.map((unit) => (/\.[a-z]+$/.test(unit) ? unit : `${unit}.service`)), options, values };
}

export function refuse(reply: Reply, text: string): number {
  reply.say('err', `systemctl: ${text}\n`);
  return 1;
}

const flags = new Set([
  '--now',
  '--quiet',
  '-q',
  '--no-block',
  '--no-pager',
  '--system',
  '--force',
  '-f',
  '--full',
  '-l',
  '--all',
  '-a',
  '--plain',
  '--no-legend',
  '--no-reload',
  '--wait',
  '--value',
  '--failed',
  '--runtime',
]);
const valued = new Map([
  ['-p', '--property'],
  ['--property', '--property'],
  ['-s', '--signal'],
  ['--signal', '--signal'],
  ['--kill-who', '--kill-whom'],
  ['--kill-whom', '--kill-whom'],
  ['-n', '--lines'],
  ['--lines', '--lines'],
  ['-o', '--output'],
  ['--output', '--output'],
  ['-t', '--type'],
  ['--type', '--type'],
  ['--state', '--state'],
]);
