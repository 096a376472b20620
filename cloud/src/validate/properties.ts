import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import type { PropertyTypes, ResourceType, ValueType } from '../specification/resource-type.ts';
import { type Words, words } from '../words.ts';

/** One resource's properties against AWS's specification. */
export interface Checked {
  /** Values as the specification has them: "80" becomes 80 where a number belongs, "true" becomes true. */
  readonly properties: JsonObject;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly Mistake[];
}

/**
 * Finds properties that the type does not have, values of the wrong kind, and required properties that are missing. `place` says
 * where a path of the resource stands in the template; `isKnownMissing` that a value was there but has a mistake of its own.
 */
export function checkProperties(
  type: ResourceType,
  properties: JsonObject,
  place: (path: readonly (string | number)[]) => Place,
  isKnownMissing: (path: readonly (string | number)[]) => boolean,
): Checked {
  const check = new Check(type, place, isKnownMissing);
  return {
    properties: check.object(properties, type.properties, ['Properties'], type.name),
    mistakes: check.mistakes,
    warnings: check.warnings,
  };
}

type Path = readonly (string | number)[];

/**
 * Its function may ask for any property besides those that CloudFormation itself reads.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
const takesAnything = 'AWS::CloudFormation::CustomResource';

class Check {
  readonly mistakes: Mistake[] = [];
  readonly warnings: Mistake[] = [];
  readonly #type: ResourceType;
  readonly #place: (path: Path) => Place;
  readonly #isKnownMissing: (path: Path) => boolean;

  constructor(type: ResourceType, place: (path: Path) => Place, isKnownMissing: (path: Path) => boolean) {
    this.#type = type;
    this.#place = place;
    this.#isKnownMissing = isKnownMissing;
  }

  object(value: JsonObject, known: PropertyTypes, path: Path, owner: string): JsonObject {
    const result: Record<string, Json> = {};
    for (const key of Object.keys(value)) {
      const property = known.get(key);
      const at = [...path, key];
      if (!property && owner === takesAnything) {
        result[key] = value[key] as Json;
        continue;
      }
      if (!property) {
        this.mistakes.push(unknownProperty(this.#place(at), key, owner, known.keys()));
        continue;
      }
      if (property.deprecated) this.warnings.push(outOfUse(this.#place(at), key));
      result[key] = this.value(value[key] as Json, property.value, at);
    }
    for (const [key, { required }] of known) {
      const at = [...path, key];
      if (required && !Object.hasOwn(value, key) && !this.#isKnownMissing(at))
        this.mistakes.push(missingProperty(this.#place(path), key, owner));
    }
    return result;
  }

  value(value: Json, type: ValueType, path: Path): Json {
    switch (type.kind) {
      case 'text':
      case 'date':
        return this.#scalar(value, path, words('text', '문자열'), () =>
          typeof value === 'string' ? value : String(value),
        );
      case 'integer':
        return this.#scalar(value, path, words('a whole number', '정수'), () => toNumber(value, /^[+-]?\d+$/));
      case 'number':
        return this.#scalar(value, path, words('a number', '숫자'), () =>
          toNumber(value, /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/),
        );
      case 'truth':
        return this.#scalar(value, path, words('true or false', 'true 또는 false'), () => toTruth(value));
      case 'json':
        return value;
      case 'tag':
        return this.#tag(value, path);
      case 'list':
        if (!Array.isArray(value)) return this.#wrong(value, path, words('a list', '목록'));
        return value.map((each: Json, index) => this.value(each, type.element, [...path, index]));
      case 'map':
        if (!isObject(value)) return this.#wrong(value, path, words('an object', '객체'));
        return Object.fromEntries(
          Object.entries(value).map(([key, each]) => [key, this.value(each, type.element, [...path, key])]),
        );
      case 'object':
        if (!isObject(value)) return this.#wrong(value, path, words('an object', '객체'));
        return this.object(value, this.#type.type(type.name), path, type.name);
      case 'either':
        return this.#either(value, type.alternatives, path);
    }
  }

  /** The first alternative that the value fits; if it fits none, what the one that fits best has to say. */
  #either(value: Json, alternatives: readonly ValueType[], path: Path): Json {
    let best: { check: Check; result: Json } | undefined;
    for (const alternative of alternatives) {
      const check = new Check(this.#type, this.#place, this.#isKnownMissing);
      const result = check.value(value, alternative, path);
      if (!best || check.mistakes.length < best.check.mistakes.length) best = { check, result };
      if (check.mistakes.length === 0) break;
    }
    if (!best) return value;
    this.mistakes.push(...best.check.mistakes);
    this.warnings.push(...best.check.warnings);
    return best.result;
  }

  #scalar(value: Json, path: Path, wanted: Words, convert: () => Json | undefined): Json {
    if (typeof value === 'string' && value.includes('{{resolve:')) return value;
    const converted = typeof value === 'object' ? undefined : convert();
    return converted === undefined ? this.#wrong(value, path, wanted) : converted;
  }

  #tag(value: Json, path: Path): Json {
    if (!isObject(value)) return this.#wrong(value, path, words('a tag (Key and Value)', '태그(Key와 Value)'));
    if (!Object.hasOwn(value, 'Key') && !this.#isKnownMissing([...path, 'Key']))
      this.mistakes.push(missingProperty(this.#place(path), 'Key', 'Tag'));
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        key === 'Key' || key === 'Value' ? this.value(each, { kind: 'text' }, [...path, key]) : each,
      ]),
    );
  }

  #wrong(value: Json, path: Path, wanted: Words): Json {
    this.mistakes.push(wrongType(this.#place(path), path, value, wanted));
    return value;
  }
}

function toNumber(value: Json, form: RegExp): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return form.test(text) ? Number(text) : undefined;
}

function toTruth(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function unknownProperty(place: Place, key: string, owner: string, known: Iterable<string>): Mistake {
  const names = [...known];
  const suggestion = nearest(key, names);
  return mistake('UNKNOWN_PROPERTY', place, {
    cause: words(`${owner} has no property "${key}".`, `${owner}에는 "${key}" 속성이 없습니다.`),
    next: suggestion
      ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
      : words(`Its properties are: ${shortList(names)}.`, `쓸 수 있는 속성: ${shortList(names)}`),
  });
}

function missingProperty(place: Place, key: string, owner: string): Mistake {
  return mistake('MISSING_PROPERTY', place, {
    cause: words(`${owner} needs the property "${key}".`, `${owner}에는 "${key}" 속성이 꼭 필요합니다.`),
    next: words(`Add "${key}".`, `"${key}"{을/를} 추가하세요.`),
  });
}

function wrongType(place: Place, path: Path, value: Json, wanted: Words): Mistake {
  const shown = JSON.stringify(value).slice(0, 60);
  return mistake('WRONG_TYPE', place, {
    cause: words(
      `${path.at(-1)} has to be ${wanted.en}, and ${shown} is not.`,
      `${path.at(-1)}의 값은 ${wanted.ko}{이어야/여야} 하는데 ${shown}입니다.`,
    ),
    next: words(`Write ${wanted.en} here.`, `${wanted.ko}{으로/로} 고치세요.`),
  });
}

function outOfUse(place: Place, key: string): Mistake {
  return mistake('DEPRECATED_PROPERTY', place, {
    cause: words(`AWS advises against the property "${key}".`, `AWS가 더 이상 권하지 않는 속성 "${key}"입니다.`),
    next: words('See what has taken its place.', '대신 쓰는 속성을 확인하세요.'),
  });
}

function shortList(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
}
