import { type Language, words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { EventsRequest } from '@terrace/region/control/protocol';
import { eventText, type NumberedEvent } from '@terrace/region/events/event';
import { wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { askRegion, notRunning, runningRegion, showAnswer } from '../running/region-client.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'events',
  summary: words(
    'what happened in the running region: changes, repairs, restarts, failovers, calls of AWS',
    '실행 중인 로컬 리전에서 일어난 일: 변경, 복구, 재시작, 장애 조치, AWS 호출',
  ),
  options: [
    { flags: '--follow', description: words('go on until Ctrl-C', 'Ctrl-C를 누를 때까지 계속 보기') },
    {
      flags: '--last <count>',
      description: words('how many of the last events (default 100)', '마지막 몇 개 (기본값 100)'),
    },
  ],
  examples: ['terrace events', 'terrace events --last 20 --json', 'terrace events --follow'],
  async run({ options, terminal }) {
    const last = wholeNumber('--last', options.last, { least: 1, most: 1_500, otherwise: 100 });
    if (!last.ok) {
      terminal.mistakes(last.mistakes);
      return exitCode.mistake;
    }
    const request: EventsRequest = { last: last.value, follow: options.follow === true };
    if (!request.follow) {
      return askRegion<{ events: NumberedEvent[] }>(terminal, '/events', request, ({ events }) => ({
        lines: () =>
          events.length > 0 ? events.map((each) => line(each, terminal.language)) : none[terminal.language],
      }));
    }
    const socket = await runningRegion();
    if (!socket) {
      terminal.mistakes([notRunning()]);
      return exitCode.mistake;
    }
    const answer = await call(socket, '/events', request, (told) => {
      if (told.kind === 'event') terminal.row(told.event, line(told.event, terminal.language));
    });
    return showAnswer(terminal, answer, () => ({ lines: () => [] }));
  },
};

/** Time, what it is about, and what happened. */
function line(event: NumberedEvent, language: Language): string {
  return `${event.at} ${event.kind} ${eventText(event)[language]}`;
}

const none = words('Nothing has happened yet.', '아직 일어난 일이 없습니다.');
