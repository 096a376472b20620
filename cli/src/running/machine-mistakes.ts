import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { examine } from '@terrace/region/host/doctor';
import { missingPrograms } from '@terrace/region/host/programs';
import { existingToolkit } from '@terrace/region/host/toolkit';
import { diskFull, hasRoom, roomFor } from '@terrace/region/keeping/disk-room';

/** What keeps this machine from running a region, found out before anything is started. */
export async function machineMistakes(stateDirectory: string, port: number): Promise<Mistake[]> {
  const quick = process.platform === 'linux' && missingPrograms(existingToolkit()).length === 0;
  const findings = quick && process.getuid?.() === 0 ? [] : await examine(stateDirectory);
  const mistakes = findings
    .filter((each) => each.verdict === 'no')
    .map((each) =>
      mistake(
        `MACHINE_${each.code}`,
        {},
        { cause: each.found, next: each.next ?? words('see terrace doctor', 'terrace doctor를 실행해 보세요') },
      ),
    );
  const owner = await ownerOfKept(stateDirectory);
  if (owner !== undefined && owner !== process.getuid?.()) mistakes.push(keptByAnother(stateDirectory, owner));
  return port !== 0 && (await isTaken(port)) ? [...mistakes, portTaken(port)] : mistakes;
}

/** A full disk, before anything is written there: by this command, by a CDK app or by the region, which stays as it was. */
export function diskMistakes(stateDirectory: string): Mistake[] {
  return hasRoom(stateDirectory) ? [] : [diskFull(roomFor(stateDirectory), [nothingDone])];
}

const nothingDone = words('Nothing was changed.', '아무것도 변경하지 않았습니다.');

/** Whose region ran here: the number of the user; `undefined` where none did. */
function ownerOfKept(stateDirectory: string): Promise<number | undefined> {
  return stat(join(stateDirectory, 'authority')).then(
    ({ uid }) => uid,
    () => undefined,
  );
}

/** Root could read what an ordinary user's region keeps, and would leave it to him in pieces that he could not. */
function keptByAnother(stateDirectory: string, owner: number): Mistake {
  return mistake(
    'PROJECT_OF_ANOTHER_USER',
    { file: stateDirectory },
    {
      cause: words(
        `What is kept here belongs to user ${owner}, and you are user ${process.getuid?.()}.`,
        `여기에 보관된 데이터는 사용자 ${owner}의 것이고, 지금 사용자는 ${process.getuid?.()}입니다.`,
      ),
      next: words(
        'run as that user, or begin anew after: terrace down --purge',
        '그 사용자로 실행하거나, terrace down --purge로 지우고 새로 시작하세요',
      ),
    },
  );
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect({ host: '127.0.0.1', port });
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(true);
    });
    attempt.once('error', () => resolve(false));
  });
}

function portTaken(port: number): Mistake {
  return mistake(
    'PORT_IN_USE',
    {},
    {
      cause: words(
        `Something on this machine listens on port ${port} already.`,
        `이 컴퓨터에서 이미 ${port} 포트를 쓰는 프로그램이 있습니다.`,
      ),
      next: words(
        'choose another with --port, or leave it out for any free one',
        '--port로 다른 포트를 고르거나 생략하세요. 생략하면 비어 있는 포트를 씁니다',
      ),
    },
  );
}
