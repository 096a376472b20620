import type { Language } from '@terrace/cloud/words';
import type { Blocker, Hop } from '../explain/blocker.ts';
import { describeTraffic, type TrafficSet, trafficData } from '../traffic/traffic-set.ts';
import type { Answer, PairAnswer } from './question.ts';

/**
 * An answer as `terrace reach --json` prints it: `path` and `blockers` are those of the first pair that is blocked, or else of the first;
 * `pairs` has all of them.
 */
export function answerData(answer: Answer, asked: TrafficSet | null) {
  const told = answer.pairs.find((pair) => pair.verdict === answer.verdict) ?? answer.pairs[0];
  return {
    verdict: answer.verdict,
    reachable: answer.verdict === 'yes',
    ...(asked ? { asked: trafficData(asked) } : {}),
    path: told?.path ?? [],
    blockers: told?.blockers ?? [],
    unknowns: told?.unknowns ?? [],
    pairs: answer.pairs.map(({ allowed, overIpv6, ...pair }) => ({
      ...pair,
      reachable: pair.verdict === 'yes',
      allowed: trafficData(allowed),
      ...(overIpv6 ? { overIpv6: trafficData(overIpv6) } : {}),
    })),
    ...(answer.more > 0 ? { more: answer.more } : {}),
  };
}

/** The same for a person: pairs that are told alike are told once. */
export function answerLines(answer: Answer, asked: TrafficSet | null, language: Language): string[] {
  if (answer.pairs.length === 0)
    return [said(language, 'Nobody there to ask: no interface is meant.', '해당하는 인터페이스가 없습니다.')];
  const lines: string[] = [];
  for (const pair of tellingPairs(answer)) {
    lines.push(...pairLines(pair, asked, language), '');
  }
  const more = answer.pairs.length - tellingPairs(answer).length;
  if (more > 0)
    lines.push(said(language, `and ${more} more pairs with the same answer`, `같은 결과인 쌍이 ${more}개 더 있습니다`));
  if (answer.more > 0)
    lines.push(
      said(
        language,
        `${answer.more} more pairs were proven and are not told; name fewer to see them`,
        `증명했지만 표시하지 않은 쌍이 ${answer.more}개 더 있습니다. 더 좁게 지정하면 볼 수 있습니다`,
      ),
    );
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** One pair for each different answer. */
function tellingPairs(answer: Answer): PairAnswer[] {
  const seen = new Set<string>();
  return answer.pairs.filter((pair) => {
    const key = JSON.stringify([
      pair.verdict,
      pair.allowed,
      [...pair.blockers, ...pair.unknowns].map((each) => [each.code, each.way, each.component.id]),
      pair.path.map((hop) => hop.component.kind),
    ]);
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

function pairLines(pair: PairAnswer, asked: TrafficSet | null, language: Language): string[] {
  const isYes = pair.verdict === 'yes';
  const traffic = describeTraffic(isYes && !asked ? pair.allowed : (asked ?? pair.allowed), language);
  const what = asked || isYes ? `  ${traffic}` : '';
  const many =
    pair.standsFor > 1 ? said(language, `  (${pair.standsFor} such pairs)`, `  (같은 쌍 ${pair.standsFor}개)`) : '';
  const head = `${pair.from} (${pair.fromAddress}) → ${pair.to} (${pair.toAddress})${what}: ${verdictText(pair, language)}${many}`;
  const told = [
    ...pair.blockers.flatMap((blocker) => blockerLines('✗', blocker, language)),
    ...pair.unknowns.flatMap((unknown) => blockerLines('?', unknown, language)),
  ];
  return [head, ...sixLines(pair, language), ...(told.length === 0 ? pathLines(pair.path, language) : told)];
}

function verdictText(pair: PairAnswer, language: Language): string {
  if (pair.verdict === 'yes') return said(language, 'reachable', '연결 가능');
  if (pair.verdict === 'unknown') return said(language, 'not known', '알 수 없음');
  return pair.onlySometimes
    ? said(language, 'reachable only now and then', '클라이언트 포트에 따라 연결될 때도 있고 아닐 때도 있음')
    : said(language, 'NOT reachable', '연결할 수 없음');
}

/** IPv6 is told where it lets something pass. */
function sixLines({ overIpv6 }: PairAnswer, language: Language): string[] {
  if (!overIpv6 || overIpv6.length === 0) return [];
  const traffic = describeTraffic(overIpv6, language);
  return [said(language, `  over IPv6: ${traffic}`, `  IPv6로: ${traffic}`)];
}

function pathLines(path: readonly Hop[], language: Language): string[] {
  return path.map((hop) => {
    const arrow = hop.way === 'forward' ? '→' : '←';
    return `  ${arrow} ${hop.component.name}  ${hop.text[language]}`;
  });
}

function blockerLines(mark: string, { code, way, component, cause, next }: Blocker, language: Language): string[] {
  const direction = way === 'return' ? said(language, ' (on the way back)', ' (돌아오는 길)') : '';
  return [`  ${mark} ${code}${direction}  ${component.name}`, `    ${cause[language]}`, `    → ${next[language]}`];
}

function said(language: Language, en: string, ko: string): string {
  return language === 'ko' ? ko : en;
}
