import type { Language } from '@terrace/cloud/words';
import type { Answer, PairAnswer } from './ask.ts';
import type { Blocker } from './blocker.ts';
import type { Hop } from './explain-hop.ts';
import { describeTraffic, type TrafficSet, trafficData } from './traffic-set.ts';

/**
 * An answer as `terrace reach --json` prints it: `path` and `blockers` are those of the first pair that is blocked, or else of the first;
 * `pairs` has all of them.
 */
export function answerData(answer: Answer, asked: TrafficSet | null) {
  const told = answer.pairs.find((pair) => !pair.reachable) ?? answer.pairs[0];
  return {
    reachable: answer.reachable,
    ...(asked ? { asked: trafficData(asked) } : {}),
    path: told?.path ?? [],
    blockers: told?.blockers ?? [],
    pairs: answer.pairs.map(({ allowed, ...pair }) => ({ ...pair, allowed: trafficData(allowed) })),
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
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** One pair for each different answer. */
function tellingPairs(answer: Answer): PairAnswer[] {
  const seen = new Set<string>();
  return answer.pairs.filter((pair) => {
    const key = JSON.stringify([
      pair.reachable,
      pair.allowed,
      pair.blockers.map((each) => [each.code, each.way, each.component.id]),
      pair.path.map((hop) => hop.component.kind),
    ]);
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

function pairLines(pair: PairAnswer, asked: TrafficSet | null, language: Language): string[] {
  const verdict = pair.reachable
    ? said(language, 'reachable', '닿습니다')
    : pair.onlySometimes
      ? said(language, 'reachable only now and then', '클라이언트 포트에 따라 닿을 때도 있고 아닐 때도 있습니다')
      : said(language, 'NOT reachable', '닿지 않습니다');
  const traffic = describeTraffic(pair.reachable && !asked ? pair.allowed : (asked ?? pair.allowed));
  const what = asked || pair.reachable ? `  ${traffic}` : '';
  const head = `${pair.from} (${pair.fromAddress}) → ${pair.to} (${pair.toAddress})${what}: ${verdict}`;
  if (pair.blockers.length === 0) return [head, ...pathLines(pair.path, language)];
  return [head, ...pair.blockers.flatMap((blocker) => blockerLines(blocker, language))];
}

function pathLines(path: readonly Hop[], language: Language): string[] {
  return path.map((hop) => {
    const arrow = hop.way === 'forward' ? '→' : '←';
    return `  ${arrow} ${hop.component.name}  ${hop.text[language]}`;
  });
}

function blockerLines({ code, way, component, cause, next }: Blocker, language: Language): string[] {
  const direction = way === 'return' ? said(language, ' (on the way back)', ' (돌아오는 길)') : '';
  return [`  ✗ ${code}${direction}  ${component.name}`, `    ${cause[language]}`, `    → ${next[language]}`];
}

function said(language: Language, en: string, ko: string): string {
  return language === 'ko' ? ko : en;
}
