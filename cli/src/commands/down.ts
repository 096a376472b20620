import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { removeGroups } from '@terrace/region/bounds/groups';
import { call } from '@terrace/region/control/client';
import type { ControlEvent } from '@terrace/region/control/protocol';
import { supervisorProcess } from '@terrace/region/control/supervisor-process';
import { deletionRefused, protectedDatabases } from '@terrace/region/database/protection';
import { removeKept } from '@terrace/region/namespaces/remove';
import type { CommandDefinition } from '../command.ts';
import { askedOrRefused, holdsFiles } from '../running/data-at-risk.ts';
import { runningRegion, showEvent, stateDirectory } from '../running/region-client.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'down',
  summary: words('stop the region; its data stays', '로컬 리전 멈추기 (데이터는 남음)'),
  options: [
    {
      flags: '--purge',
      description: words(
        'also remove what it kept: databases, secrets, logs',
        '보관한 데이터베이스·보안 암호·로그까지 지우기',
      ),
    },
    {
      flags: '--yes',
      description: words('remove databases and objects without asking', '데이터베이스와 객체를 묻지 않고 지우기'),
    },
  ],
  examples: ['terrace down', 'terrace down --purge'],
  async run({ options, terminal }) {
    const refusing = options.purge === true ? await protectedDatabases(join(stateDirectory(), 'databases')) : [];
    if (refusing.length > 0) {
      terminal.mistakes(refusing.map(deletionRefused));
      return exitCode.mistake;
    }
    const may = options.purge === true && options.yes !== true ? await beforePurge(terminal) : 'begin';
    if (may !== 'begin') return may;
    const socket = await runningRegion();
    if (socket) {
      const answer = await stop(socket, terminal);
      // One that is gone without an answer has ended all the same.
      if (answer.kind === 'failure' && (await runningRegion())) {
        terminal.failure(answer.said?.[terminal.language] ?? answer.message);
        return exitCode.failure;
      }
    }
    removeGroups(stateDirectory());
    const purged = options.purge === true && existsSync(stateDirectory());
    if (purged) await removeKept(stateDirectory());
    const stopped = socket !== undefined;
    terminal.result({ stopped, purged }, () => summary(stopped, purged)[terminal.language]);
    return exitCode.answered;
  },
};

/** Asks before databases and objects are removed; secrets and logs are made anew. */
async function beforePurge(terminal: Terminal): Promise<number | 'begin'> {
  const folder = (name: string) => join(stateDirectory(), name);
  const databases = foldersIn(folder('databases'));
  const buckets = foldersIn(folder('objects')).filter((each) => holdsFiles(join(folder('objects'), each)));
  const kept = [
    ...(databases.length > 0 ? [words(`databases: ${databases.length}`, `데이터베이스 ${databases.length}개`)] : []),
    ...(buckets.length > 0
      ? [words(`objects of the buckets ${buckets.join(', ')}`, `버킷 ${buckets.join(', ')}의 객체`)]
      : []),
  ];
  if (kept.length === 0) return 'begin';
  const what = words(
    `This removes for good: ${kept.map(({ en }) => en).join('; ')}.`,
    `완전히 지워집니다: ${kept.map(({ ko }) => ko).join(', ')}.`,
  );
  const refusal = mistake(
    'DATA_WOULD_BE_LOST',
    { path: '--purge' },
    { cause: what, next: words('to let it go, add --yes', '잃어도 되면 --yes를 붙이세요') },
  );
  return askedOrRefused(terminal, [what], [refusal]);
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** A supervisor that was stopped goes on and ends its region in order; one that stays silent is killed, and its region ends with it. */
async function stop(socket: string, terminal: Terminal): Promise<ControlEvent> {
  const show = (event: ControlEvent) => showEvent(terminal, event);
  const answer = await call(socket, '/stop', {}, show);
  const pid = answer.kind === 'failure' && answer.silent ? supervisorProcess(socket) : undefined;
  if (pid === undefined) return answer;
  terminal.note(
    words(
      `The supervisor (process ${pid}) does not answer: it is told to go on.`,
      `슈퍼바이저(프로세스 ${pid})가 응답하지 않아 계속하라는 신호를 보냅니다.`,
    ),
  );
  process.kill(pid, 'SIGCONT');
  const again = await call(socket, '/stop', {}, show);
  if (again.kind !== 'failure' || !again.silent) return again;
  terminal.note(
    words(
      `The supervisor (process ${pid}) still does not answer: it is killed, and the region ends with it.`,
      `슈퍼바이저(프로세스 ${pid})가 여전히 응답하지 않아 강제로 끝냅니다. 로컬 리전도 함께 끝납니다.`,
    ),
  );
  process.kill(pid, 'SIGKILL');
  const until = Date.now() + 10_000;
  while ((await runningRegion()) && Date.now() < until) await wait(20);
  return again;
}

function summary(stopped: boolean, purged: boolean) {
  const first = stopped
    ? words('The region is down.', '로컬 리전을 멈췄습니다.')
    : words('No region was running.', '실행 중인 로컬 리전이 없었습니다.');
  if (!purged) return first;
  return words(`${first.en} What it kept is removed.`, `${first.ko} 보관한 데이터를 지웠습니다.`);
}
