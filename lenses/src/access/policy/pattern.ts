import { notKnown } from '@terrace/cloud/families/contract/request-keys';
import type { Context } from './context.ts';

/**
 * Patterns of the policy language: `*` is any text, `?` any one character, and, in version 2012-10-17, `${key}` is the
 * value of that key in the request, `${key, 'default'}` with a default, `${*}`, `${?}` and `${$}` those characters themselves.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface PatternOptions {
  readonly context: Context;
  /** False in version 2008-10-17, where `${…}` is plain text. */
  readonly variables: boolean;
  /** False for operators without wildcards, such as StringEquals. */
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

/** Whether the text is one the pattern describes. A variable without a value makes a pattern that describes nothing. */
export function matches(pattern: string, text: string, options: PatternOptions): boolean {
  if (!options.variables || !pattern.includes('${')) return plainMatch(pattern, text, options);
  const parts = resolve(pattern, options);
  return (
    parts !== null && partsMatch(parts, options.ignoreCase ? text.toLowerCase() : text, options.ignoreCase ?? false)
  );
}

/** Whether what a pattern describes depends on a value that is not known. */
export function hasUnknownVariable(pattern: string, context: Context): boolean {
  if (!pattern.includes('${')) return false;
  return [...pattern.matchAll(/\$\{\s*([^,\s}]+)/g)].some(([, key]) => context.get(key!) === notKnown);
}

/** An action is compared without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  const wanted = lowered(pattern);
  const given = lowered(action);
  return wanted === given || wanted === '*' || ((wanted.includes('*') || wanted.includes('?')) && glob(wanted, given));
}

const lowerCase = new Map<string, string>();

/** The same few hundred patterns are compared over and over. */
function lowered(text: string): string {
  let lower = lowerCase.get(text);
  if (lower === undefined) {
    lower = text.toLowerCase();
    lowerCase.set(text, lower);
  }
  return lower;
}

/** `*` and `?` over the whole text, in time proportional to the product of the lengths at worst. */
export function glob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      resume = from;
      at += 1;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      from = resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether two patterns of `*` and `?` have a text in common. */
export function globsMeet(one: string, other: string): boolean {
  const seen = new Set<number>();
  const open: [number, number][] = [[0, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [first, second] = next;
    const state = first * (other.length + 1) + second;
    if (seen.has(state)) continue;
    seen.add(state);
    const a = one[first];
    const b = other[second];
    if (a === undefined && b === undefined) return true;
    if (a === '*' || b === '*') {
      // The asterisk ends here, or takes one more of the other's characters.
      if (a !== undefined) open.push([first + 1, second]);
      if (b !== undefined) open.push([first, second + 1]);
    } else if (a !== undefined && b !== undefined && (a === b || a === '?' || b === '?')) {
      open.push([first + 1, second + 1]);
    }
  }
  return false;
}

function plainMatch(pattern: string, text: string, options: PatternOptions): boolean {
  const wanted = options.ignoreCase ? pattern.toLowerCase() : pattern;
  const given = options.ignoreCase ? text.toLowerCase() : text;
  return options.wildcards ? glob(wanted, given) : wanted === given;
}

/** Literal characters and wildcards apart, so that a `*` out of a variable's value stays a character. */
type Part = { readonly literal: string } | { readonly wildcard: '*' | '?' };

function resolve(pattern: string, options: PatternOptions): Part[] | null {
  const parts: Part[] = [];
  const literal = (text: string) => {
    if (text !== '') parts.push({ literal: text });
  };
  let rest = pattern;
  while (rest !== '') {
    const start = rest.indexOf('${');
    const end = start < 0 ? -1 : rest.indexOf('}', start);
    const plain = end < 0 ? rest : rest.slice(0, start);
    for (const character of plain.split(/([*?])/)) {
      if (options.wildcards && (character === '*' || character === '?')) parts.push({ wildcard: character });
      else literal(character);
    }
    if (end < 0) break;
    const value = variableValue(rest.slice(start + 2, end), options.context);
    if (value === null) return null;
    literal(value);
    rest = rest.slice(end + 1);
  }
  return parts;
}

function variableValue(inside: string, context: Context): string | null {
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const match = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside);
  if (!match) return null;
  const values = context.get(match[1] ?? '');
  // A key with several values cannot be a variable.
  if (values !== undefined && values !== notKnown && values.length === 1) return values[0] ?? null;
  return match[2] ?? null;
}

function partsMatch(parts: readonly Part[], text: string, ignoreCase: boolean): boolean {
  const source = parts
    .map((part) => {
      if ('wildcard' in part) return part.wildcard === '*' ? '[\\s\\S]*' : '[\\s\\S]';
      const wanted = ignoreCase ? part.literal.toLowerCase() : part.literal;
      return wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`).test(text);
}
