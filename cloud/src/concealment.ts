import { isObject, type Json } from './json.ts';
import { escapeXml } from './xml.ts';

/** What stands in place of a secret, as CloudFormation shows a `NoEcho` parameter. */
export const mask = '****';

/** Longer secrets are looked for one by one: a regular expression has a greatest size. */
const longestInPattern = 4096;

/** Puts the mask in place of secrets, wherever in a text they stand. */
export interface Concealment {
  text(text: string): string;
  /** The same for every text within a value, names of members included. */
  value<T>(value: T): T;
}

/**
 * Conceals these values, and their forms within JSON, URLs and base64: user data is shown with the mask where its script has a secret. A
 * short value (`admin`, `on`) is concealed only where it stands as a word of its own, or nothing would be left to read.
 */
export function concealment(secrets: Iterable<string>): Concealment {
  const forms = new Set([...secrets].flatMap(formsOf));
  if (forms.size === 0) return { text: (text) => text, value: (value) => value };
  const sorted = [...forms].sort((one, other) => other.length - one.length);
  const long = sorted.filter((each) => each.length > longestInPattern);
  const pattern = new RegExp(
    sorted
      .filter((each) => each.length <= longestInPattern)
      .map(patternOf)
      .join('|'),
    'gu',
  );
  const plain = (text: string) =>
    long.reduce((shown, each) => shown.replaceAll(each, mask), text).replace(pattern, (found) => found && mask);
  const text = (given: string): string => {
    const shown = plain(given);
    const script = decoded(shown);
    if (script === undefined) return shown;
    const concealed = plain(script);
    return concealed === script ? shown : Buffer.from(concealed, 'utf8').toString('base64');
  };
  const value = (given: unknown): unknown => {
    if (typeof given === 'string') return text(given);
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [text(name), value(each)]));
  };
  return { text, value: value as Concealment['value'] };
}

/** A value shorter than this is common enough to be part of a word. */
const long = 8;

function formsOf(secret: string): string[] {
  if (secret.trim() === '' || secret === mask || secret === 'true' || secret === 'false') return [];
  const lines = secret.includes('\n')
    ? secret.split(/\r?\n/).filter((line) => line.length >= long && !/^-----/.test(line))
    : [];
  const encoded = secret.length < long ? [] : [Buffer.from(secret, 'utf8').toString('base64')];
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, escapeXml(secret), encodeURIComponent(wellFormed(secret)), ...encoded, ...lines];
}

/** Half a character cannot be part of a URL. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

function patternOf(form: string): string {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return form.length < long ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped;
}

/** The text of base64; `undefined` for anything else. */
function decoded(text: string): string | undefined {
  if (text.length < long || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(text)) return undefined;
  const script = Buffer.from(text, 'base64').toString('utf8');
  return script.includes('\uFFFD') ? undefined : script;
}

/** Each text within a value. A short number is a count, not a password: what shows figures would show none. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return String(value).length < long - 2 ? [] : [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
