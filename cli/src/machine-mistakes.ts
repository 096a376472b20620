import { connect } from 'node:net';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { examine } from '@terrace/region/host/doctor';
import { missingPrograms } from '@terrace/region/host/programs';
import { existingToolkit } from '@terrace/region/host/toolkit';

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
  return port !== 0 && (await isTaken(port)) ? [...mistakes, portTaken(port)] : mistakes;
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
