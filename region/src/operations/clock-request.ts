import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { keepsWall } from '../clock/keeps-wall.ts';
import type { RegionClock } from '../clock/region-clock.ts';
import type { ClockAnswer, ClockRequest, ControlEvent } from '../control/protocol.ts';

/** Milliseconds between two lines that say how far the clock has got. */
const pace = 2_000;

/** Shows the clock, or sets it forward through everything that is due on the way. */
export async function answerClockRequest(
  clock: RegionClock,
  { until }: ClockRequest,
  tell: (event: ControlEvent) => void,
): Promise<ControlEvent> {
  if (until === null) return { kind: 'result', value: shown(clock) };
  if (clock.isBeingSet) return { kind: 'mistakes', mistakes: [beingSet()] };
  if (until < clock.now()) return { kind: 'mistakes', mistakes: [goesForward(clock.now())] };
  const timer = setInterval(() => {
    const time = new Date(clock.now()).toISOString();
    tell({ kind: 'progress', step: time, text: words(`the clock is at ${time}`, `시계: ${time}`) });
  }, pace);
  try {
    await clock.advanceTo(until);
  } finally {
    clearInterval(timer);
  }
  return { kind: 'result', value: shown(clock) };
}

function shown(clock: RegionClock): ClockAnswer {
  return {
    region: new Date(clock.now()).toISOString(),
    wall: new Date(clock.wall()).toISOString(),
    speed: clock.speed,
    keepsWall,
  };
}

function beingSet(): Mistake {
  return mistake(
    'CLOCK_BEING_SET',
    { path: '--until' },
    {
      cause: words('Another command is setting the clock forward.', '다른 명령이 시계를 앞으로 맞추는 중입니다.'),
      next: words('wait until it has ended', '그 명령이 끝날 때까지 기다리세요'),
    },
  );
}

function goesForward(now: number): Mistake {
  const time = new Date(now).toISOString();
  return mistake(
    'CLOCK_GOES_FORWARD',
    { path: '--until' },
    {
      cause: words(
        `The region's clock is at ${time} and does not go back.`,
        `로컬 리전의 시계는 ${time}이고 뒤로 가지 않습니다.`,
      ),
      next: words(
        'give a later time, or start anew: terrace down, then terrace up',
        '더 나중 시각을 지정하거나 다시 시작하세요: terrace down 뒤에 terrace up',
      ),
    },
  );
}
