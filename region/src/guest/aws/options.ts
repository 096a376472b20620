import { Refusal } from '../refusal.ts';

/** The exit code of a wrong command line. https://docs.aws.amazon.com/cli/latest/topic/return-codes.html */
export const misuse = 252;

/** Options that every command takes. */
export const everywhere = {
  valued: ['--region', '--output', '--query', '--profile', '--cli-connect-timeout', '--cli-read-timeout', '--color'],
  flags: ['--no-cli-pager', '--no-paginate', '--no-cli-auto-prompt', '--only-show-errors', '--no-progress', '--quiet'],
} as const;

export type Kind = 'text' | 'texts' | 'number' | 'flag' | 'filters' | 'structure';

/** What the words after a command say: its own parameters, and the options that every command takes. */
interface Read {
  readonly plain: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Reads `--name value` after the parameters of an operation. A list takes all words up to the next option, `--no-NAME` is a flag that is off.
 *
 * @param parameters kinds by the operation's own names, such as `InstanceIds`
 */
export function readParameters(words: readonly string[], parameters: Readonly<Record<string, Kind>>): Read {
  const byOption = new Map(Object.keys(parameters).map((name) => [optionOf(name), name]));
  const plain: string[] = [];
  const values = new Map<string, string>();
  const input: Record<string, unknown> = {};
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (!word.startsWith('--')) {
      plain.push(word);
      continue;
    }
    const [option = word, attached] = word.split(/=(.*)/s);
    const take = () => {
      const value = attached ?? rest.shift();
      if (value === undefined) throw new Refusal(`argument ${option}: expected one argument`, misuse);
      return value;
    };
    const name = byOption.get(option);
    const off = byOption.get(option.replace(/^--no-/, '--'));
    if ((everywhere.flags as readonly string[]).includes(option)) continue;
    if ((everywhere.valued as readonly string[]).includes(option)) values.set(option, take());
    else if (name !== undefined) input[name] = parameterOf(option, parameters[name]!, take, rest, attached);
    else if (off !== undefined && parameters[off] === 'flag') input[off] = false;
    else throw new Refusal(`Unknown options: ${option}, or one that is not carried out in a rehearsal`, misuse);
  }
  return { plain, values, input };
}

/** `InstanceIds` is `--instance-ids`, `DBInstanceIdentifier` is `--db-instance-identifier`. */
export function optionOf(name: string): string {
  return `--${name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()}`;
}

function parameterOf(
  option: string,
  kind: Kind,
  take: () => string,
  rest: string[],
  attached: string | undefined,
): unknown {
  if (kind === 'flag') return true;
  if (kind === 'text') return take();
  if (kind === 'number') return numberOf(option, take());
  if (kind === 'structure') return parsedJson(option, take());
  const words: string[] = attached === undefined ? [] : [attached];
  while (rest.length > 0 && !rest[0]!.startsWith('--')) words.push(rest.shift()!);
  if (words.length === 0) throw new Refusal(`argument ${option}: expected at least one argument`, misuse);
  if (words.length === 1 && words[0]!.trimStart().startsWith('[')) return parsedJson(option, words[0]!);
  return kind === 'texts' ? words : words.map((word) => filterOf(option, word));
}

function numberOf(option: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new Refusal(`argument ${option}: invalid literal for int(): '${text}'`, misuse);
  return Number(text);
}

function parsedJson(option: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal(`Error parsing parameter '${option}': Invalid JSON: ${(error as Error).message}`, misuse);
  }
}

/** `Name=tag:Name,Values=web,app`, whose values may be quoted. */
function filterOf(option: string, word: string): Readonly<Record<string, unknown>> {
  const [, name, list] = /^Name=(.*?),Values=(.*)$/s.exec(word) ?? [];
  if (name === undefined || list === undefined)
    throw new Refusal(`Error parsing parameter '${option}': Expected: 'Name=…,Values=…', received: '${word}'`, misuse);
  const values = [...list.matchAll(/"([^"]*)"|'([^']*)'|([^,]+)/g)].map(([, one, two, three]) => one ?? two ?? three);
  return { Name: unquoted(name), Values: values };
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
