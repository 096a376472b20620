import type { Resource } from '../../inventory.ts';
import type { Json } from '../../json.ts';
import { number } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { type Estate, type Fault, isStated, type Rule, valuesAt } from './rule.ts';

interface Row {
  readonly types: readonly string[];
  /** Such as `Listeners.*.Port`. */
  readonly path: string;
  readonly page: string;
  /** Leaves out resources that the rule is not for. */
  readonly when?: (resource: Resource, estate: Estate) => boolean;
}

type Stated = Pick<Rule, 'code' | 'what'>;

function eachValue(row: Row, stated: Stated, faultOf: (value: Json) => Omit<Fault, 'at'> | undefined): Rule {
  return {
    ...stated,
    types: row.types,
    page: row.page,
    check: (resource, estate) => {
      if (row.when && !row.when(resource, estate)) return [];
      return valuesAt(resource.properties, row.path).flatMap(([at, value]) => {
        const fault = faultOf(value);
        return fault ? [{ at, ...fault }] : [];
      });
    },
  };
}

/** A number has bounds. */
export function range(row: Row & { from: number; to: number; aws?: (value: number) => string }): Rule {
  const { from, to, path } = row;
  const what = words(`${path}: ${from} to ${to}.`, `${path}: ${from}~${to}`);
  return eachValue(row, { code: 'NUMBER_OUT_OF_RANGE', what }, (value) => {
    const given = number({ value }, 'value');
    if (given === undefined || (given >= from && given <= to)) return undefined;
    return {
      cause: words(
        `${nameOf(path)} is ${given}; AWS takes ${from} to ${to}.`,
        `${nameOf(path)} 값이 ${given}입니다. AWS는 ${from}~${to}만 받습니다.`,
      ),
      next: words(`Write a number from ${from} to ${to}.`, `${from}~${to} 안의 수를 쓰세요.`),
      ...(row.aws ? { aws: row.aws(given) } : {}),
    };
  });
}

/** A value is one of a few. */
export function oneOf(row: Row & { values: readonly (string | number)[] }): Rule {
  const list = row.values.join(', ');
  const what = words(`${row.path}: one of ${list}.`, `${row.path}: 다음 중 하나. ${list}`);
  return eachValue(row, { code: 'WRONG_VALUE', what }, (value) => {
    if (typeof value === 'object' || row.values.map(String).includes(String(value))) return undefined;
    return {
      cause: words(
        `"${String(value)}" is not a value of ${nameOf(row.path)}.`,
        `"${String(value)}"{은/는} ${nameOf(row.path)}에 쓸 수 있는 값이 아닙니다.`,
      ),
      next: words(`It may be ${list}.`, `쓸 수 있는 값: ${list}`),
    };
  });
}

/** A text has a greatest length. */
export function length(
  row: Row & { least?: number; most: number; code?: string; aws?: (value: string) => string },
): Rule {
  const { least = 1, most, path, code = 'NAME_LENGTH' } = row;
  const what = words(`${path}: ${least} to ${most} characters.`, `${path}: ${least}~${most}자`);
  return eachValue(row, { code, what }, (value) => {
    if (typeof value !== 'string') return undefined;
    const count = [...value].length;
    if (count >= least && count <= most) return undefined;
    return {
      cause: words(
        `${nameOf(path)} has ${count} characters; AWS takes ${least} to ${most}.`,
        `${nameOf(path)} 값이 ${count}자입니다. AWS는 ${least}~${most}자만 받습니다.`,
      ),
      next: count > most ? words('Shorten it.', '줄이세요.') : words('Lengthen it.', '늘리세요.'),
      ...(row.aws ? { aws: row.aws(value) } : {}),
    };
  });
}

/** A text has a form. */
export function form(
  row: Row & { pattern: RegExp; said: Words; code?: string; secret?: true; aws?: (value: string) => string },
): Rule {
  const { path, said, code = 'NAME_CHARACTERS' } = row;
  const what = words(`${path}: ${said.en}.`, `${path}: ${said.ko}`);
  return eachValue(row, { code, what }, (value) => {
    if (typeof value !== 'string' || row.pattern.test(value)) return undefined;
    const shown = row.secret ? nameOf(path) : `"${value.slice(0, 80)}"`;
    return {
      cause: words(`AWS refuses ${shown}: ${said.en}.`, `AWS가 ${shown} 값을 거부합니다. ${said.ko}`),
      next: words(`Change ${nameOf(path)} so that it fits.`, `${nameOf(path)} 값을 이에 맞게 고치세요.`),
      ...(row.aws ? { aws: row.aws(value) } : {}),
    };
  });
}

