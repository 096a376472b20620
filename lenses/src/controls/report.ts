import type { Place } from '@terrace/cloud/mistake';
import type { Language } from '@terrace/cloud/words';
import type { Finding } from './control.ts';
import { isFailure, type Judged } from './prove.ts';

/** Findings as `terrace check --json` prints them. */
export function controlData(judged: readonly Judged[]) {
  return judged.map(({ control, finding, accepted }) => ({
    id: control.id,
    severity: control.severity,
    outcome: accepted ? ('accepted' as const) : finding.outcome,
    resource: finding.resource.key,
    place: placeOf(finding),
    what: control.what,
    cause: finding.cause,
    next: finding.next,
    path: finding.path,
    reason: accepted,
    page: pageOf(control.page),
  }));
}

/** What makes `check` end with 1, for a person, the worst first. */
export function failureLines(judged: readonly Judged[], language: Language): string[] {
  return judged.filter(isFailure).flatMap((each) => findingLines(each, language));
}

/** What is told besides: less severe, or accepted with a reason. */
export function otherLines(judged: readonly Judged[], language: Language): string[] {
  const say = (en: string, ko: string): string => (language === 'ko' ? ko : en);
  const rest = judged.filter((each) => !isFailure(each) && each.accepted === null);
  const accepted = judged.filter((each) => each.accepted !== null);
  return [
    ...(rest.length > 0 ? ['', say('Worth a look (exit code unchanged):', '살펴볼 것(종료 코드에는 영향 없음):')] : []),
    ...byControl(rest).map(([{ control, finding }, names]) =>
      names.length === 1
        ? `  ${control.severity} ${control.id}  ${names[0]}: ${finding.cause[language]} → ${finding.next[language]}`
        : `  ${control.severity} ${control.id}  ${names.join(', ')}: ${control.what[language]} → ${finding.next[language]}`,
    ),
    ...(accepted.length > 0 ? ['', say('Accepted in the template:', '템플릿에서 수용한 것:')] : []),
    ...accepted.map(
      ({ control, finding, accepted: reason }) =>
        `  ${control.id}  ${finding.resource.logicalId}: ${reason?.[language] ?? ''}`,
    ),
  ];
}

/** Findings of one control are one line. */
function byControl(judged: readonly Judged[]): [Judged, string[]][] {
  const lines = new Map<string, [Judged, string[]]>();
  for (const each of judged) {
    const had = lines.get(each.control.id);
    if (had) had[1].push(each.finding.resource.logicalId);
    else lines.set(each.control.id, [each, [each.finding.resource.logicalId]]);
  }
  return [...lines.values()];
}

/** One line on all controls. */
export function controlSummary(judged: readonly Judged[], language: Language): string {
  const failed = judged.filter(isFailure).length;
  if (failed === 0) {
    return language === 'ko'
      ? '일반 점검 항목: critical·high에 해당하는 문제가 없습니다.'
      : 'General controls: nothing critical or high.';
  }
  return language === 'ko'
    ? `일반 점검 항목: critical·high 문제가 ${failed}건 있습니다. 예외는 Metadata의 Terrace::Accepted에 이유와 함께 적으세요.`
    : `General controls: ${failed} critical or high. Accept one with a reason under Terrace::Accepted in Metadata.`;
}

function findingLines({ control, finding }: Judged, language: Language): string[] {
  const { file, line } = placeOf(finding);
  const where = file === undefined ? '' : `  ${[file, line].filter((each) => each !== undefined).join(':')}`;
  return [
    `${finding.outcome === 'unknown' ? '?' : '✗'} ${control.severity} ${control.id}  ${finding.resource.logicalId}${where}`,
    `    ${finding.cause[language]}`,
    ...finding.path.slice(0, 6).map((each) => `      ${each[language]}`),
    `    → ${finding.next[language]}`,
  ];
}

export function placeOf(finding: Finding): Place {
  const { resource, path } = finding.at ?? { resource: finding.resource, path: [] };
  return {
    ...resource.place,
    logicalId: resource.logicalId,
    ...(path.length > 0 ? { path: ['Properties', ...path].join('.') } : {}),
  };
}

/** AWS's page in full. */
export function pageOf(page: string): string {
  return `https://docs.aws.amazon.com/${page}`;
}
