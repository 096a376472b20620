import type { Language, Words } from './words.ts';

/**
 * What a user got wrong, as a value: a stable code, a place, the cause and the next step.
 * Mistakes are collected and shown together. A bug of Terrace is not a mistake: it throws.
 */
export interface Mistake {
  /** Stable, in capitals, for example `SUBNET_OUTSIDE_VPC`. */
  readonly code: string;
  readonly place: Place;
  /** What is wrong, in one or two plain sentences. */
  readonly cause: Words;
  /** What would be right, or what to run. */
  readonly next: Words;
}

/** Where in the user's own material something stands; every part that is known is given. */
export interface Place {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly logicalId?: string;
  /** Path of properties below the resource, for example `Properties.CidrBlock`. */
  readonly path?: string;
}

/** Either a value, with warnings that do not stop anything, or every mistake found. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Mistake[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export function mistake(code: string, place: Place, said: { cause: Words; next: Words }): Mistake {
  return { code, place, cause: said.cause, next: said.next };
}

export function success<T>(value: T, warnings: readonly Mistake[] = []): Result<T> {
  return { ok: true, value, warnings };
}

export function failure(mistakes: readonly Mistake[]): Result<never> {
  return { ok: false, mistakes };
}

/** One mistake as a person reads it in a terminal: place and code, cause, next step. */
export function describeMistake({ code, place, cause, next }: Mistake, language: Language): string {
  const position = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  const head = [position, code, place.logicalId, place.path].filter(Boolean).join('  ');
  return `${head}\n  ${cause[language]}\n  → ${next[language]}`;
}
