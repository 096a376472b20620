import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { leastRoom, roomFor } from '../../keeping/disk-room.ts';
import type { ServerUser } from '../private-view.ts';
import { execFile } from '../run.ts';

/** What is made anew by the server that starts from a copy, or would be wrong in it. */
const leftOut = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const ownFiles = new Set(['postmaster.pid', 'postmaster.opts', 'standby.signal', 'recovery.signal', 'promote']);

interface BaseBackup {
  /** Where in the log the copy begins, and from where it is whole: what follows from the first is needed to use it. */
  readonly from: string;
  readonly until: string;
}

/**
 * A copy of a running server's data, by the low-level interface, since `pg_basebackup` is not among the programs that come along.
 * The copy needs the log from where it begins, by streaming or from an archive.
 *
 * https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function copyRunningCluster(
  client: Client,
  copy: { readonly from: string; readonly to: string; readonly label: string; readonly user: ServerUser },
): Promise<BaseBackup> {
  const unfinished = `${copy.to}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await roomForCopy(copy);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    return await copyInto(unfinished, client, copy);
  } catch (error) {
    // On a disk that it filled, what was copied would take the room that the server's log needs.
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** A copy that does not fit is not begun: the server itself is to have what room there is. */
async function roomForCopy({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const { stdout } = await execFile('du', ['--summarize', '--block-size=1M', '--exclude=pg_wal', from]);
  const needed = Number.parseInt(stdout, 10) + leastRoom;
  const { free, mountPoint } = roomFor(to);
  if (free >= needed) return;
  const said = `a copy of the data needs ${needed} MiB and ${mountPoint} has ${free} MiB free`;
  throw Object.assign(new Error(said), { code: 'ENOSPC' });
}

async function copyInto(
  unfinished: string,
  client: Client,
  copy: Parameters<typeof copyRunningCluster>[1],
): Promise<BaseBackup> {
  const started = await client.query<{ lsn: string }>('SELECT pg_backup_start($1, fast => true)::text AS lsn', [
    copy.label,
  ]);
  const entries = (await readdir(copy.from)).filter((name) => !ownFiles.has(name) && !leftOut.has(name));
  await copyLive(
    entries.map((name) => join(copy.from, name)),
    unfinished,
  );
  const { rows } = await client.query<{ lsn: string; labelfile: string }>(
    'SELECT lsn::text, labelfile FROM pg_backup_stop(wait_for_archive => false)',
  );
  const made = [...leftOut, join('pg_wal', 'archive_status'), join('pg_wal', 'summaries')].map((name) =>
    join(unfinished, name),
  );
  for (const folder of made) await mkdir(folder, { mode: 0o700 });
  const label = join(unfinished, 'backup_label');
  await writeFile(label, rows[0]!.labelfile, { mode: 0o600 });
  if (copy.user.kind === 'own') {
    for (const path of [unfinished, label, ...made]) await chown(path, copy.user.id, copy.user.id);
  }
  await execFile('sync', ['--file-system', unfinished]);
  await rm(copy.to, { recursive: true, force: true });
  await rename(unfinished, copy.to);
  return { from: started.rows[0]!.lsn, until: rows[0]!.lsn };
}

/** Files that go away while they are copied are none that a copy needs: the log makes good for them. */
async function copyLive(paths: readonly string[], to: string): Promise<void> {
  try {
    await execFile('nice', ['cp', '--archive', '--reflink=auto', '--target-directory', to, '--', ...paths], {
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch (error) {
    const lines = String((error as { stderr?: unknown }).stderr ?? error)
      .trim()
      .split('\n');
    if (lines.some((line) => !line.endsWith('No such file or directory'))) throw error;
  }
}
