import { describeMistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import { driftSummaryText } from '@terrace/region/drift/drift-text';
import type { RegionStatus } from '@terrace/region/supervisor/summary';
import type { CommandDefinition } from '../command.ts';
import { operationsLines } from '../running/operations-lines.ts';
import { askRegion } from '../running/region-client.ts';
import { outputLines, unableLines } from '../running/up-report.ts';
import { reasonWords, stateWords } from '../terminal/state-words.ts';
import { table } from '../terminal/table.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'status',
  summary: words(
    'instances, groups, targets, databases and alarms of the running region',
    '실행 중인 로컬 리전의 인스턴스, 그룹, 대상, 데이터베이스, 경보',
  ),
  options: [],
  examples: ['terrace status', 'terrace status --json'],
  run({ terminal }) {
    return askRegion<RegionStatus>(terminal, '/status', {}, (status) => ({
      lines: () => statusLines(status, terminal.language),
      // An alarm says what the template measures and a scaling policy acts on: in ALARM the region is as it is meant to be.
      exitCode:
        status.failures.length > 0 ||
        status.mechanisms.some(({ inForce }) => !inForce) ||
        status.databases.some(({ state, standby }) => [state, standby].includes('not-answering')) ||
        status.groups.some(({ shortage }) => shortage !== null) ||
        status.drift.some(({ repairedAt }) => repairedAt === null)
          ? exitCode.no
          : exitCode.answered,
    }));
  },
};

/** What a person reads of a running region. */
export function statusLines(status: RegionStatus, language: Language): string[] {
  return [
    ...status.doors.map(({ name, url }) => `${name}: ${url}`),
    ...outputLines(status, language),
    ...table(
      ['', '', '', '', ''],
      status.instances.map(({ name, id, zone, address, address6, state }) => [
        name,
        id,
        zone,
        [address, address6 ?? []].flat().join('  '),
        stateWords(state)[language],
      ]),
    ),
    ...unableLines(status, language),
    ...status.targets.map(
      ({ targetGroup, target, port, health, reason }) =>
        `${targetGroup}: ${target}:${port} ${stateWords(health)[language]}${reason ? ` (${reasonWords(reason)[language]})` : ''}`,
    ),
    ...status.replacements.map(
      ({ instance, at, reason }) => `${replaced(instance, at.slice(11, 19))[language]}: ${reason[language]}`,
    ),
    ...status.databases.map(
      ({ endpoint, port, engine, state, standby }) =>
        `${endpoint}:${port} ${engine} ${stateWords(state)[language]}${standby ? standbyWords(standby)[language] : ''}`,
    ),
    ...operationsLines(status, language),
    ...status.mechanisms.map(
      ({ name, inForce, found }) => `${inForce ? '✓' : '✗'} ${name[language]}: ${found[language]}`,
    ),
    ...status.unbounded.map((each) => `${unbounded(each.instances)[language]}: ${each.reason[language]}`),
    ...status.drift.map((each) => `${each.repairedAt === null ? '✗' : '✓'} ${driftSummaryText(each)[language]}`),
    ...status.failures.map((failure) => describeMistake(failure, language)),
  ];
}

function unbounded(instances: readonly string[]): Words {
  const shown = instances.slice(0, 5).join(', ');
  const more = instances.length - 5;
  return more > 0
    ? words(`unbounded: ${shown} and ${more} more`, `제한 없음: ${shown} 외 ${more}개`)
    : words(`unbounded: ${shown}`, `제한 없음: ${shown}`);
}

function standbyWords(state: string): Words {
  return words(`, standby ${state}`, `, 대기 인스턴스 ${stateWords(state).ko}`);
}

function replaced(instance: string, time: string): Words {
  return words(`${instance} was replaced at ${time} UTC`, `${instance}: ${time}(UTC)에 교체됨`);
}
