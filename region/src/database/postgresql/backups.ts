import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import { takeOver } from '../take-over.ts';
import { asAdministrator } from './administration.ts';
import { copyRunningCluster } from './base-backup.ts';
import type { DatabaseNode, NodeRole } from './node.ts';

/** Where a server sees the backups of its instance. */
const seenAt = '/backup';

/** A whole copy of the data; with the log since then, any moment after it can be restored. */
export interface Backup {
  readonly id: string;
  /** Milliseconds since 1970: from when on what it and the log hold is whole. */
  readonly time: number;
  /** Name of the first log file that it needs. */
  readonly firstLog: string;
}

/** What moments an instance can be restored to, both ends included; milliseconds since 1970. */
export interface RestorableTimes {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Automated backups of one instance: whole copies, and every log file as soon as it is full or five minutes old.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
 */
export class Backups {
  readonly directory: string;

  /** @param directory Of the instance. */
  constructor(directory: string) {
    this.directory = join(directory, 'backup');
  }

  get logs(): string {
    return join(this.directory, 'log');
  }

  /** What a server needs to send its log there. */
  async role(node: DatabaseNode): Promise<Pick<NodeRole, 'settings' | 'binds'>> {
    await mkdir(this.logs, { recursive: true, mode: 0o700 });
    await takeOver(this.logs, node.configuration.user);
    const to = `${seenAt}/%f`;
    return {
      settings: {
        archive_mode: 'on',
        // The rest of a file that is sent early is zeros, which take no room this way.
        archive_command: `cp --sparse=always "%p" "${to}.new" && sync "${to}.new" && mv "${to}.new" "${to}"`,
        archive_timeout: '300',
      },
      binds: [{ source: this.logs, target: seenAt, writable: true }],
    };
  }

  /** Copies the running server's data. */
  async take(node: DatabaseNode): Promise<Backup> {
    const id = randomUUID();
    const copy = { from: node.folders.data, to: join(this.directory, id), label: id, user: node.configuration.user };
    const backup = await asAdministrator(node.address, async (client) => {
      const { from } = await copyRunningCluster(client, copy);
      const { rows } = await client.query<{ name: string; now: number }>(
        'SELECT pg_walfile_name($1) AS name, extract(epoch from clock_timestamp()) * 1000 AS now, pg_switch_wal()',
        [from],
      );
      return { id, time: Math.ceil(Number(rows[0]!.now)), firstLog: rows[0]!.name };
    });
    await writeWhole(join(this.directory, `${id}.json`), JSON.stringify(backup));
    return backup;
  }

  /** The oldest first. */
  async list(): Promise<Backup[]> {
    const names = (await readdir(this.directory).catch(() => [])).filter((name) => name.endsWith('.json'));
    const backups = await Promise.all(
      names.map((name) => readKeptJson<Backup>(join(this.directory, name), isBackup, oneBackupLess)),
    );
    return backups.filter((each) => each !== undefined).sort((one, other) => one.time - other.time);
  }

  /** `undefined` while there is no backup. The latest is when the last log file came in. */
  async restorable(): Promise<RestorableTimes | undefined> {
    const [first] = await this.list();
    if (!first) return undefined;
    const times = await Promise.all(
      (await this.#logFiles()).map(async (name) => (await stat(join(this.logs, name))).mtimeMs),
    );
    return { earliest: first.time, latest: Math.max(first.time, ...times) };
  }

  /** Lets go what is older than the retention period and not needed to restore a moment within it. */
  async prune(retentionDays: number, now = Date.now()): Promise<void> {
    const backups = await this.list();
    const horizon = now - retentionDays * 86_400_000;
    const oldestNeeded = backups.findLast((backup) => backup.time <= horizon) ?? backups[0];
    if (!oldestNeeded) return;
    for (const backup of backups.filter(({ time }) => time < oldestNeeded.time)) {
      await rm(join(this.directory, `${backup.id}.json`));
      await rm(join(this.directory, backup.id), { recursive: true, force: true });
    }
    // Files of an earlier timeline have smaller names too; the timeline itself is the first eight characters.
    const position = (name: string) => name.slice(8, 24);
    for (const name of await this.#logFiles()) {
      if (position(name) < position(oldestNeeded.firstLog)) await rm(join(this.logs, name));
    }
  }

  /** Together with the log: nothing can be restored any more. */
  async removeAll(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #logFiles(): Promise<string[]> {
    return (await readdir(this.logs).catch(() => [])).filter((name) => /^[0-9A-F]{24}$/.test(name));
  }
}

function isBackup({ id, time, firstLog }: Backup): boolean {
  return typeof id === 'string' && typeof time === 'number' && typeof firstLog === 'string';
}

const oneBackupLess = words(
  'moments between this backup and the next can no longer be restored',
  '이 백업과 다음 백업 사이의 시점으로는 더 이상 복원할 수 없습니다.',
);
