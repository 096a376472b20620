import { splitWords } from './unit-file.ts';

/** A command line of a unit, its prefixes taken off; variables are still in it. */
export interface Command {
  readonly words: readonly string[];
  /** `-`: a failure counts as success. */
  readonly mayFail: boolean;
  /** `:`: no variables are put in. */
  readonly literal: boolean;
  /** `+`, `!` or `!!`: `User=` does not hold. */
  readonly privileged: boolean;
}

export type Specifiers = (text: string) => string;

/** The commands of one assignment; `;` as a word of its own parts them. */
export function parseCommands(value: string, specifiers: Specifiers): Command[] {
  const groups: string[][] = [[]];
  for (const word of splitWords(value)) {
    if (word === ';') groups.push([]);
    else groups.at(-1)?.push(word);
  }
  return groups
    .filter((words) => words.length > 0)
    .map(([first = '', ...words]) => {
      const prefix = /^[-@:+!|]*/.exec(first)?.[0] ?? '';
      const program = specifiers(first.slice(prefix.length));
      if (!program.startsWith('/') && program.includes('/')) throw new Error(`${program} is not an absolute path`);
      const rest = words.map((word) => specifiers(word));
      return {
        words: [program, ...(prefix.includes('@') ? rest.slice(1) : rest)],
        mayFail: prefix.includes('-'),
        literal: prefix.includes(':'),
        privileged: /[+!]/.test(prefix),
      };
    });
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers */
export function expandSpecifiers(text: string, name: string): string {
  const stem = name.replace(/\.[a-z]+$/, '');
  const [prefix = stem, instance = ''] = stem.split(/@(.*)/s);
  const known: Readonly<Record<string, string>> = {
    n: name,
    N: stem,
    p: prefix,
    P: prefix,
    i: instance,
    I: instance.replaceAll('-', '/'),
    t: '/run',
    S: '/var/lib',
    C: '/var/cache',
    L: '/var/log',
    E: '/etc',
    T: '/tmp',
    V: '/var/tmp',
    h: '/root',
    u: 'root',
    U: '0',
    s: '/bin/bash',
    '%': '%',
  };
  return text.replace(/%(.)/gs, (_, letter: string) => {
    const value = known[letter];
    if (value === undefined) throw new Error(`the specifier %${letter} is not carried out in a rehearsal`);
    return value;
  });
}

/**
 * A command's words with variables put in: `${NAME}` within a word, `$NAME` as a word of its own, split at spaces.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function expandVariables(command: Command, environment: Readonly<Record<string, string>>): string[] {
  if (command.literal) return [...command.words];
  return command.words.flatMap((word, index) => {
    const alone = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word);
    if (alone?.[1] !== undefined && index > 0)
      return (environment[alone[1]] ?? '').split(/\s+/).filter((each) => each !== '');
    return word.replace(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable?: string) =>
      whole === '$$' ? '$' : (environment[variable ?? ''] ?? ''),
    );
  });
}
