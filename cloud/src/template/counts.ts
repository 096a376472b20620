import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';
import { placeAt, placeOf, type SourceText } from './marks.ts';

/**
 * Most entries in a section of a template, and most attributes in a mapping. None of them can be raised.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const maximumEntries = { Resources: 500, Parameters: 200, Mappings: 200, Outputs: 200 } as const;
const maximumAttributes = 200;

type Section = keyof typeof maximumEntries;

/** Finds the sections with more entries than CloudFormation takes. Loops count as one entry until they are written out. */
export function tooManyEntries(body: Readonly<Partial<Record<string, Json>>>, file: string): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const section of Object.keys(maximumEntries) as Section[]) {
    const value = body[section];
    if (!isObject(value)) continue;
    const count = Object.keys(value).length;
    if (count > maximumEntries[section])
      mistakes.push(tooMany({ file, ...placeOf(body as JsonObject, section) }, section, count));
    if (section !== 'Mappings') continue;
    for (const [name, mapping] of Object.entries(value)) {
      if (!isObject(mapping)) continue;
      const most = Math.max(
        0,
        ...Object.values(mapping).map((each) => (isObject(each) ? Object.keys(each).length : 0)),
      );
      const attributes = Math.max(most, Object.keys(mapping).length);
      if (attributes > maximumAttributes)
        mistakes.push(tooManyAttributes({ file, ...placeOf(value, name), path: `Mappings.${name}` }, attributes));
    }
  }
  return mistakes;
}

/**
 * Counts the entries of a section in block style by their indentation, without parsing, since the YAML parser takes 2 s for 1 MB.
 * A section in flow style is left for `tooManyEntries`.
 */
export function tooManyLines({ file, text }: SourceText): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const section of Object.keys(maximumEntries) as Section[]) {
    const head = new RegExp(`^${section}:[ \\t]*(?:#.*)?\\r?\\n`, 'm').exec(text);
    if (!head) continue;
    const from = head.index + head[0].length;
    const end = /^[^\s#]/m.exec(text.slice(from));
    const body = text.slice(from, end ? from + end.index : undefined);
    const indent = /^( +)[^\s#]/m.exec(body)?.[1];
    if (indent === undefined) continue;
    const count = body.match(new RegExp(`^${indent}[^\\s#-][^\\n]*?:(?=\\s)`, 'gm'))?.length ?? 0;
    if (count > maximumEntries[section]) mistakes.push(tooMany(placeAt({ file, text }, head.index), section, count));
  }
  return mistakes;
}

function tooMany(place: Place, section: Section, count: number): Mistake {
  const most = maximumEntries[section];
  return mistake(
    'TOO_MANY_ENTRIES',
    { ...place, path: section },
    {
      cause: words(
        `${section} has ${count} entries; CloudFormation takes ${most} at most in a template.`,
        `${section} 섹션에 항목이 ${count}개 있습니다. CloudFormation은 템플릿 하나에 최대 ${most}개까지 받습니다.`,
      ),
      next: words(
        'Split the template into several stacks, for example nested ones.',
        '템플릿을 중첩 스택처럼 여러 스택으로 나누세요.',
      ),
    },
  );
}

function tooManyAttributes(place: Place, count: number): Mistake {
  return mistake('TOO_MANY_ENTRIES', place, {
    cause: words(
      `The mapping has ${count} attributes; CloudFormation takes ${maximumAttributes} at most.`,
      `매핑에 속성이 ${count}개 있습니다. CloudFormation은 최대 ${maximumAttributes}개까지 받습니다.`,
    ),
    next: words('Divide it into several mappings.', '여러 매핑으로 나누세요.'),
  });
}
