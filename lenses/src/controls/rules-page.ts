import type { Rule } from '@terrace/cloud/families/contract/rule';
import { rules } from '@terrace/cloud/families/rules';
import { constraintsIndex } from '@terrace/cloud/specification/constraints';
import { type Language, type Words, words } from '@terrace/cloud/words';
import { controls } from './all.ts';
import { pageOf } from './report.ts';

/**
 * The page of docs/ that lists every refusal and every control with AWS's page, as Markdown. It is made from the rules themselves:
 * `npm run rules-page -w lenses` writes it, and a test keeps it current.
 */
export function rulesPage(language: Language): string {
  const say = (text: Words) => text[language];
  const { source, date } = constraintsIndex();
  return [
    `# ${say(words('Rules', '규칙'))}`,
    '',
    language === 'en' ? '[한국어](rules.ko.md)' : '[English](rules.md)',
    '',
    say(introduction),
    '',
    `## ${say(words('General controls', '일반 점검 항목'))}`,
    '',
    say(controlsIntroduction),
    '',
    `| ${say(words('control', '점검 항목'))} | ${say(words('severity', '심각도'))} | ${say(words('holds if', '조건'))} | ${say(words('page', '문서'))} | cdk-nag |`,
    '|---|---|---|---|---|',
    ...controls.map(
      ({ id, severity, what, page, nag }) =>
        `| \`${id}\` | ${severity} | ${cell(say(what))} | ${link(page)} | ${nag.join(', ')} |`,
    ),
    '',
    `## ${say(words('Refusals', 'AWS가 거부하는 것'))}`,
    '',
    say(
      words(
        `${rules.length} rules of resources. Besides, every value is checked against the constraints of AWS’s resource schemas (as ${source} carries them, ${date}).`,
        `리소스 규칙은 ${rules.length}개입니다. 그 밖에 모든 값을 AWS 리소스 스키마의 제약과 대조합니다(${source}, ${date}).`,
      ),
    ),
    '',
    ...[...byType()].flatMap(([type, list]) => [
      `### ${type}`,
      '',
      `| ${say(words('code', '코드'))} | ${say(words('rule', '규칙'))} | ${say(words('page', '문서'))} |`,
      '|---|---|---|',
      ...list.map(({ code, what, page }) => `| \`${code}\` | ${cell(say(what))} | ${link(page)} |`),
      '',
    ]),
  ].join('\n');
}

/** What a code means: the control of that name, or the refusals that have it. */
export function explanations(
  code: string,
): { readonly what: Words; readonly page: string; readonly types: readonly string[] }[] {
  return [
    ...controls.filter(({ id }) => id === code).map(({ what, page }) => ({ what, page: pageOf(page), types: [] })),
    ...rules.filter((each) => each.code === code).map(({ what, page, types }) => ({ what, page: pageOf(page), types })),
  ];
}

/** Every code that can be explained, in alphabetical order. */
export function explainedCodes(): string[] {
  return [...new Set([...controls.map(({ id }) => id), ...rules.map(({ code }) => code)])].sort();
}

const introduction = words(
  '`terrace validate` says before a deployment what AWS would refuse; `terrace check` proves besides what nobody should deploy. `terrace explain CODE` shows the entry of a code. This page is made from the code.',
  '`terrace validate`는 AWS가 거부할 것을 배포 전에 알려 주고, `terrace check`는 배포하면 안 되는 것을 증명합니다. `terrace explain 코드`로 각 항목을 볼 수 있습니다. 이 문서는 코드에서 만들어집니다.',
);

const controlsIntroduction = words(
  '`terrace check` ends with 1 for `critical` and `high`; `medium` and `low` are told only. One is accepted with a reason in the metadata of its resource or of the template, `Terrace::Accepted: { CONTROL: reason }`, or by a suppression of cdk-nag that says the same. `--json` has `version`, `ok`, the intents and `controls`; `version` is 1, and grows where a key goes or means something else.',
  '`terrace check`는 `critical`과 `high`가 있으면 종료 코드 1로 끝나고 `medium`과 `low`는 알리기만 합니다. 리소스나 템플릿의 메타데이터에 `Terrace::Accepted: { 점검 항목: 이유 }`를 적거나 같은 뜻의 cdk-nag 예외가 있으면 수용한 것으로 봅니다. `--json`에는 `version`, `ok`, 통신 규칙, `controls`가 있습니다. `version`은 1이며 키가 없어지거나 뜻이 바뀔 때 올라갑니다.',
);

function byType(): Map<string, Rule[]> {
  const result = new Map<string, Rule[]>();
  for (const rule of [...rules].sort((one, other) =>
    typeOf(one) < typeOf(other) ? -1 : typeOf(one) > typeOf(other) ? 1 : 0,
  ))
    result.set(typeOf(rule), [...(result.get(typeOf(rule)) ?? []), rule]);
  return result;
}

function typeOf({ types }: Rule): string {
  return types.join(', ');
}

function link(page: string): string {
  return `[${(page.split('/').at(-1) ?? page).replace(/\.html.*$/, '')}](${pageOf(page)})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
