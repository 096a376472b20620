import { type Words, words } from '@terrace/cloud/words';
import type { LogsRequest } from '@terrace/region/control/protocol';
import { wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../running/region-client.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'logs <instance>',
  summary: words(
    'what an instance wrote: its user data and its services; a load balancer’s access log',
    '인스턴스의 사용자 데이터와 서비스 기록, 로드 밸런서의 액세스 로그 보기',
  ),
  arguments: {
    instance: words(
      'a member of a group (web/0), another instance or a load balancer by its name',
      '그룹의 인스턴스(web/0), 다른 인스턴스나 로드 밸런서의 이름',
    ),
  },
  options: [
    {
      flags: '--unit <unit>',
      description: words('one systemd unit of an instance only', '인스턴스의 systemd 유닛 하나만'),
    },
    {
      flags: '--lines <count>',
      description: words('how many of the last lines (default 200)', '마지막 몇 줄 (기본값 200)'),
    },
  ],
  examples: ['terrace logs was/0', 'terrace logs web/0 --unit nginx.service --lines 20'],
  async run({ arguments: [instance = ''], options, terminal }) {
    const lines = wholeNumber('--lines', options.lines, { least: 1, most: 1_000_000, otherwise: 200 });
    if (!lines.ok) {
      terminal.mistakes(lines.mistakes);
      return exitCode.mistake;
    }
    const request: LogsRequest = {
      instance,
      unit: options.unit === undefined ? null : String(options.unit),
      lines: lines.value,
    };
    return askRegion<{ entries: { time: number; unit: string; text: string }[] }>(
      terminal,
      '/logs',
      request,
      ({ entries }) => ({
        lines: () =>
          entries.length > 0
            ? entries.map((each) => `${new Date(each.time).toISOString()} ${each.unit}: ${each.text}`)
            : nothing(instance, request.unit)[terminal.language],
      }),
    );
  },
};

function nothing(instance: string, unit: string | null): Words {
  return unit === null
    ? words(`${instance} has written nothing yet.`, `${instance}에는 아직 기록이 없습니다.`)
    : words(
        `${instance} has no line of ${unit}; without --unit, each line names its unit.`,
        `${instance}에 ${unit}의 기록이 없습니다. --unit 없이 실행하면 줄마다 유닛 이름이 나옵니다.`,
      );
}
