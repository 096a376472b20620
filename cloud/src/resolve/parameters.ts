import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { placeOf } from '../template/marks.ts';
import type { Template } from '../template/template.ts';
import { words } from '../words.ts';
import { matchPattern } from './allowed-pattern.ts';
import { unknownSystemParameter } from './dynamic-references.ts';
import type { NotKnown } from './not-known.ts';
import { type Resolved, unresolved } from './scope.ts';
import { beginTrail, placeOfTrail } from './trail.ts';

/** What a stack's parameters are given from outside. */
interface ParameterSource {
  /** Values as `--parameter NAME=VALUE` or a nested stack's `Parameters` give them. */
  readonly given: ReadonlyMap<string, Json>;
  /** Those that the stack which nests this one gives, and cannot tell. */
  readonly unknown?: ReadonlyMap<string, NotKnown>;
  systemParameter(name: string): string | undefined;
  report(mistake: Mistake): void;
  warn(mistake: Mistake): void;
}

/**
 * The value of every parameter of a template: given, or else its default. Lists come as lists.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function resolveParameters(template: Template, source: ParameterSource): Map<string, Resolved> {
  const values = new Map<string, Resolved>();
  for (const [name, definition] of Object.entries(template.parameters)) {
    const open = source.unknown?.get(name);
    values.set(name, open ?? resolveParameter(template.parameters, name, definition, source));
  }
  return values;
}

function resolveParameter(section: JsonObject, name: string, definition: Json, source: ParameterSource): Resolved {
  const place = placeOfTrail(beginTrail(section, name));
  const fail = (code: string, cause: [string, string], next: [string, string]): typeof unresolved => {
    source.report(mistake(code, place, { cause: words(...cause), next: words(...next) }));
    return unresolved;
  };
  if (!isObject(definition) || typeof definition.Type !== 'string')
    return fail(
      'WRONG_PARAMETER',
      [`The parameter ${name} has no Type.`, `파라미터 ${name}에 Type이 없습니다.`],
      ['Give it one, for example "Type": "String".', '예를 들어 "Type": "String"을 추가하세요.'],
    );
  if (!isKnownType(definition.Type)) {
    const suggestion = nearest(definition.Type, simpleTypes);
    return fail(
      'WRONG_PARAMETER',
      [`${definition.Type} is not a type of parameters.`, `${definition.Type}{은/는} 파라미터 타입이 아닙니다.`],
      suggestion
        ? [`Did you mean ${suggestion}?`, `${suggestion}{을/를} 뜻하셨나요?`]
        : [
            'Use String, Number, CommaDelimitedList or an AWS type.',
            'String, Number, CommaDelimitedList 또는 AWS 타입을 쓰세요.',
          ],
    );
  }
  const raw = source.given.get(name) ?? (Object.hasOwn(definition, 'Default') ? definition.Default : undefined);
  if (raw === undefined || raw === null)
    return fail(
      'MISSING_PARAMETER',
      [
        `The parameter ${name} has no default and was given no value.`,
        `파라미터 ${name}에 기본값도 주어진 값도 없습니다.`,
      ],
      String(definition.NoEcho) === 'true'
        ? [
            `Give it one from a file that only you may read: --parameter ${name}=file://PATH`,
            `소유자만 읽을 수 있는 파일로 지정하세요: --parameter ${name}=file://경로`,
          ]
        : [`Give it one: --parameter ${name}=VALUE`, `값을 지정하세요: --parameter ${name}=값`],
    );
  const text = Array.isArray(raw) ? raw.map(String).join(',') : isObject(raw) ? JSON.stringify(raw) : String(raw);
  const complaint = constraintBroken(definition, text, (verdict) =>
    source.warn(patternNotChecked(section, name, definition, verdict)),
  );
  if (complaint) {
    const secret = String(definition.NoEcho) === 'true';
    const described =
      typeof definition.ConstraintDescription === 'string' ? definition.ConstraintDescription : undefined;
    return fail(
      'PARAMETER_NOT_ALLOWED',
      [
        `${secret ? 'The value given' : `"${text}"`} is not allowed for the parameter ${name}: ${complaint.en}.`,
        `파라미터 ${name}에 ${secret ? '지정한' : `"${text}"`} 값을 쓸 수 없습니다. ${complaint.ko}`,
      ],
      described
        ? [described, described]
        : [`Give another value: --parameter ${name}=VALUE`, `다른 값을 지정하세요: --parameter ${name}=값`],
    );
  }
  return typedValue(definition.Type, text, source, () => placeOf(section, name) ?? {}, name);
}

const simpleTypes = ['String', 'Number', 'List<Number>', 'CommaDelimitedList', 'List<String>'];

function isKnownType(type: string): boolean {
  if (simpleTypes.includes(type) || type === 'AWS::SSM::Parameter::Name') return true;
  const inner = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
  if (inner !== undefined) return isKnownType(inner);
  return (
    /^(List<)?AWS::(EC2|Route53|RDS|IAM)::[A-Za-z:]+>?$/.test(type) && type.startsWith('List<') === type.endsWith('>')
  );
}

function typedValue(type: string, text: string, source: ParameterSource, place: () => object, name: string): Resolved {
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
  if (stored !== undefined) {
    const value = source.systemParameter(text);
    if (value !== undefined) return isListType(stored) ? splitList(value) : value;
    source.report({ ...unknownSystemParameter(text, beginTrail({}, name)), place: place() });
    return unresolved;
  }
  return isListType(type) ? splitList(text) : text;
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

function constraintBroken(
  definition: JsonObject,
  text: string,
  warn: (verdict: 'unreadable' | 'endless') => void,
): { en: string; ko: string } | undefined {
  const type = String(definition.Type);
  const parts = isListType(type) ? splitList(text) : [text];
  const allowed = definition.AllowedValues;
  if (Array.isArray(allowed)) {
    const names = allowed.map(String);
    const wrong = parts.find((part) => !names.includes(part));
    if (wrong !== undefined) return { en: `it may be ${names.join(', ')}`, ko: `쓸 수 있는 값: ${names.join(', ')}` };
  }
  if (typeof definition.AllowedPattern === 'string') {
    const verdict = matchPattern(definition.AllowedPattern, parts);
    if (verdict === 'differs')
      return {
        en: `it has to match ${definition.AllowedPattern}`,
        ko: `${definition.AllowedPattern} 패턴과 맞아야 합니다.`,
      };
    if (verdict === 'unreadable' || verdict === 'endless') warn(verdict);
  }
  if (type === 'Number' || type === 'List<Number>') {
    for (const part of parts) {
      const value = Number(part);
      if (part.trim() === '' || !Number.isFinite(value)) return { en: 'it has to be a number', ko: '숫자여야 합니다.' };
      if (value < bound(definition.MinValue, -Infinity) || value > bound(definition.MaxValue, Infinity))
        return {
          en: `it has to be between ${definition.MinValue ?? '-∞'} and ${definition.MaxValue ?? '∞'}`,
          ko: `${definition.MinValue ?? '-∞'} 이상 ${definition.MaxValue ?? '∞'} 이하여야 합니다.`,
        };
    }
  } else if (
    text.length < bound(definition.MinLength, 0) ||
    text.length > bound(definition.MaxLength, Number.POSITIVE_INFINITY)
  ) {
    return {
      en: `it has to be ${definition.MinLength ?? 0} to ${definition.MaxLength ?? 'any number of'} characters long`,
      ko: `길이가 ${definition.MinLength ?? 0}–${definition.MaxLength ?? '무제한'}자여야 합니다.`,
    };
  }
  return undefined;
}

function patternNotChecked(
  section: JsonObject,
  name: string,
  definition: JsonObject,
  verdict: 'unreadable' | 'endless',
): Mistake {
  const place = { ...placeOf(section, name), ...placeOf(definition, 'AllowedPattern'), path: `${name}.AllowedPattern` };
  return mistake('PATTERN_NOT_CHECKED', place, {
    cause:
      verdict === 'endless'
        ? words(
            'This pattern backtracks without end on the value that is given.',
            '이 패턴은 주어진 값에서 끝없이 되짚습니다.',
          )
        : words(
            'This pattern cannot be read here; AWS reads Java’s.',
            '이 패턴은 여기서 읽을 수 없습니다. AWS는 Java의 패턴을 씁니다.',
          ),
    next: words('Write it more simply, or check the value by hand.', '더 단순하게 쓰거나 값을 직접 확인하세요.'),
  });
}

function bound(value: Json | undefined, otherwise: number): number {
  const number = Number(value ?? Number.NaN);
  return Number.isNaN(number) ? otherwise : number;
}
