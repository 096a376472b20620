import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { type Words, words } from '../../words.ts';
import { type Estate, isKnown, itemsAt, type Path, type Rule, valuesAt } from './rule.ts';

interface Refused extends Omit<Rule, 'check'> {
  /** What to do; unless given, to correct the property. */
  readonly next?: Words;
  /** AWS's own words, where they are known. */
  readonly aws?: string;
}

/** Where a rule is broken, below `Properties`, in dots or in steps. */
type Place = string | Path;

/** A rule whose sentence says enough of every fault: `where` gives the places that break it. */
export function refused(
  row: Refused & { readonly where: (resource: Resource, estate: Estate) => readonly Place[] },
): Rule {
  const { where, next, aws, ...rule } = row;
  return {
    ...rule,
    check: (resource, estate) =>
      where(resource, estate).map((place) => {
        const at = typeof place === 'string' ? place.split('.').filter((step) => step !== '') : place;
        const name = at.findLast((step) => typeof step === 'string');
        return {
          at,
          cause: name
            ? words(`AWS refuses this ${name}. ${rule.what.en}`, `AWS가 이 ${name} 값을 거부합니다. ${rule.what.ko}`)
            : words(`AWS refuses this. ${rule.what.en}`, `AWS가 거부합니다. ${rule.what.ko}`),
          next: next ?? words(`Correct ${name ?? 'it'}.`, `${name ?? '리소스'}{을/를} 고치세요.`),
          ...(aws ? { aws } : {}),
        };
      }),
  };
}

/** The same for each object of a list: `where` gives places within the object. Objects with a value that nobody knows yet are left out. */
export function refusedItem(
  row: Refused & {
    readonly list: string;
    readonly where: (
      item: JsonObject,
      resource: Resource,
      index: number,
      all: readonly JsonObject[],
    ) => readonly string[];
  },
): Rule {
  const { list, where, ...rest } = row;
  return refused({
    ...rest,
    where: (resource) => {
      const items = itemsAt(resource.properties, list);
      const all = items.map(([, item]) => item);
      return items.flatMap(([at, item], index) =>
        isKnown(item)
          ? where(item, resource, index, all).map((each) => [...at, ...each.split('.').filter((step) => step !== '')])
          : [],
      );
    },
  });
}

/**
 * A property takes the identifier of an EC2 resource of one kind, such as `nat-0123456789abcdef0`. A resource whose identifier only stands in
 * for AWS's is not judged.
 */
export function identifier(row: {
  readonly types: readonly string[];
  readonly path: string;
  /** What identifiers begin with before the hyphen, the likeliest first. */
  readonly prefixes: readonly [string, ...string[]];
  readonly page: string;
  /** Other words that it may be. */
  readonly words?: readonly string[];
}): Rule {
  const example = `${row.prefixes[0]}-0123456789abcdef0`;
  const name = row.path.replace(/\.\*$/, '').split('.').at(-1);
  return refused({
    code: 'WRONG_IDENTIFIER',
    types: row.types,
    page: row.page,
    what: words(`${name} is an identifier such as ${example}.`, `${name}에는 ${example} 같은 ID를 씁니다.`),
    aws: `Invalid id (expecting "${row.prefixes[0]}-...")`,
    where: ({ properties }, estate) =>
      valuesAt(properties, row.path).flatMap(([at, value]) => {
        if (typeof value !== 'string' || row.words?.includes(value)) return [];
        if (row.prefixes.some((each) => value.startsWith(`${each}-`))) return [];
        const isOther = /^[a-z]+-[0-9a-f]{8,17}$/.test(value) || /^[\d.]+$/.test(value);
        return isOther || estate.find(value) === undefined ? [at] : [];
      }),
  });
}

/** Lists that may be left out, but not be empty. */
export function notEmpty(row: {
  readonly types: readonly string[];
  readonly paths: readonly string[];
  readonly page: string;
}): Rule {
  const list = row.paths.join(', ');
  return refused({
    code: 'LIST_LENGTH',
    types: row.types,
    page: row.page,
    what: words(`A list has an element: ${list}.`, `목록이 비어 있으면 안 됩니다: ${list}`),
    next: words('Add an element, or leave the list out.', '요소를 추가하거나 목록을 빼세요.'),
    where: ({ properties }) =>
      row.paths.flatMap((path) =>
        valuesAt(properties, path).flatMap(([at, value]) => (Array.isArray(value) && value.length === 0 ? [at] : [])),
      ),
  });
}
