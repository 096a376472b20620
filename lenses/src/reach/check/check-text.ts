import { type Language, type Words, words } from '@terrace/cloud/words';
import { bySubnets, describeAddresses, type OpenFlow } from '../ask/open-flows.ts';
import type { Intervals } from '../traffic/intervals.ts';
import { describeTraffic } from '../traffic/traffic-set.ts';
import type { CheckReport, Comparison } from './check.ts';
import type { IntentVerdict } from './intent-check.ts';
import type { Resilience } from './resilience.ts';
import type { RuleReason } from './rule-reasons.ts';

/** A report for a person, without a line on intents where there are none. @param internet every address outside, to tell a part of it from all of it */
export function checkLines(
  report: CheckReport,
  comparison: Comparison | null,
  internet: Intervals,
  language: Language,
): string[] {
  const say = (en: string, ko: string): string => (language === 'ko' ? ko : en);
  const broken = report.intents.filter((each) => each.outcome === 'broken').length;
  const unknown = report.intents.filter((each) => each.outcome === 'unknown').length;
  return [
    ...report.intents.flatMap((each) => verdictLines(each, language)),
    ...(report.intents.length > 0 ? ['', summary(report.intents.length, broken, unknown, say)] : []),
    ...section(report.unintended, say('Open, and not intended:', '통신 규칙에 없는데 열려 있는 것:'), (flows) =>
      flowLines(flows, internet, language),
    ),
    ...section(report.rules, say('Why each rule is there:', '각 규칙이 있는 이유:'), (rules) =>
      rules.flatMap((each) => reasonLines(each, language)),
    ),
    ...section(
      report.resilience,
      say('What each allowed flow hangs on by itself:', '허용된 각 흐름에서 하나뿐이라 없으면 끊기는 것:'),
      (all) => all.map((each) => resilienceLine(each, language)),
    ),
    ...section(comparison?.opened ?? null, say('Opened by the change:', '이 변경으로 열리는 것:'), (flows) =>
      flowLines(flows, internet, language),
    ),
    ...section(comparison?.closed ?? null, say('Closed by the change:', '이 변경으로 닫히는 것:'), (flows) =>
      flowLines(flows, internet, language),
    ),
  ];
}

function summary(count: number, broken: number, unknown: number, say: (en: string, ko: string) => string): string {
  if (broken + unknown === 0) return say(`All ${count} intents hold.`, `통신 규칙 ${count}개가 모두 지켜집니다.`);
  const open = say(
    `${unknown} of ${count} intents are not known.`,
    `통신 규칙 ${count}개 중 ${unknown}개는 알 수 없습니다.`,
  );
  if (broken === 0) return open;
  const wrong = say(
    `${broken} of ${count} intents do not hold.`,
    `통신 규칙 ${count}개 중 ${broken}개가 지켜지지 않습니다.`,
  );
  return unknown === 0 ? wrong : `${wrong} ${open}`;
}

function section<T>(items: readonly T[] | null, title: string, lines: (items: readonly T[]) => string[]): string[] {
  if (items === null) return [];
  return ['', title, ...(items.length === 0 ? ['  –'] : lines(items))];
}

function verdictLines({ intent, outcome, pairs, failures }: IntentVerdict, language: Language): string[] {
  const say = (en: string, ko: string): string => (language === 'ko' ? ko : en);
  const verdict = intent.verdict === 'allow' ? say('allow ', '허용') : say('forbid', '금지');
  const traffic = intent.protocol === 'all' ? say('all traffic', '모든 트래픽') : `${intent.protocol} ${intent.ports}`;
  const what = `${intent.from.join(', ')} → ${intent.to.join(', ')}  ${traffic}`;
  const proof =
    pairs === 0 ? say('  (nobody there yet: nothing was proven)', '  (아직 아무도 없어 증명할 것이 없습니다)') : '';
  return [
    `${marks[outcome]} ${verdict} ${intent.id}  ${what}${proof}`,
    ...failures
      .slice(0, 3)
      .flatMap((failure) => [
        `    ${failure.from} → ${failure.to}: ${describeTraffic(failure.traffic, language)} ${whatHappens(failure.outcome, intent.verdict)[language]}`,
        ...[...failure.blockers, ...failure.unknowns]
          .slice(0, 6)
          .flatMap((blocker) => [
            `      ${marks[failure.outcome]} ${blocker.code}  ${blocker.cause[language]}`,
            `        → ${blocker.next[language]}`,
          ]),
      ]),
    ...(failures.length > 3 ? [say(`    and ${failures.length - 3} more`, `    외 ${failures.length - 3}건`)] : []),
  ];
}

const marks = { holds: '✓', broken: '✗', unknown: '?' } as const;

function whatHappens(outcome: 'broken' | 'unknown', verdict: 'allow' | 'forbid'): Words {
  if (outcome === 'unknown') {
    return verdict === 'allow'
      ? words('is not known to pass', '통과하는지 알 수 없습니다')
      : words('may get there', '도달할 수 있습니다');
  }
  return verdict === 'allow' ? words('does not pass', '통과하지 못합니다') : words('gets there', '도달합니다');
}

function flowLines(flows: readonly OpenFlow[], internet: Intervals, language: Language): string[] {
  return bySubnets(flows).map(({ from, to, addresses, traffic, isKnown }) => {
    const part = addresses.length === 0 ? '' : describeAddresses(addresses, internet);
    const where = part === '' ? '' : language === 'ko' ? `  (인터넷 주소 ${part})` : `  (internet addresses ${part})`;
    const unsure = isKnown ? '' : language === 'ko' ? '  (알 수 없음)' : '  (not known)';
    return `  ${from} → ${to}  ${describeTraffic(traffic, language)}${where}${unsure}`;
  });
}

function reasonLines({ rule, needed }: RuleReason, language: Language): string[] {
  const say = (en: string, ko: string): string => (language === 'ko' ? ko : en);
  const why =
    needed.length > 0
      ? say(`without it: ${needed.join(', ')}`, `없으면 위반되는 통신 규칙: ${needed.join(', ')}`)
      : rule.keepsDefaultOut
        ? say(
            'keeps AWS’s rule “everything may leave” out of the group',
            'AWS의 “모두 나갈 수 있음” 기본 규칙이 되살아나지 않게 합니다',
          )
        : say('not needed: without it every intent still holds', '불필요: 없어도 모든 통신 규칙이 지켜집니다');
  const stated = rule.reason ? [`      ${rule.reason[language]}`] : [];
  return [
    `  ${needed.length > 0 || rule.keepsDefaultOut ? '•' : '?'} ${rule.within.name}  ${rule.text[language]}`,
    `      ${why}`,
    ...stated,
  ];
}

function resilienceLine({ intent, hangsOn }: Resilience, language: Language): string {
  const points = hangsOn.map(({ kind, name }) => {
    const korean = { zone: '가용 영역', component: '구성 요소', route: '경로' }[kind];
    return `${language === 'ko' ? korean : kind} ${name}`;
  });
  const nothing = language === 'ko' ? '하나뿐인 것 없음' : 'nothing single';
  return `  ${intent}: ${points.length > 0 ? points.join('; ') : nothing}`;
}
