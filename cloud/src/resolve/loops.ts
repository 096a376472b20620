import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { inheritMark } from '../template/marks.ts';
import type { Template } from '../template/template.ts';
import { words } from '../words.ts';
import { asText } from './functions/arguments.ts';
import { evaluate } from './functions/evaluate.ts';
import { isNotKnown } from './not-known.ts';
import { type Scope, unresolved } from './scope.ts';
import { placeOfTrail, step, type Trail } from './trail.ts';

/** What a template may grow to. */
const maximumCopies = 20_000;
/** Values in all copies together. */
const maximumValues = 2_000_000;

const loopKey = /^Fn::ForEach::([A-Za-z0-9]+)$/;

/**
 * Writes out every `Fn::ForEach` in conditions, resources and outputs, as the transform AWS::LanguageExtensions does before anything else.
 * The copies stand where the loop stands.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(template: Template, scope: Scope): Template {
  if (!/Fn::ForEach::/.test(template.source.text)) return template;
  if (!template.transforms.includes('AWS::LanguageExtensions')) scope.report(missingTransform(template, 'Fn::ForEach'));
  const expansion = new Expansion(scope);
  const conditions = expansion.object(template.conditions, {
    parent: null,
    container: template.body,
    key: 'Conditions',
  });
  const resources = expansion.object(template.resources, { parent: null, container: template.body, key: 'Resources' });
  const outputs = expansion.object(template.outputs, { parent: null, container: template.body, key: 'Outputs' });
  return { ...template, conditions, resources, outputs };
}

export function missingTransform(template: Template, what: string): Mistake {
  return mistake(
    'MISSING_TRANSFORM',
    { file: template.source.file },
    {
      cause: words(
        `${what} is used, which AWS only knows in templates with the transform AWS::LanguageExtensions.`,
        `${what}{을/를} 쓰려면 템플릿에 AWS::LanguageExtensions 변환이 있어야 합니다.`,
      ),
      next: words(
        'Add "Transform": "AWS::LanguageExtensions" at the top level.',
        '최상위에 "Transform": "AWS::LanguageExtensions"를 추가하세요.',
      ),
    },
  );
}

class Expansion {
  readonly #scope: Scope;
  #copies = 0;
  #values = 0;
  #isFull = false;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  value(value: Json, trail: Trail): Json {
    if (Array.isArray(value)) {
      const list = value.map((each: Json, index) => this.value(each, step(trail, value, index)));
      if (list.every((each, index) => each === value[index])) return value;
      inheritMark(list, value);
      return list;
    }
    return isObject(value) ? this.object(value, trail) : value;
  }

  object(object: JsonObject, trail: Trail): JsonObject {
    const result: Record<string, Json> = {};
    let changed = false;
    for (const key of Object.keys(object)) {
      const member = object[key] as Json;
      const inner = step(trail, object, key);
      if (loopKey.test(key)) {
        changed = true;
        for (const [name, copy] of this.#loop(member, inner)) {
          if (Object.hasOwn(result, name) || Object.hasOwn(object, name)) this.#scope.report(takenName(inner, name));
          else result[name] = copy;
        }
      } else {
        const value = this.value(member, inner);
        changed ||= value !== member;
        result[key] = value;
      }
    }
    if (!changed) return object;
    inheritMark(result, object);
    return result;
  }

  #loop(definition: Json, trail: Trail): [string, Json][] {
    const [identifier, collection, fragment] = Array.isArray(definition) ? (definition as Json[]) : [];
    if (typeof identifier !== 'string' || collection === undefined || !isObject(fragment)) {
      this.#scope.report(wrongLoop(trail));
      return [];
    }
    const items = this.#items(collection, trail);
    return items.flatMap((item) => {
      if (this.#isFull) return [];
      const copy = substituted(fragment, identifier, item, () => this.#values++) as JsonObject;
      this.#isFull = ++this.#copies > maximumCopies || this.#values > maximumValues;
      if (this.#isFull) this.#scope.report(tooMany(trail));
      return Object.entries(this.object(copy, step(trail, definition, 2)));
    });
  }

  #items(collection: Json, trail: Trail): readonly string[] {
    const value = evaluate(this.#scope, collection, trail);
    if (value === unresolved || isNotKnown(value)) return [];
    const items = Array.isArray(value) ? value.map((each) => asText(each)) : undefined;
    if (items && !items.includes(undefined)) return items as string[];
    this.#scope.report(wrongLoop(trail));
    return [];
  }
}

/** A copy of the fragment for one item: `${Name}` and `Ref` of the name give the item, `&{Name}` its letters and digits. */
function substituted(value: Json, identifier: string, item: string, count: () => void): Json {
  const plain = item.replace(/[^A-Za-z0-9]/g, '');
  const inText = (text: string): string =>
    text.includes('{') ? text.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, plain) : text;
  const visit = (each: Json): Json => {
    count();
    if (typeof each === 'string') return inText(each);
    if (Array.isArray(each)) {
      const list = each.map((element: Json) => visit(element));
      inheritMark(list, each);
      return list;
    }
    if (!isObject(each)) return each;
    if (each.Ref === identifier && Object.keys(each).length === 1) return item;
    const copy: Record<string, Json> = {};
    for (const key of Object.keys(each)) copy[inText(key)] = visit(each[key] as Json);
    inheritMark(copy, each);
    return copy;
  };
  return visit(value);
}

function wrongLoop(trail: Trail): Mistake {
  return mistake('WRONG_ARGUMENT', placeOfTrail(trail), {
    cause: words('This Fn::ForEach is not well formed.', 'Fn::ForEach의 형식이 올바르지 않습니다.'),
    next: words(
      'Give it an identifier, a list of text (or a Ref to a list parameter) and an object whose keys contain ${Identifier}.',
      '식별자, 문자열 목록(또는 목록 파라미터의 Ref), 키에 ${식별자}가 들어간 객체를 주세요.',
    ),
  });
}

function takenName(trail: Trail, name: string): Mistake {
  return mistake('DUPLICATE_KEY', placeOfTrail(trail), {
    cause: words(`The loop makes "${name}" more than once.`, `반복문이 "${name}"{을/를} 두 번 이상 만듭니다.`),
    next: words(
      'Let the key contain ${Identifier}, and give the collection no item twice.',
      '키에 ${식별자}를 넣고, 컬렉션에 같은 항목이 두 번 나오지 않게 하세요.',
    ),
  });
}

function tooMany(trail: Trail): Mistake {
  return mistake('TOO_MANY_COPIES', placeOfTrail(trail), {
    cause: words(
      `The loops of this template make more than ${maximumCopies} copies, or copies with more than ${maximumValues} values.`,
      `이 템플릿의 반복문이 ${maximumCopies}개가 넘는 복사본, 또는 값이 ${maximumValues}개가 넘는 복사본을 만듭니다.`,
    ),
    next: words('Shorten a collection.', '컬렉션을 줄이세요.'),
  });
}
