import jmespath from 'jmespath';
import { Refusal } from '../refusal.ts';
import { misuse } from './options.ts';

/**
 * Prints an answer as `--query` and `--output` ask for.
 *
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
 */
export function show(output: unknown, values: ReadonlyMap<string, string>): number {
  const format = values.get('--output') ?? 'json';
  if (format !== 'json' && format !== 'text')
    throw new Refusal(`--output ${format} is not carried out in a rehearsal: json and text are`, misuse);
  const query = values.get('--query');
  const value = query === undefined ? output : select(output, query);
  process.stdout.write(format === 'json' ? `${JSON.stringify(value ?? null, null, 4)}\n` : asText(value ?? null));
  return 0;
}

function select(output: unknown, query: string): unknown {
  try {
    return jmespath.search(output, query);
  } catch (error) {
    throw new Refusal(`Bad value for --query ${query}: ${(error as Error).message}`, misuse);
  }
}

type Dictionary = Readonly<Record<string, unknown>>;

/** As the AWS CLI has text: lines of values apart by tabs, keys in order, the name of what is nested before its values. */
export function asText(value: unknown): string {
  const lines: string[] = [];
  write(value, null, null, lines);
  return lines.map((line) => `${line}\n`).join('');
}

function write(value: unknown, name: string | null, keys: readonly string[] | null, lines: string[]): void {
  if (Array.isArray(value)) writeList(value, name, lines);
  else if (isDictionary(value)) writeDictionary(value, name, keys, lines);
  else lines.push(scalar(value));
}

function writeList(values: readonly unknown[], name: string | null, lines: string[]): void {
  if (values.length === 0) return;
  if (values.some(isDictionary)) {
    const keys = new Set<string>();
    for (const each of values)
      for (const [key, inner] of Object.entries(isDictionary(each) ? each : {})) if (!isNested(inner)) keys.add(key);
    for (const each of values) write(each, name, [...keys].sort(), lines);
    return;
  }
  const scalars = values.filter((each) => !isNested(each));
  if (scalars.length > 0) {
    if (name === null) lines.push(scalars.map(scalar).join('\t'));
    else for (const each of scalars) lines.push(`${name.toUpperCase()}\t${scalar(each)}`);
  }
  for (const each of values.filter(isNested)) write(each, name, null, lines);
}

function writeDictionary(
  given: Dictionary,
  name: string | null,
  keys: readonly string[] | null,
  lines: string[],
): void {
  const own = Object.keys(given).sort();
  const shown = keys ?? own.filter((key) => !isNested(given[key]));
  const scalars = shown.map((key) => (key in given ? scalar(given[key]) : ''));
  if (scalars.length > 0) lines.push([...(name === null ? [] : [name.toUpperCase()]), ...scalars].join('\t'));
  for (const key of own.filter((each) => !shown.includes(each))) write(given[key], key, null, lines);
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isDictionary(value: unknown): value is Dictionary {
  return isNested(value) && !Array.isArray(value);
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
