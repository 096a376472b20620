import { values } from '../families/registry.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { words } from '../words.ts';

const allowed: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map(
  Object.entries(values).map(([type, properties]) => [
    type,
    new Map(Object.entries(properties).map(([path, list]) => [path, list.split(' ')])),
  ]),
);

/** Finds words that AWS would refuse. */
export function checkValues(
  type: string,
  properties: JsonObject,
  place: (path: readonly (string | number)[]) => Place,
): Mistake[] {
  return [...(allowed.get(type) ?? [])].flatMap(([path, list]) =>
    valuesAt(properties, path.split('.'), ['Properties']).flatMap(([at, value]) => {
      if (typeof value !== 'string' || list.includes(value) || value.includes('{{resolve:')) return [];
      const suggestion = nearest(value, list);
      return [
        mistake('WRONG_VALUE', place(at), {
          cause: words(
            `"${value}" is not a value of ${at.at(-1)}.`,
            `"${value}"{은/는} ${at.at(-1)}에 쓸 수 있는 값이 아닙니다.`,
          ),
          next: suggestion
            ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
            : words(`It may be ${list.join(', ')}.`, `쓸 수 있는 값: ${list.join(', ')}`),
        }),
      ];
    }),
  );
}

type At = readonly (string | number)[];

function valuesAt(value: Json | undefined, path: readonly string[], at: At): [At, Json][] {
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined ? [] : [[at, value]];
  if (step === '*')
    return Array.isArray(value) ? value.flatMap((each: Json, index) => valuesAt(each, rest, [...at, index])) : [];
  return isObject(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest, [...at, step]) : [];
}
