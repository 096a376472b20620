import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import { asAdministrator, changePassword, createMaster } from './administration.ts';
import type { DatabaseNode } from './node.ts';

/**
 * Makes the master user and the first database, once; later only a password that the template changed is passed on, so
 * that one changed from within stays. Resolves to whether it made them.
 *
 * @param file Where it is kept what was passed on, as a digest.
 */
export async function settleMaster(
  node: DatabaseNode,
  file = join(node.configuration.directory, 'made.json'),
): Promise<boolean> {
  const { masterUser, masterPassword, databaseName } = node.configuration;
  const mark = createHash('sha256').update(`${masterUser}\0${masterPassword}`).digest('hex');
  const made = await readKeptJson<{ readonly mark: string }>(file, ({ mark }) => typeof mark === 'string', passedOn);
  if (made?.mark === mark) return false;
  await asAdministrator(node.address, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [masterUser]);
    if (rowCount === 0)
      await createMaster(client, { user: masterUser, password: masterPassword, database: databaseName });
    else await changePassword(client, masterUser, masterPassword);
  });
  await writeWhole(file, JSON.stringify({ mark }));
  return made === undefined;
}

const passedOn = words(
  "the master user then has the template's password again, in place of one that was changed from within",
  '마스터 사용자의 비밀번호가 데이터베이스 안에서 바꾼 값 대신 템플릿의 값으로 돌아갑니다.',
);
