import type { Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { type Resolved, type Scope, unresolved } from '../scope.ts';
import { placeOfTrail, step, type Trail } from '../trail.ts';
import { evaluate } from './evaluate.ts';

/** Reports that a function was given something it cannot work with, in the words of what it takes. */
export function wrongArgument(scope: Scope, trail: Trail, takes: { en: string; ko: string }): typeof unresolved {
  const name = String(trail.key);
  scope.report(
    mistake('WRONG_ARGUMENT', placeOfTrail(trail), {
      cause: words(`${name} cannot work with what it is given here.`, `${name}에 쓸 수 없는 인수가 주어졌습니다.`),
      next: words(`Give it ${takes.en}.`, `${takes.ko}{을/를} 주세요.`),
    }),
  );
  return unresolved;
}

/** The arguments of a function that takes a list, each resolved; `undefined` if it is none of this length. */
export function evaluateArguments(
  scope: Scope,
  argument: Json,
  trail: Trail,
  lengths: { readonly from: number; readonly to: number },
): Resolved[] | undefined {
  if (!Array.isArray(argument) || argument.length < lengths.from || argument.length > lengths.to) return undefined;
  return argument.map((each: Json, index: number) => evaluate(scope, each, step(trail, argument, index)));
}

/** Text as CloudFormation makes it of a scalar; `undefined` for anything else. */
export function asText(value: Resolved | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function asList(value: Resolved | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
