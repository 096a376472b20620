import type { Resource } from '../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Words } from '../../words.ts';

/**
 * One refusal of AWS: `rules.ts` of a family lists them. A rule says nothing of a value that nobody knows yet, and nothing where AWS's pages
 * leave it open: it never refuses what AWS takes.
 */
export interface Rule {
  /** Of the mistake, the same for every rule of this kind. */
  readonly code: string;
  /** The resource types that it is about. */
  readonly types: readonly string[];
  /** The rule in one sentence, for docs/rules.md. */
  readonly what: Words;
  /** AWS's page, below https://docs.aws.amazon.com/ */
  readonly page: string;
  readonly check: (resource: Resource, estate: Estate) => Fault[];
}

/** One place where a rule is broken. */
export interface Fault {
  /** Below `Properties`. */
  readonly at: Path;
  readonly cause: Words;
  readonly next: Words;
  /** AWS's own words, where they are known. */
  readonly aws?: string;
}

export type Path = readonly (string | number)[];

/** All resources that are loaded, for rules over several. */
export interface Estate {
  ofType(...types: readonly string[]): readonly Resource[];
  /** The resource with this physical id or ARN. */
  find(id: Json | undefined): Resource | undefined;
  /** What the templates call an image, by its id: public parameters, mappings, parameters of their own. */
  imageNames(id: string): readonly string[];
  /** Where a resource stands: account and region in one text. */
  homeOf(resource: Resource): string;
}

/**
 * Whether a value is known before the deployment: a reference to a secret, or what stands in for an attribute that only AWS could tell
 * (`standIn`), is not.
 */
export function isKnown(value: Json | undefined): boolean {
  if (typeof value === 'string') return !value.includes('{{resolve:') && !/\w\.[\w.]+-[0-9a-f]{8}\b/.test(value);
  if (Array.isArray(value)) return value.every(isKnown);
  return !isObject(value) || Object.values(value).every(isKnown);
}

/** Every known value at a path such as `Listeners.*.Port`, with the place of each; `*` stands for every element of a list. */
export function valuesAt(properties: JsonObject, path: string): [Path, Json][] {
  return walk(properties, stepsOf(path), 0, []).filter(([, value]) => isKnown(value));
}

function walk(value: Json | undefined, path: readonly string[], depth: number, at: Path): [Path, Json][] {
  if (value === undefined) return [];
  const step = path[depth];
  if (step === undefined) return [[at, value]];
  if (step === '*')
    return Array.isArray(value)
      ? value.flatMap((each: Json, index) => walk(each, path, depth + 1, [...at, index]))
      : [];
  return isObject(value) && Object.hasOwn(value, step) ? walk(value[step], path, depth + 1, [...at, step]) : [];
}

const steps = new Map<string, readonly string[]>();

/** The steps of a dotted path; the rules ask for the same paths of every resource. */
function stepsOf(path: string): readonly string[] {
  const known = steps.get(path);
  if (known) return known;
  const split = path.split('.');
  steps.set(path, split);
  return split;
}

/** Objects of a list, with the place of each. */
export function itemsAt(properties: JsonObject, path: string): [Path, JsonObject][] {
  return walk(properties, stepsOf(`${path}.*`), 0, []).flatMap(([at, value]) =>
    isObject(value) ? [[at, value] as [Path, JsonObject]] : [],
  );
}

/** Whether something is stated at a path, known or not. */
export function isStated(properties: JsonObject, path: string): boolean {
  return walk(properties, stepsOf(path), 0, []).length > 0;
}
