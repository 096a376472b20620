import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { words } from '../words.ts';
import { tooManyEntries, tooManyLines } from './counts.ts';
import { maximumFileSize } from './limits.ts';
import { placeOf, type SourceText } from './marks.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';

/** A template as read: its sections as plain data, every one there, empty where the file has none. */
export interface Template {
  readonly source: SourceText;
  readonly body: JsonObject;
  readonly metadata: JsonObject;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly rules: JsonObject;
  readonly resources: JsonObject;
  readonly outputs: JsonObject;
  /** Names of the macros to be applied, for example `AWS::LanguageExtensions`. */
  readonly transforms: readonly string[];
}

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Resources',
  'Outputs',
  'Globals',
];

/**
 * Reads a template from text; JSON if it begins with a brace, YAML otherwise. `undefined` when nothing can be made of it.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function readTemplate(file: string, text: string, mistakes: Mistake[]): Template | undefined {
  const source: SourceText = { file, text };
  const before = mistakes.length;
  if (Buffer.byteLength(text) > maximumFileSize) {
    mistakes.push(tooLarge(file));
    return undefined;
  }
  if (text.includes('\0')) {
    mistakes.push(notATemplate({ file }));
    return undefined;
  }
  const isJson = /^\uFEFF?\s*\{/.test(text);
  if (!isJson) mistakes.push(...tooManyLines(source));
  if (mistakes.length > before) return undefined;
  const body = isJson ? readJson(source, mistakes) : readYaml(source, mistakes);
  if (isObject(body)) mistakes.push(...tooManyEntries(body, file));
  if (mistakes.some(({ code }) => code === 'TOO_MANY_ENTRIES')) return undefined;
  if (!isObject(body)) {
    if (mistakes.length === before) mistakes.push(notATemplate({ file }));
    return undefined;
  }
  if (!isObject(body.Resources)) {
    mistakes.push(notATemplate({ file, ...placeOf(body, 'Resources') }));
    return undefined;
  }
  checkSections(body, mistakes);
  if (Object.keys(body.Resources).length === 0) mistakes.push(noResources({ file, ...placeOf(body, 'Resources') }));
  return {
    source,
    body,
    metadata: section(body, 'Metadata', mistakes),
    parameters: section(body, 'Parameters', mistakes),
    mappings: section(body, 'Mappings', mistakes),
    conditions: section(body, 'Conditions', mistakes),
    rules: section(body, 'Rules', mistakes),
    resources: section(body, 'Resources', mistakes),
    outputs: section(body, 'Outputs', mistakes),
    transforms: transformNames(body.Transform),
  };
}

export function tooLarge(file: string): Mistake {
  return mistake(
    'FILE_TOO_LARGE',
    { file },
    {
      cause: words(
        `The file has more than ${maximumFileSize} bytes; CloudFormation takes no larger template.`,
        `파일이 ${maximumFileSize}바이트보다 큽니다. CloudFormation은 더 큰 템플릿을 받지 않습니다.`,
      ),
      next: words('Name a template, or split this one up.', '템플릿 파일을 지정하거나 이 템플릿을 나누세요.'),
    },
  );
}

function section(body: JsonObject, name: string, mistakes: Mistake[]): JsonObject {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  mistakes.push(
    mistake(
      'WRONG_TYPE',
      { ...placeOf(body, name), path: name },
      {
        cause: words(`The section ${name} has to be an object.`, `${name} 섹션은 객체여야 합니다.`),
        next: words(`Write names and their definitions below ${name}.`, `${name} 아래에 이름과 정의를 쓰세요.`),
      },
    ),
  );
  return {};
}

function checkSections(body: JsonObject, mistakes: Mistake[]): void {
  for (const name of Object.keys(body)) {
    if (sections.includes(name)) continue;
    const suggestion = nearest(name, sections);
    mistakes.push(
      mistake(
        'UNKNOWN_SECTION',
        { ...placeOf(body, name), path: name },
        {
          cause: words(`A template has no section "${name}".`, `템플릿에는 "${name}" 섹션이 없습니다.`),
          next: suggestion
            ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
            : words(`The sections are ${sections.join(', ')}.`, `쓸 수 있는 섹션: ${sections.join(', ')}`),
        },
      ),
    );
  }
}

function transformNames(transform: Json | undefined): string[] {
  if (typeof transform === 'string') return [transform];
  if (Array.isArray(transform)) return transform.flatMap((each: Json) => transformNames(each));
  if (isObject(transform) && typeof transform.Name === 'string') return [transform.Name];
  return [];
}

function noResources(place: Place): Mistake {
  return mistake('NO_RESOURCES', place, {
    cause: words(
      'The template has no resource; CloudFormation wants one at least.',
      '템플릿에 리소스가 없습니다. CloudFormation에는 하나 이상 필요합니다.',
    ),
    next: words('Add a resource.', '리소스를 추가하세요.'),
  });
}

function notATemplate(place: Place): Mistake {
  return mistake('NOT_A_TEMPLATE', place, {
    cause: words(
      'This is not a CloudFormation template: it has no object "Resources".',
      'CloudFormation 템플릿이 아닙니다. "Resources" 객체가 없습니다.',
    ),
    next: words(
      'Name a template in JSON or YAML, or the folder of a synthesized CDK app.',
      'JSON이나 YAML 템플릿, 또는 합성된 CDK 앱의 폴더를 지정하세요.',
    ),
  });
}
