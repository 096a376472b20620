import { failure, type Mistake, mistake, type Place, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { isOutOfRoom } from '../keeping/disk-room.ts';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from './configuration.ts';
import { startDatabase } from './database.ts';
import { notBackedUp } from './postgresql/backup-schedule.ts';
import { recoverBeside, restorableGenerations, takePlace } from './postgresql/generations.ts';

/** A database that runs, and what it was started with. */
export interface StandingDatabase {
  readonly server: RunningDatabase;
  readonly configuration: DatabaseConfiguration;
}

/** Milliseconds since 1970, both ends included. */
interface Span {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * What `aws rds reboot-db-instance --force-failover` does. Resolves to the milliseconds that it took until the other took writes.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html
 */
export async function failOver({ server, configuration }: StandingDatabase): Promise<Result<number>> {
  const { place, id } = configuration;
  if (server.standbyState === 'none') return failure([noStandby(place, id)]);
  const began = Date.now();
  if (await server.failover()) return success(Date.now() - began);
  await server.silentFor();
  return failure([server.standbyState === 'not-answering' ? standbySilent(place, id) : standbyBehind(place, id)]);
}

/** A whole copy now, beside the daily ones and kept as long. Resolves to its moment. */
export async function backUp({ server, configuration }: StandingDatabase): Promise<Result<number>> {
  const refused = withoutBackups(server, configuration);
  if (refused) return failure([refused]);
  return success((await server.backups!.take()).time);
}

/** What moments it can be restored to, those of the ones that bore its name before included. */
export function restorableSpans({ configuration }: StandingDatabase): Promise<readonly Span[]> {
  return restorableGenerations(configuration.directory);
}

export interface Restored {
  readonly moment: number;
  /** For which nothing answered, while the restored one took the other's place. */
  readonly outageMilliseconds: number;
  readonly milliseconds: number;
}

/**
 * A new instance with the data of a moment is made from the backups while the present one serves on; then it takes the other's name,
 * and the other is kept beside it. What was written since the moment is in the former alone. RDS has the log up to the last five
 * minutes; here it is sent first, so that the very present can be restored.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 *
 * @returns the server that runs now, whatever came of it
 */
export async function restore(
  { server, configuration }: StandingDatabase,
  moment: number | 'latest',
  on: (event: DatabaseEvent) => void,
): Promise<{ readonly server: RunningDatabase | null; readonly result: Result<Restored> }> {
  const began = Date.now();
  const refused = withoutBackups(server, configuration);
  if (refused) return { server, result: failure([refused]) };
  const isThere = (await restorableGenerations(configuration.directory)).length > 0;
  if (isThere && server.processId !== undefined) await server.backups!.sendLog();
  const recovered = await recoverBeside(configuration, moment);
  if (!recovered.ok) return { server, result: recovered };

  const stopped = Date.now();
  await server[Symbol.asyncDispose]();
  const undo = await takePlace(configuration, recovered.value);
  const started = await startDatabase(configuration, on);
  const ended = Date.now();
  if (started.ok) {
    // As a new instance it has a backup of its own from the first moment: what is written from here on can be restored too.
    // Without room for one it is there all the same: the schedule tries again.
    await started.value.backups!.take().catch((error) => {
      if (!isOutOfRoom(error)) throw error;
      on(notBackedUp(configuration.id));
    });
    const restored = {
      moment: recovered.value.moment,
      outageMilliseconds: ended - stopped,
      milliseconds: ended - began,
    };
    return { server: started.value, result: success(restored) };
  }
  await undo();
  const former = await startDatabase(configuration, on);
  return { server: former.ok ? former.value : null, result: started };
}

function withoutBackups(server: RunningDatabase, { place, id, backupRetention }: DatabaseConfiguration) {
  if (server.backups === null) return backupsModelled(place, id);
  return backupRetention === 0 ? backupsOff(place, id) : undefined;
}

function noStandby(place: Place, id: string): Mistake {
  return mistake('DATABASE_NOT_MULTI_AZ', place, {
    cause: words(`${id} has no standby that could take over.`, `${id}에는 넘겨받을 대기 인스턴스가 없습니다.`),
    next: words(
      'set MultiAZ to true (the blueprint’s databaseMultiZone; on MySQL and MariaDB the standby is modelled only)',
      'MultiAZ를 true로 정하세요 (블루프린트에서는 databaseMultiZone. MySQL과 MariaDB의 대기 인스턴스는 분석에만 사용합니다)',
    ),
  });
}

function standbyBehind(place: Place, id: string): Mistake {
  return mistake('DATABASE_STANDBY_BEHIND', place, {
    cause: words(
      `The standby of ${id} does not have everything yet: a failover would lose writes.`,
      `${id}의 대기 인스턴스가 아직 모든 데이터를 받지 못해 지금 장애 조치하면 쓴 내용을 잃습니다.`,
    ),
    next: words('wait until terrace database says in-sync', 'terrace database에 동기화됨이 나올 때까지 기다리세요'),
  });
}

function standbySilent(place: Place, id: string): Mistake {
  return mistake('DATABASE_STANDBY_NOT_ANSWERING', place, {
    cause: words(
      `The standby of ${id} does not answer: it cannot take over.`,
      `${id}의 대기 인스턴스가 응답하지 않아 넘겨받을 수 없습니다.`,
    ),
    next: words(
      'wait until terrace database says in-sync: a standby that keeps silent is made anew',
      'terrace database에 동기화됨이 나올 때까지 기다리세요. 계속 응답하지 않는 대기 인스턴스는 새로 만듭니다',
    ),
  });
}

function backupsModelled(place: Place, id: string): Mistake {
  return mistake('DATABASE_BACKUPS_MODELLED', place, {
    cause: words(
      `${id} runs on MariaDB, whose backups are not carried out here.`,
      `${id}{은/는} MariaDB로 실행되며 여기서는 백업을 만들지 않습니다.`,
    ),
    next: words('rehearse backup and restore with postgres', '백업과 복원은 postgres로 연습하세요'),
  });
}

function backupsOff(place: Place, id: string): Mistake {
  return mistake('DATABASE_BACKUPS_OFF', place, {
    cause: words(
      `${id} keeps no backups: its BackupRetentionPeriod is 0.`,
      `${id}의 BackupRetentionPeriod가 0이라 백업을 보관하지 않습니다.`,
    ),
    next: words(
      'set it to 1 day or more (the blueprint’s databaseBackupDays) and run terrace up',
      '1일 이상으로 정하고(블루프린트에서는 databaseBackupDays) terrace up을 실행하세요',
    ),
  });
}
