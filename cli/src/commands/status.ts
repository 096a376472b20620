import { describeMistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import type { RegionStatus } from '@terrace/region/supervisor/summary';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../region-client.ts';
import { exitCode } from '../terminal.ts';

export const command: CommandDefinition = {
  usage: 'status',
  summary: words(
    'instances, targets and databases of the running region',
    '실행 중인 리전의 인스턴스, 대상, 데이터베이스',
  ),
  options: [],
  examples: ['terrace status', 'terrace status --json'],
  run({ terminal }) {
    return askRegion<RegionStatus>(terminal, '/status', {}, (summary) => ({
      lines: () => [
        ...summary.doors.map(({ name, url }) => `${name}: ${url}`),
        ...summary.instances.map(
          ({ name, id, zone, address, state }) => `${name.padEnd(10)} ${id} ${zone} ${address.padEnd(15)} ${state}`,
        ),
        ...summary.targets.map(
          ({ targetGroup, target, port, health, reason }) =>
            `${targetGroup}: ${target}:${port} ${health}${reason ? ` (${reason})` : ''}`,
        ),
        ...summary.replacements.map(
          ({ instance, at, reason }) =>
            `${replaced(instance, at.slice(11, 19))[terminal.language]}: ${reason[terminal.language]}`,
        ),
        ...summary.databases.map(({ endpoint, port, engine, state }) => `${endpoint}:${port} ${engine} ${state}`),
        ...summary.mechanisms.map(
          ({ name, inForce, found }) =>
            `${inForce ? '✓' : '✗'} ${name[terminal.language]}: ${found[terminal.language]}`,
        ),
        ...summary.failures.map((failure) => describeMistake(failure, terminal.language)),
      ],
      exitCode:
        summary.failures.length > 0 || summary.mechanisms.some(({ inForce }) => !inForce)
          ? exitCode.no
          : exitCode.answered,
    }));
  },
};

function replaced(instance: string, time: string): Words {
  return words(`${instance} was replaced at ${time} UTC`, `${instance}: ${time}(UTC)에 교체됨`);
}
