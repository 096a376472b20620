import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Mistake, mistake, type Place, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { DatabaseConfiguration } from '../configuration.ts';
import { copyData } from '../copy-data.ts';
import { noServerForThisMachine } from '../mistakes.ts';
import { restoreSpan } from '../restore-time.ts';
import { Backups, type RestorableTimes } from './backups.ts';
import { postgresqlBinaries } from './binaries.ts';
import { DatabaseNode } from './node.ts';
import { keptVersion } from './preparation.ts';

const restoreAt = '/restore';

/**
 * The data that another instance had at a moment, in the configuration's own folder, which has to be empty, for a server to be started on.
 * Nobody can connect meanwhile, and the other is not touched. Resolves to the moment.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 *
 * @param sourceDirectory Folder of the instance whose backups are used; it may be running.
 * @param moment Milliseconds since 1970, or the last one that can be had.
 */
export async function recoverToPointInTime(
  sourceDirectory: string,
  moment: number | 'latest',
  configuration: DatabaseConfiguration,
): Promise<Result<number>> {
  const { place, directory } = configuration;
  const binaries = postgresqlBinaries();
  if (!binaries) return failure([noServerForThisMachine(place)]);
  const backups = new Backups(sourceDirectory);
  const times = await backups.restorable();
  const backup = (await backups.list()).findLast(({ time }) => moment === 'latest' || time <= moment);
  if (!times || !backup || (moment !== 'latest' && moment > times.latest)) {
    return failure([notRestorable(place, moment, times ? [times] : [])]);
  }
  const node = new DatabaseNode({ ...configuration, address: '' }, binaries);
  if ((await keptVersion(node.folders.data)) !== undefined) return failure([notEmpty(place, directory)]);

  await mkdir(directory, { recursive: true, mode: 0o700 });
  await copyData(join(backups.directory, backup.id), node.folders.data);
  const launched = await recover(node, backups, moment);
  if (launched) return failure([launched]);
  // What was restored knows its users; from here on it is an instance like any other.
  await node.stop();
  return success(moment === 'latest' ? times.latest : moment);
}

/** Everything that is in the log, or what came before a moment. */
async function recover(node: DatabaseNode, backups: Backups, moment: number | 'latest'): Promise<Mistake | undefined> {
  const target =
    moment === 'latest' ? {} : { recovery_target_time: new Date(moment).toISOString().replace('Z', '+00') };
  const launched = await node.launch({
    settings: {
      hot_standby: 'off',
      restore_command: `cp "${restoreAt}/%f" "%p"`,
      recovery_target_action: 'promote',
      ...target,
    },
    binds: [{ source: backups.logs, target: restoreAt, writable: false }],
    signal: 'recovery.signal',
  });
  // Nothing in the log is later than the moment: then all of it is wanted.
  const allEarlier = launched?.cause.en.includes('recovery ended before configured recovery target was reached');
  return allEarlier ? recover(node, backups, 'latest') : launched;
}

/** @param spans Of the instance's backups and of those before it, the newest first. */
export function notRestorable(place: Place, moment: number | 'latest', spans: readonly RestorableTimes[]): Mistake {
  const asked = moment === 'latest' ? 'latest' : new Date(moment).toISOString();
  const between = spans
    .map(restoreSpan)
    .map(({ earliest, latest }) => `${earliest} – ${latest}`)
    .join(', ');
  return mistake('DATABASE_NOT_RESTORABLE', place, {
    cause: between
      ? words(
          `It can be restored to a moment within ${between}, not to ${asked}.`,
          `${between} 사이의 시점으로만 복원할 수 있고 ${asked}{으로/로}는 복원할 수 없습니다.`,
        )
      : words('There is no backup of this database yet.', '아직 이 데이터베이스의 백업이 없습니다.'),
    next: between
      ? words('Choose a moment within.', '그 사이의 시점을 고르세요.')
      : words(
          'The first is taken a minute after the database came up, where BackupRetentionPeriod is 1 day or more; terrace database backup takes one now.',
          '첫 백업은 BackupRetentionPeriod가 1일 이상일 때 데이터베이스가 시작되고 1분 뒤에 만들어집니다. 지금 만들려면 terrace database backup을 실행하세요.',
        ),
  });
}

function notEmpty(place: Place, directory: string): Mistake {
  return mistake('RESTORE_INTO_DATA', place, {
    cause: words(`There is a database in ${directory} already.`, `${directory}에 이미 데이터베이스가 있습니다.`),
    next: words('Restore into an instance of another name.', '다른 이름의 인스턴스로 복원하세요.'),
  });
}
