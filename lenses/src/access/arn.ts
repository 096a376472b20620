import type { Context } from './context.ts';
import { matches } from './pattern.ts';

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

/** For the Resource element: `*` alone is everything; otherwise each of the six parts is compared by itself. */
export function resourceMatches(pattern: string, resource: string, context: Context, variables: boolean): boolean {
  if (pattern === '*') return true;
  const wanted = splitArn(pattern);
  const given = splitArn(resource);
  // A request that has no resource of its own is one on `*`.
  if (wanted === undefined || given === undefined)
    return matches(pattern, resource, { context, variables, wildcards: true });
  return wanted.every((part, index) => matches(part, given[index] ?? '', { context, variables, wildcards: true }));
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
  const parts: string[] = [''];
  let within = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '{' && text[index - 1] === '$') within = true;
    if (character === '}') within = false;
    if (character === ':' && !within && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.length === 6 ? (parts as Six) : undefined;
}
