import { escapeXml } from '@terrace/cloud/xml';
import type { CheckReport } from './check.ts';
import type { IntentVerdict } from './intent-check.ts';
import { describeTraffic } from './traffic-set.ts';

/** A report as JUnit's XML: a test case for each intent. */
export function junit(report: CheckReport): string {
  const failed = report.intents.filter((each) => each.outcome !== 'holds').length;
  const cases = report.intents.map((verdict) => {
    const name = escapeXml(`${verdict.intent.verdict} ${verdict.intent.id}`);
    const open = `    <testcase classname="terrace.check" name="${name}"`;
    if (verdict.outcome === 'holds') return `${open}/>`;
    const what = verdict.outcome === 'unknown' ? 'is not known' : 'does not hold';
    const text = escapeXml(messageOf(verdict));
    return `${open}>\n      <failure type="${verdict.outcome}" message="${escapeXml(verdict.intent.id)} ${what}">${text}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${report.intents.length}" failures="${failed}">`,
    `  <testsuite name="terrace check" tests="${report.intents.length}" failures="${failed}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** A report as SARIF 2.1.0: a result for each intent that does not hold. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function sarif(report: CheckReport): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'terrace',
            rules: report.intents.map(({ intent }) => ({
              id: intent.id,
              shortDescription: { text: `${intent.verdict} ${intent.from.join(', ')} → ${intent.to.join(', ')}` },
              ...(intent.reason ? { fullDescription: { text: intent.reason.en } } : {}),
            })),
          },
        },
        results: report.intents.filter((each) => each.outcome !== 'holds').map(sarifResult),
      },
    ],
  };
}

function sarifResult(verdict: IntentVerdict): object {
  const { file, line, column } = verdict.intent.place;
  return {
    ruleId: verdict.intent.id,
    // `open`: there was not enough to decide. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ 3.27.9
    ...(verdict.outcome === 'unknown' ? { kind: 'open', level: 'none' } : { level: 'error' }),
    message: { text: messageOf(verdict) },
    locations: file
      ? [
          {
            physicalLocation: {
              artifactLocation: { uri: file },
              region: { startLine: line ?? 1, ...(column === undefined ? {} : { startColumn: column }) },
            },
          },
        ]
      : [],
  };
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
