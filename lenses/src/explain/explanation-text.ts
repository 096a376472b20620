import type { Language, Words } from '@terrace/cloud/words';
import type { Break } from './breaks.ts';
import type { Explanation } from './explanation.ts';

/** An explanation for a person. @param money writes dollars a month */
export function explanationLines(
  explanation: Explanation,
  language: Language,
  money: (usd: number | null) => string,
): string[] {
  const say = (en: string, ko: string) => (language === 'ko' ? ko : en);
  const { name, type, what, page, reason, namedBy, cannotBeCreated, breaks, elements, usd, actions } = explanation;
  const unknown = say('not known', '알 수 없음');
  const noReason =
    namedBy.length > 0
      ? say(`none is stated; named by ${short(namedBy)}`, `적혀 있지 않음. 이것을 가리키는 리소스: ${short(namedBy)}`)
      : say('none is stated, and nothing names it', '적혀 있지 않고, 이것을 가리키는 리소스도 없음');
  return [
    `${name}  ${type}`,
    `  ${what?.[language] ?? say('Terrace does not know this type.', 'Terrace가 모르는 유형입니다.')}`,
    `  ${page}`,
    `${say('Reason', '이유')}: ${reason?.[language] ?? noReason}`,
    `${say('Cost', '비용')}: ${money(usd)}`,
    `${say('Actions that create it', '만드는 데 필요한 작업')}: ${actions === null ? unknown : actions.join(', ') || say('none', '없음')}`,
    `${say('Without it', '없으면')}:`,
    ...(cannotBeCreated.length > 0
      ? [`  ${say(`cannot be created: ${short(cannotBeCreated)}`, `만들 수 없는 리소스: ${short(cannotBeCreated)}`)}`]
      : []),
    ...breakLines(breaks, '  ', language),
    ...elements.flatMap(({ list, index, text, reason: stated, breaks: broken }) => [
      `  ${list}/${index}  ${text}`,
      ...(stated ? [`    ${stated[language]}`] : []),
      ...breakLines(broken, '    ', language),
    ]),
    say(
      'Not tried: what only a fault in a running region shows, such as the loss of a zone, a standby or a backup.',
      '확인하지 않음: 가용 영역, 대기 인스턴스, 백업의 상실처럼 실행 중인 리전에서 장애를 일으켜야만 알 수 있는 것',
    ),
  ];
}

function breakLines(breaks: readonly Break[], indent: string, language: Language): string[] {
  const nothing = {
    en: 'no intent and no general control falls',
    ko: '지켜지지 않게 되는 통신 규칙이나 점검 항목 없음',
  };
  if (breaks.length === 0) return [`${indent}${nothing[language]}`];
  return breaks.map(({ kind, id, because }) => `${indent}✗ ${names[kind][language]} ${id}: ${because[language]}`);
}

const names: Readonly<Record<Break['kind'], Words>> = {
  intent: { en: 'intent', ko: '통신 규칙' },
  control: { en: 'control', ko: '점검 항목' },
};

function short(keys: readonly string[]): string {
  const shown = keys.slice(0, 6).map((key) => key.split('/').at(-1)!);
  return keys.length > shown.length ? `${shown.join(', ')} +${keys.length - shown.length}` : shown.join(', ');
}
