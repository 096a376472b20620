import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Language, words } from '@terrace/cloud/words';
import type { ClockAnswer } from '@terrace/region/control/protocol';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../running/region-client.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'clock',
  summary: words(
    "AWS's time in the region: show it, or run forward through every schedule on the way",
    '로컬 리전에서 AWS의 시각: 보기, 또는 그 사이의 예약을 모두 실행하며 앞으로 가기',
  ),
  options: [
    {
      flags: '--until <time>',
      description: words(
        'a later time with its time zone, such as 2026-12-01T09:00+09:00',
        '시간대를 포함한 나중 시각. 예: 2026-12-01T09:00+09:00',
      ),
    },
  ],
  examples: ['terrace clock', 'terrace clock --until 2026-12-01T09:00+09:00'],
  run({ options, terminal }) {
    const until = options.until === undefined ? null : momentOf(String(options.until));
    if (Number.isNaN(until)) {
      terminal.mistakes([noTime(String(options.until))]);
      return Promise.resolve(exitCode.mistake);
    }
    return askRegion<ClockAnswer>(terminal, '/clock', { until }, (answer) => ({
      lines: () => linesOf(answer, terminal.language),
    }));
  },
};

/** `NaN` for what is no time, or has no time zone. */
function momentOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

function linesOf({ region, wall, speed, keepsWall }: ClockAnswer, language: Language): string[] {
  const times =
    speed === 1
      ? words('as fast as the wall’s', '실제 시각과 같은 속도')
      : words(`${speed} times as fast`, `${speed}배속`);
  const kept = keepsWall.map((each) => each[language]).join(', ');
  return [
    words(`region  ${region}  (${times.en})`, `로컬 리전  ${region}  (${times.ko})`)[language],
    words(`wall    ${wall}`, `실제 시각  ${wall}`)[language],
    words(`keep the wall's time: ${kept}`, `실제 시각을 따르는 것: ${kept}`)[language],
  ];
}

function noTime(text: string): Mistake {
  return mistake(
    'WRONG_TIME',
    { path: '--until' },
    {
      cause: words(`“${text}” is no time with its time zone.`, `“${text}”{은/는} 시간대를 포함한 시각이 아닙니다.`),
      next: words('for example --until 2026-12-01T09:00+09:00', '예: --until 2026-12-01T09:00+09:00'),
    },
  );
}
