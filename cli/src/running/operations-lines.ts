import { type Language, words } from '@terrace/cloud/words';
import type { AlarmSummary, GroupSummary, OperationsSummary } from '@terrace/region/operations/operations-summary';
import { stateWords } from '../terminal/state-words.ts';

/** What a person reads of groups, their recent activities, alarms, and the clock where it is not the wall's. */
export function operationsLines(
  { clock, groups, alarms, activities }: OperationsSummary,
  language: Language,
): string[] {
  return [
    ...groups.flatMap((each) => groupLines(each, language)),
    ...alarms.map((each) => alarmLine(each, language)),
    ...activities.map(({ group, at, description }) => `${at.slice(0, 19)}Z ${group}: ${description}`),
    ...(clock.speed === 1
      ? []
      : [
          words(
            `the region's clock: ${clock.region}, ${clock.speed} times as fast; keep the wall's time: ${clock.keepsWall.map(({ en }) => en).join(', ')}`,
            `로컬 리전의 시계: ${clock.region}, ${clock.speed}배속. 실제 시각을 따르는 것: ${clock.keepsWall.map(({ ko }) => ko).join(', ')}`,
          )[language],
        ]),
  ];
}

function groupLines({ name, desired, inService, least, most, shortage }: GroupSummary, language: Language): string[] {
  const size = words(
    `group ${name}: ${inService} in service, ${desired} desired (${least} to ${most})`,
    `그룹 ${name}: 서비스 중 ${inService}, 원하는 용량 ${desired}(최소 ${least}, 최대 ${most})`,
  );
  return [`${shortage === null ? '✓' : '✗'} ${size[language]}`, ...(shortage === null ? [] : [`  ${shortage}`])];
}

function alarmLine({ name, state, reason, since }: AlarmSummary, language: Language): string {
  if (state === null) {
    return words(`alarm ${name}: not evaluated: ${reason.en}`, `경보 ${name}: 평가하지 않음: ${reason.ko}`)[language];
  }
  const mark = state === 'ALARM' ? '!' : state === 'OK' ? '✓' : '·';
  const shown = stateWords(state);
  return words(`${mark} alarm ${name}: ${shown.en} since ${since}`, `${mark} 경보 ${name}: ${shown.ko}, ${since}부터`)[
    language
  ];
}
