import { Refusal } from './refusal.ts';

interface Options {
  readonly plain: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

/** `--name value`, `--name=value` and flags; whatever is not named here ends the program. */
export function parseOptions(
  words: readonly string[],
  known: {
    readonly valued: readonly string[];
    readonly flags: readonly string[];
    readonly exitCode: number;
    readonly short?: Readonly<Record<string, string>>;
  },
): Options {
  const plain: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const [given = word, attached] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    const name = known.short?.[given] ?? given;
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else if (known.flags.includes(name)) flags.add(name);
    else if (known.valued.includes(name)) {
      const value = attached ?? words[at + 1];
      if (attached === undefined) at += 1;
      if (value === undefined) throw new Refusal(`option ${word} needs a value`, known.exitCode);
      values.set(name, value);
    } else throw new Refusal(`option ${word} is not carried out in a rehearsal`, known.exitCode);
  }
  return { plain, values, flags };
}
