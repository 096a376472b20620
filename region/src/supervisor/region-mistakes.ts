import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { DriftSummary } from '../drift/drift-record.ts';
import { driftSummaryText } from '../drift/drift-text.ts';

export function isPortTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' && (error as { syscall?: string }).syscall === 'listen';
}

export function portTaken(port: number): Mistake {
  return mistake(
    'PORT_IN_USE',
    {},
    {
      cause: words(
        `Port ${port} of this machine is taken.`,
        `이 컴퓨터의 ${port} 포트를 이미 다른 프로그램이 쓰고 있습니다.`,
      ),
      next: words('choose another with --port', '--port로 다른 포트를 고르세요'),
    },
  );
}

/** @param instances how many there are */
export function noAnswer(path: string, status: number | null, instances: number): Mistake {
  const said = status === null ? words('nothing', '응답 없음') : words(`status ${status}`, `상태 ${status}`);
  const booted =
    instances === 0
      ? words('There is no instance', '인스턴스가 없고')
      : words('Every instance has booted', '모든 인스턴스가 부팅했지만');
  return mistake(
    'NO_ANSWER',
    {},
    {
      cause: words(
        `${booted.en}, ${instances === 0 ? 'and' : 'but'} ${path} still gives ${said.en}.`,
        `${booted.ko} ${path}의 응답이 여전히 ${said.ko}입니다.`,
      ),
      next: words(
        'see what terrace diagnose internet and the load balancer find',
        'terrace diagnose internet 뒤에 로드 밸런서의 이름을 붙여 원인을 확인하세요',
      ),
    },
  );
}

export function partEnded(error: Error): Mistake {
  return mistake(
    'PART_ENDED',
    {},
    {
      cause: words(`A part of the region ended: ${error.message}`, `로컬 리전의 일부가 끝났습니다: ${error.message}`),
      next: words(
        'run terrace down and terrace up; the data stays',
        'terrace down 후 terrace up을 실행하세요. 데이터는 남습니다',
      ),
    },
  );
}

/** What others took from the kernel and could not be put back so far. */
export function notRepaired(drift: readonly DriftSummary[]): Mistake[] {
  return drift
    .filter(({ repairedAt, said }) => repairedAt === null && said !== null)
    .map((each) =>
      mistake(
        'DRIFT_NOT_REPAIRED',
        { path: each.where },
        {
          cause: driftSummaryText(each),
          next: words(
            'it is tried again by itself; terrace up tries at once, and terrace down and terrace up begin anew with the data',
            '자동으로 다시 시도합니다. terrace up은 바로 시도하고, terrace down 후 terrace up은 데이터를 유지한 채 새로 시작합니다',
          ),
        },
      ),
    );
}
