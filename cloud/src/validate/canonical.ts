import { formatPrefix, parseAddress, parsePrefix, prefixOf } from '../address.ts';
import { canonicalForms } from '../families/registry.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';

type Path = readonly (string | number)[];

/** Properties as AWS makes them of what is written, with a warning where that is rarely meant. */
export interface Canonical {
  readonly properties: JsonObject;
  readonly warnings: readonly Mistake[];
}

/** `100.68.0.18/18` becomes `100.68.0.0/18`; `MySQL` becomes `mysql`; elements that join several are taken apart, each as its family states it. */
export function canonical(type: string, written: JsonObject, place: (path: Path) => Place): Canonical {
  const warnings: Mistake[] = [];
  let properties = written;
  const change = (path: string, by: (text: string, at: Path) => Json) => {
    properties = changedAt(properties, path.split('.'), ['Properties'], by) as JsonObject;
  };
  const { ranges = [], inAnyCase = [], joined = [] } = canonicalForms[type] ?? {};
  for (const path of ranges)
    change(path, (text, at) => {
      const range = canonicalRange(text);
      if (range !== undefined) warnings.push(notCanonical(place(at), text, range));
      return range ?? text;
    });
  for (const path of inAnyCase) change(path, (text) => (text.includes('{{resolve:') ? text : text.toLowerCase()));
  for (const name of joined) {
    const list = properties[name];
    if (Array.isArray(list)) properties = { ...properties, [name]: list.flatMap((each: Json) => splitAtCommas(each)) };
  }
  return { properties, warnings };
}

/** The range with no bit set behind its length; `undefined` for one that has none, and for what is no range. */
function canonicalRange(text: string): string | undefined {
  const [address, length, more] = text.split('/');
  const base = parseAddress(address ?? '');
  if (base === undefined || more !== undefined || !/^\d{1,2}$/.test(length ?? '') || Number(length) > 32)
    return undefined;
  return parsePrefix(text) ? undefined : formatPrefix(prefixOf(base, Number(length)));
}

function splitAtCommas(element: Json): Json[] {
  if (typeof element !== 'string') return [element];
  return element
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function changedAt(
  value: Json | undefined,
  path: readonly string[],
  at: Path,
  by: (text: string, at: Path) => Json,
): Json {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? by(value, at) : (value ?? null);
  if (step === '*')
    return Array.isArray(value)
      ? value.map((each: Json, index) => changedAt(each, rest, [...at, index], by))
      : (value ?? null);
  if (!isObject(value) || !Object.hasOwn(value, step)) return value ?? null;
  return { ...value, [step]: changedAt(value[step], rest, [...at, step], by) };
}

function notCanonical(place: Place, text: string, range: string): Mistake {
  return mistake('RANGE_NOT_CANONICAL', place, {
    cause: words(
      `AWS makes ${range} of ${text}, which has bits set behind its length.`,
      `${text}에는 접두사 길이 뒤에 설정된 비트가 있어 AWS가 ${range}{으로/로} 바꿉니다.`,
    ),
    next: words(
      `Write ${range} if you mean all of it, or ${text.split('/')[0]}/32 for the one address.`,
      `전체를 뜻한다면 ${range}, 주소 하나를 뜻한다면 ${text.split('/')[0]}/32로 쓰세요.`,
    ),
  });
}

/** Elements that join several ids, where AWS takes one in each. */
export function checkJoinedElements(type: string, properties: JsonObject, place: (path: Path) => Place): Mistake[] {
  return (canonicalForms[type]?.apart ?? []).flatMap((name) => {
    const list = properties[name];
    if (!Array.isArray(list)) return [];
    return list.flatMap((each: Json, index) =>
      typeof each === 'string' && each.includes(',') ? [joinedIds(place(['Properties', name, index]), name, each)] : [],
    );
  });
}

function joinedIds(place: Place, name: string, element: string): Mistake {
  return mistake('WRONG_VALUE', place, {
    cause: words(
      `An element of ${name} joins several ids ("${element}"); AWS takes one in each.`,
      `${name}의 요소 하나에 ID가 여러 개 들어 있습니다("${element}"). AWS는 요소마다 하나만 받습니다.`,
    ),
    next: words(
      'Write each as an element of its own, or use Fn::Split.',
      '각각 별도의 요소로 쓰거나 Fn::Split을 쓰세요.',
    ),
  });
}
