import type { Context } from './context.ts';
import { matches, type PatternOptions } from './pattern.ts';

/**
 * `arn:partition:service:region:account:resource`, the resource with all its own colons and slashes.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const parts = splitArn(text);
  if (parts === undefined || parts[0] !== 'arn') return undefined;
  const [, partition, service, region, account, resource] = parts;
  return { partition, service, region, account, resource };
}

/** For ArnEquals and ArnLike, which are the same: each of the six parts is compared by itself. */
export function arnLike(pattern: string, text: string, context: Context, variables: boolean): boolean {
  const wanted = splitArn(pattern);
  const given = splitArn(text);
  if (wanted === undefined || given === undefined) return false;
  return wanted.every((part, index) => matches(part, given[index] ?? '', { context, variables, wildcards: true }));
}

/**
 * For the Resource element: `*` alone is everything; otherwise each of the six parts is compared by itself, but for a `*` at the
 * end of a part, which also stands for the colons and parts after it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function resourceMatches(pattern: string, resource: string, context: Context, variables: boolean): boolean {
  if (pattern === '*') return true;
  const wanted = splitArn(pattern);
  const given = splitArn(resource);
  const options = { context, variables, wildcards: true };
  // A request that has no resource of its own is one on `*`.
  if (given === undefined) return matches(pattern, resource, options);
  if (wanted?.every((part, index) => matches(part, given[index] ?? '', options))) return true;
  return pattern.includes('*') && reachesOverColons(splitColons(pattern), resource.split(':'), options);
}

/** Each part of the pattern takes one part of the resource, one that ends on `*` any number, and the sixth all that are left. */
function reachesOverColons(wanted: readonly string[], given: readonly string[], options: PatternOptions): boolean {
  /** Where the parts of the pattern so far may have ended in the resource. */
  let ends = new Set([0]);
  wanted.forEach((part, index) => {
    const isLast = index === wanted.length - 1;
    const next = new Set<number>();
    for (const start of ends) {
      const longest = part.endsWith('*') || index === 5 ? given.length : start + 1;
      for (let end = isLast ? given.length : start + 1; end <= longest; end += 1)
        if (!next.has(end) && matches(part, given.slice(start, end).join(':'), options)) next.add(end);
    }
    ends = next;
  });
  return ends.has(given.length);
}

type Six = [string, string, string, string, string, string];

/** Colons within `${…}` do not part. */
function splitArn(text: string): Six | undefined {
  return text.includes('${') ? splitAroundVariables(text) : splitPlain(text);
}

function splitPlain(text: string): Six | undefined {
  const parts: string[] = [];
  let from = 0;
  for (let count = 0; count < 5; count += 1) {
    const colon = text.indexOf(':', from);
    if (colon < 0) return undefined;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  return [...parts, text.slice(from)] as Six;
}

function splitAroundVariables(text: string): Six | undefined {
  const parts = splitColons(text);
  return parts.length === 6 ? (parts as Six) : undefined;
}

/** At most six parts; the sixth keeps its colons. */
function splitColons(text: string): string[] {
  const parts: string[] = [''];
  let within = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '{' && text[index - 1] === '$') within = true;
    if (character === '}') within = false;
    if (character === ':' && !within && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
