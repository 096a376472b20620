import { escapeXml } from '@terrace/cloud/xml';
import type { CheckReport } from '../reach/check/check.ts';
import type { IntentVerdict } from '../reach/check/intent-check.ts';
import { describeTraffic } from '../reach/traffic/traffic-set.ts';
import { isFailure, type Judged } from './prove.ts';
import { pageOf, placeOf } from './report.ts';

/** A report as JUnit's XML: a test case for each intent and for each finding of a control; one that is less severe, or accepted, is skipped. */
export function junit(report: CheckReport, judged: readonly Judged[]): string {
  const failed = report.intents.filter((each) => each.outcome !== 'holds').length + judged.filter(isFailure).length;
  const cases = report.intents.map((verdict) => {
    const name = escapeXml(`${verdict.intent.verdict} ${verdict.intent.id}`);
    const open = `    <testcase classname="terrace.check" name="${name}"`;
    if (verdict.outcome === 'holds') return `${open}/>`;
    const what = verdict.outcome === 'unknown' ? 'is not known' : 'does not hold';
    const text = escapeXml(messageOf(verdict));
    return `${open}>\n      <failure type="${verdict.outcome}" message="${escapeXml(verdict.intent.id)} ${what}">${text}</failure>\n    </testcase>`;
  });
  const count = report.intents.length + judged.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${count}" failures="${failed}">`,
    `  <testsuite name="terrace check" tests="${count}" failures="${failed}">`,
    ...cases,
    ...judged.map(junitControl),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function junitControl(judged: Judged): string {
  const { control, finding, accepted } = judged;
  const open = `    <testcase classname="terrace.control" name="${escapeXml(`${control.id} ${finding.resource.logicalId}`)}">`;
  const text = escapeXml(`${finding.cause.en} → ${finding.next.en}`);
  const inner = isFailure(judged)
    ? `<failure type="${finding.outcome}" message="${escapeXml(finding.cause.en)}">${text}</failure>`
    : `<skipped message="${accepted ? escapeXml(`accepted: ${accepted.en}`) : text}"/>`;
  return `${open}\n      ${inner}\n    </testcase>`;
}

/** A report as SARIF 2.1.0: a result for each intent that does not hold and each finding of a control. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function sarif(report: CheckReport, judged: readonly Judged[]): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'terrace',
            rules: [
              ...report.intents.map(({ intent }) => ({
                id: intent.id,
                shortDescription: { text: `${intent.verdict} ${intent.from.join(', ')} → ${intent.to.join(', ')}` },
                ...(intent.reason ? { fullDescription: { text: intent.reason.en } } : {}),
              })),
              ...[...new Set(judged.map(({ control }) => control))].map(({ id, what, page }) => ({
                id,
                shortDescription: { text: what.en },
                helpUri: pageOf(page),
              })),
            ],
          },
        },
        results: [
          ...report.intents.filter((each) => each.outcome !== 'holds').map(sarifResult),
          ...judged.map(sarifControl),
        ],
      },
    ],
  };
}

function sarifControl({ control, finding, accepted }: Judged): object {
  const { file, line, column } = placeOf(finding);
  const level = { critical: 'error', high: 'error', medium: 'warning', low: 'note' }[control.severity];
  return {
    ruleId: control.id,
    level,
    message: { text: `${finding.cause.en} → ${finding.next.en}` },
    locations: locationsOf(file, line, column),
    ...(accepted ? { suppressions: [{ kind: 'inSource', justification: accepted.en }] } : {}),
  };
}

function sarifResult(verdict: IntentVerdict): object {
  const { file, line, column } = verdict.intent.place;
  return {
    ruleId: verdict.intent.id,
    // `open`: there was not enough to decide. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ 3.27.9
    ...(verdict.outcome === 'unknown' ? { kind: 'open', level: 'none' } : { level: 'error' }),
    message: { text: messageOf(verdict) },
    locations: locationsOf(file, line, column),
  };
}

function locationsOf(file: string | undefined, line: number | undefined, column: number | undefined): object[] {
  if (file === undefined) return [];
  const region = { startLine: line ?? 1, ...(column === undefined ? {} : { startColumn: column }) };
  return [{ physicalLocation: { artifactLocation: { uri: file }, region } }];
}

function messageOf({ intent, failures }: IntentVerdict): string {
  return failures
    .map(({ outcome, from, to, traffic, blockers, unknowns }) =>
      [
        `${from} → ${to}: ${describeTraffic(traffic)} ${whatHappens(outcome, intent.verdict)}`,
        ...[...blockers, ...unknowns].map((blocker) => `  ${blocker.code}: ${blocker.cause.en} → ${blocker.next.en}`),
      ].join('\n'),
    )
    .join('\n');
}

function whatHappens(outcome: 'broken' | 'unknown', verdict: 'allow' | 'forbid'): string {
  if (outcome === 'unknown') return verdict === 'allow' ? 'is not known to pass' : 'may get there';
  return verdict === 'allow' ? 'does not pass' : 'gets there';
}
