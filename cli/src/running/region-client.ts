import { resolve } from 'node:path';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { ControlEvent } from '@terrace/region/control/protocol';
import { controlSocket, isRunning } from '@terrace/region/control/socket';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

/** Where a project keeps what its region needs between runs: below the working directory. */
export function stateDirectory(): string {
  return resolve('.terrace');
}

/** The control socket of this project's region, `undefined` while none runs. */
export async function runningRegion(): Promise<string | undefined> {
  const socket = controlSocket(stateDirectory());
  return (await isRunning(socket)) ? socket : undefined;
}

export function notRunning(): Mistake {
  return mistake(
    'REGION_NOT_RUNNING',
    {},
    {
      cause: words('No region runs for this folder.', '이 폴더에서 실행 중인 로컬 리전이 없습니다.'),
      next: words('start one with: terrace up --detach', '먼저 시작하세요: terrace up --detach'),
    },
  );
}

/**
 * Asks the running region and shows what it says on the way. Resolves to the exit code; `show` is given the result's value and says
 * what a person reads of it.
 */
export async function askRegion<T>(
  terminal: Terminal,
  path: string,
  body: unknown,
  show: (value: T) => { lines: () => string | readonly string[]; exitCode?: number },
): Promise<number> {
  const socket = await runningRegion();
  if (!socket) {
    terminal.mistakes([notRunning()]);
    return exitCode.mistake;
  }
  const answer = await call(socket, path, body, (event) => showEvent(terminal, event));
  return showAnswer(terminal, answer, show);
}

export function showEvent(terminal: Terminal, event: ControlEvent): void {
  if (event.kind === 'progress') terminal.note(event.text);
  if (event.kind === 'instance') {
    terminal.note({ en: `${event.instance}: ${event.text.en}`, ko: `${event.instance}: ${event.text.ko}` });
  }
  if (event.kind === 'warning') {
    const { code, cause, next } = event.mistake;
    terminal.note(words(`${code}: ${cause.en}\n  → ${next.en}`, `${code}: ${cause.ko}\n  → ${next.ko}`));
  }
}

export function showAnswer<T>(
  terminal: Terminal,
  answer: ControlEvent,
  show: (value: T) => { lines: () => string | readonly string[]; exitCode?: number },
): number {
  if (answer.kind === 'result') {
    const shown = show(answer.value as T);
    terminal.result(answer.value, shown.lines);
    return shown.exitCode ?? exitCode.answered;
  }
  if (answer.kind === 'mistakes') {
    terminal.mistakes(answer.mistakes);
    return exitCode.mistake;
  }
  if (answer.kind !== 'failure') throw new Error(`the region's last word was ${answer.kind}`);
  terminal.failure(answer.said?.[terminal.language] ?? answer.message);
  return exitCode.failure;
}
