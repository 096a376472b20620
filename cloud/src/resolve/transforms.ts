import { isObject } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { placeOf } from '../template/marks.ts';
import type { Template } from '../template/template.ts';
import { words } from '../words.ts';
import { argumentsOf } from './dependencies.ts';
import { missingTransform } from './loops.ts';

/** Transforms that leave everything as it is, but for what they add on AWS. */
const harmless = ['AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16'];

/** The Serverless transform turns `AWS::Serverless::Application` into a nested stack from elsewhere, and leaves everything else as it is. */
function nestsOnly(template: Template, transform: string): boolean {
  if (transform !== 'AWS::Serverless-2016-10-31' || Object.hasOwn(template.body, 'Globals')) return false;
  return Object.values(template.resources).every((resource) => {
    const type = isObject(resource) ? String(resource.Type) : '';
    return !type.startsWith('AWS::Serverless::') || type === 'AWS::Serverless::Application';
  });
}

/**
 * Names every transform that Terrace cannot carry out, and uses of AWS::LanguageExtensions without saying so.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-section-structure.html
 */
export function checkTransforms(
  template: Template,
  report: (each: Mistake) => void,
  warn: (each: Mistake) => void,
): void {
  for (const name of template.transforms) {
    if (name === 'AWS::LanguageExtensions') continue;
    const place = { file: template.source.file, ...placeOf(template.body, 'Transform'), path: 'Transform' };
    const said = {
      cause: words(
        `The transform ${name} runs on AWS; what it would make of this template is not known here.`,
        `변환 ${name}{은/는} AWS에서 실행되므로 여기서는 결과를 알 수 없습니다.`,
      ),
      next: words(
        'Load the processed template (aws cloudformation get-template --template-stage Processed).',
        '처리된 템플릿을 불러오세요(aws cloudformation get-template --template-stage Processed).',
      ),
    };
    if (harmless.includes(name) || nestsOnly(template, name)) warn(mistake('UNKNOWN_MACRO', place, said));
    else report(mistake('UNKNOWN_MACRO', place, said));
  }
  if (template.transforms.includes('AWS::LanguageExtensions')) return;
  for (const name of ['Fn::Length', 'Fn::ToJsonString']) {
    if (!template.source.text.includes(name.slice(4))) continue;
    if (argumentsOf(template.body, name).length > 0) report(missingTransform(template, name));
  }
}
