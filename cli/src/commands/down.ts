import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { removeGroups } from '@terrace/region/bounds/groups';
import { call } from '@terrace/region/control/client';
import { deletionRefused, protectedDatabases } from '@terrace/region/database/protection';
import { removeKept } from '@terrace/region/namespaces/remove';
import type { CommandDefinition } from '../command.ts';
import { runningRegion, showEvent, stateDirectory } from '../running/region-client.ts';
import { exitCode } from '../terminal/terminal.ts';

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
  ],
  examples: ['terrace down', 'terrace down --purge'],
  async run({ options, terminal }) {
    const refusing = options.purge === true ? await protectedDatabases(join(stateDirectory(), 'databases')) : [];
    if (refusing.length > 0) {
      terminal.mistakes(refusing.map(deletionRefused));
      return exitCode.mistake;
    }
    const socket = await runningRegion();
    if (socket) {
      const answer = await call(socket, '/stop', {}, (event) => showEvent(terminal, event));
      // One that is gone without an answer has ended all the same.
      if (answer.kind === 'failure' && (await runningRegion())) {
        terminal.failure(answer.message);
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

function summary(stopped: boolean, purged: boolean) {
  const first = stopped
    ? words('The region is down.', '로컬 리전을 멈췄습니다.')
    : words('No region was running.', '실행 중인 로컬 리전이 없었습니다.');
  if (!purged) return first;
  return words(`${first.en} What it kept is removed.`, `${first.ko} 보관한 데이터를 지웠습니다.`);
}
