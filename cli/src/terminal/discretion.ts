import { type Concealment, concealment } from '@terrace/cloud/concealment';
import { visible, visibleJson } from '@terrace/cloud/visible';
import type { Words } from '@terrace/cloud/words';

/**
 * What this process may not show, whoever prints: secrets that it has read. And what is to be said as soon as anything is printed. Both are
 * the process's own, so that no command can leave them out.
 */
const secrets = new Set<string>();
const remarks: Words[] = [];
const said = new Set<string>();
let conceal: Concealment = concealment([]);

export function keepSecret(values: Iterable<string>): void {
  const before = secrets.size;
  for (const each of values) secrets.add(each);
  if (secrets.size > before) conceal = concealment(secrets);
}

/** To be said once, however often it is found. */
export function remark(text: Words): void {
  if (!said.has(text.en)) remarks.push(text);
  said.add(text.en);
}

/** Gives what has not been said yet. */
export function remarksToSay(): Words[] {
  return remarks.splice(0);
}

/** A value with its secrets masked, for what would show only a part of a text. */
export function discreet<T>(value: T): T {
  return conceal.value(value);
}

/** A text as it is shown: secrets masked, control characters in a visible form. */
export function shown(text: string): string {
  return visible(conceal.text(text));
}

export function shownJson(value: unknown): string {
  return visibleJson(JSON.stringify(conceal.value(value), null, 2) ?? 'null');
}

/** The same on one line. */
export function shownJsonLine(value: unknown): string {
  return visibleJson(JSON.stringify(conceal.value(value)) ?? 'null');
}
