import type { Words } from '../words.ts';
import { absent, type Resolved, unresolved } from './scope.ts';

const mark: unique symbol = Symbol('not known');

/**
 * A value that nobody here can tell: a custom resource's function, AWS or a stack that is not loaded has it. It is no mistake. Whatever it would be
 * part of is not known either, and is left out.
 */
export interface NotKnown {
  readonly [mark]: true;
  readonly why: Words;
  /** What would tell it. */
  readonly next: Words;
}

export function notKnown(why: Words, next: Words): NotKnown {
  return { [mark]: true, why, next };
}

export function isNotKnown(value: unknown): value is NotKnown {
  return typeof value === 'object' && value !== null && mark in value;
}

/** The value that decides for all of them: one with a mistake goes before one that is not known. */
export function unsettled(
  values: readonly (Resolved | undefined)[] | undefined,
): typeof unresolved | NotKnown | undefined {
  return values?.includes(unresolved) ? unresolved : values?.find(isNotKnown);
}

/** Whether a value stands there: neither left out, nor with a mistake, nor not known. */
export function isSettled(value: Resolved): value is Exclude<Resolved, symbol | NotKnown> {
  return value !== absent && value !== unresolved && !isNotKnown(value);
}
