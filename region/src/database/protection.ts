import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../keeping/damaged-state.ts';
import { writeWhole } from '../keeping/write-whole.ts';

/** A database that refuses to be deleted. */
interface ProtectedDatabase {
  readonly id: string;
  readonly directory: string;
}

/** Notes in a database's own folder whether it may be deleted, so that it holds while no region runs, too. */
export async function noteProtection({ id, directory }: ProtectedDatabase, isProtected: boolean): Promise<void> {
  const note = join(directory, noteName);
  if (!isProtected) return rm(note, { force: true });
  await writeWhole(note, JSON.stringify({ id }));
}

/** @param databases The folder of every database of a project. */
export async function protectedDatabases(databases: string): Promise<ProtectedDatabase[]> {
  const names = await readdir(databases).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const note = await readKeptJson<{ readonly id: string }>(
        join(databases, name, noteName),
        ({ id }) => typeof id === 'string',
        unprotected,
      );
      return note === undefined ? [] : [{ id: note.id, directory: join(databases, name) }];
    }),
  );
  // Those that bore a name before another was restored in their place go with it.
  return found.flat().filter(({ directory }) => !directory.includes('.before-'));
}

const noteName = 'protected.json';
const unprotected = words(
  'terrace up notes the protection again; until then the database can be deleted',
  'terrace up이 삭제 방지를 다시 기록합니다. 그때까지는 데이터베이스를 삭제할 수 있습니다.',
);

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection */
export function deletionRefused({ id }: ProtectedDatabase): Mistake {
  return mistake(
    'DATABASE_PROTECTED',
    {},
    {
      cause: words(
        `The database ${id} has DeletionProtection: RDS refuses to delete it, and so does the region.`,
        `데이터베이스 ${id}에는 삭제 방지(DeletionProtection)가 켜져 있어 RDS가 삭제를 거부합니다. 로컬 리전도 마찬가지입니다.`,
      ),
      next: words(
        'to delete it, set DeletionProtection to false in the template (the blueprint’s databaseDeletionProtection), run terrace up, and then do this again',
        '삭제하려면 템플릿의 DeletionProtection(블루프린트에서는 databaseDeletionProtection)을 false로 바꿔 terrace up을 실행한 다음 다시 하세요',
      ),
    },
  );
}