/** Properties of which only one may be stated. */
export function exclusive(row: Omit<Row, 'path'> & { paths: readonly string[]; aws?: string }): Rule {
  const list = row.paths.join(', ');
  return {
    code: 'EXCLUSIVE_PROPERTIES',
    types: row.types,
    page: row.page,
    what: words(`Only one of ${list}.`, `${list} 중 하나만 씁니다.`),
    check: (resource, estate) => {
      if (row.when && !row.when(resource, estate)) return [];
      const stated = row.paths.filter((path) => isStated(resource.properties, path));
      const second = stated[1];
      if (second === undefined) return [];
      return [
        {
          at: second.split('.'),
          cause: words(
            `${stated.join(' and ')} exclude each other.`,
            `${stated.join(', ')}{은/는} 함께 쓸 수 없습니다.`,
          ),
          next: words('Leave one of them out.', '하나만 남기세요.'),
          ...(row.aws ? { aws: row.aws } : {}),
        },
      ];
    },
  };
}

/** Properties of which at least one is needed. */
export function needed(
  row: Omit<Row, 'path'> & { paths: readonly string[]; said?: Words; at?: readonly string[]; aws?: string },
): Rule {
  const list = { en: row.paths.join(' or '), ko: row.paths.join(', ') };
  const reason = row.said ?? words('', '');
  const prefix = { en: reason.en && `${reason.en}: `, ko: reason.ko && `${reason.ko}: ` };
  return {
    code: 'MISSING_COMPANION',
    types: row.types,
    page: row.page,
    what: words(`${prefix.en}${list.en} is needed.`, `${prefix.ko}${list.ko}{이/가} 필요합니다.`),
    check: (resource, estate) => {
      if (row.when && !row.when(resource, estate)) return [];
      if (row.paths.some((path) => isStated(resource.properties, path))) return [];
      return [
        {
          at: row.at ?? [],
          cause: words(`${prefix.en}${list.en} is missing.`, `${prefix.ko}${list.ko}{이/가} 없습니다.`),
          next: words(`Add ${list.en}.`, `${list.ko}{을/를} 추가하세요.`),
          ...(row.aws ? { aws: row.aws } : {}),
        },
      ];
    },
  };
}

/** A property that is not for this kind of the resource. */
export function notFor(row: Row & { kind: Words; aws?: string }): Rule {
  return eachValue(
    row,
    {
      code: 'NOT_FOR_THIS_KIND',
      what: words(`${row.path} is not for ${row.kind.en}.`, `${row.path}: ${row.kind.ko}에는 쓸 수 없습니다.`),
    },
    () => ({
      cause: words(
        `${nameOf(row.path)} is not for ${row.kind.en}.`,
        `${nameOf(row.path)}{은/는} ${row.kind.ko}에 쓸 수 없습니다.`,
      ),
      next: words('Leave it out.', '빼세요.'),
      ...(row.aws ? { aws: row.aws } : {}),
    }),
  );
}

/** No two resources have the same value in the same place. */
export function unique(
  row: Row & {
    code: string;
    said: Words;
    key: (resource: Resource, value: Json, estate: Estate) => string | undefined;
    aws?: string;
  },
): Rule {
  return {
    code: row.code,
    types: row.types,
    page: row.page,
    what: row.said,
    check: (resource, estate) => {
      if (row.when && !row.when(resource, estate)) return [];
      return valuesAt(resource.properties, row.path).flatMap(([at, value]) => {
        const key = row.key(resource, value, estate);
        if (key === undefined) return [];
        const same = estate
          .ofType(...row.types)
          .find((other) =>
            valuesAt(other.properties, row.path).some(([, each]) => row.key(other, each, estate) === key),
          );
        if (!same || same === resource) return [];
        return [
          {
            at,
            cause: words(
              `${same.logicalId} has ${nameOf(row.path)} ${String(value)} already. ${row.said.en}`,
              `${same.logicalId}{이/가} ${nameOf(row.path)} ${String(value)}{을/를} 이미 씁니다. ${row.said.ko}`,
            ),
            next: words('Give it another one, or take one of the two out.', '다른 값을 쓰거나 둘 중 하나를 빼세요.'),
            ...(row.aws ? { aws: row.aws } : {}),
          },
        ];
      });
    },
  };
}

function nameOf(path: string): string {
  return (
    path
      .split('.')
      .filter((step) => step !== '*')
      .at(-1) ?? path
  );
}
