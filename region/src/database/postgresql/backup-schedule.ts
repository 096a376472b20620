import { words } from '@terrace/cloud/words';
import { isOutOfRoom } from '../../keeping/disk-room.ts';
import type { DatabaseEvent } from '../configuration.ts';
import { asAdministrator } from './administration.ts';
import { nextBackup } from './backup-window.ts';
import { type Backup, Backups } from './backups.ts';
import { alone, type DatabaseNode, type NodeRole } from './node.ts';

/** After the instance came up: a first copy is not to slow down what starts beside it. Milliseconds. */
const settling = 60_000;
/** After a copy that failed, in milliseconds. */
const retry = 60_000;

/**
 * When an instance is backed up: once it is there, and every day in its window from then on. Retention 0 keeps nothing, not even
 * what there is.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
 */
export class BackupSchedule implements Disposable {
  readonly #backups: Backups;
  readonly #emit: (event: DatabaseEvent) => void;
  #timer: NodeJS.Timeout | undefined;
  #taking: Promise<unknown> = Promise.resolve();
  #ended = false;
  readonly #settling: number;

  constructor(directory: string, emit: (event: DatabaseEvent) => void, wait = settling) {
    this.#backups = new Backups(directory);
    this.#emit = emit;
    this.#settling = wait;
  }

  /** The role with what archiving adds to it. */
  async extend(role: NodeRole, node: DatabaseNode): Promise<NodeRole> {
    if (node.configuration.backupRetention === 0) return role;
    const { settings, binds } = await this.#backups.role(node);
    return { ...role, settings: { ...settings, ...role.settings }, binds: [...role.binds, ...binds] };
  }

  roleOf(node: DatabaseNode): Promise<NodeRole> {
    return this.extend(alone, node);
  }

  /** @param active The server that takes writes at the time. */
  begin(active: () => DatabaseNode): void {
    clearTimeout(this.#timer);
    if (active().configuration.backupRetention > 0) this.#planBehind(active);
    else this.#taking = this.#taking.then(() => this.#backups.removeAll()).catch(() => undefined);
  }

  take(node: DatabaseNode): Promise<Backup> {
    const taken = this.#taking.then(() => this.#backups.take(node));
    this.#taking = taken.catch(() => undefined);
    return taken;
  }

  async sendLog(node: DatabaseNode): Promise<void> {
    await asAdministrator(node.address, async (client) => {
      // A file with nothing in it is not switched away from.
      await client.query("SELECT pg_create_restore_point('sent')");
      const { rows } = await client.query<{ name: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS name');
      const arrived = 'SELECT FROM pg_stat_archiver WHERE last_archived_wal >= $1';
      const deadline = Date.now() + 30_000;
      while ((await client.query(arrived, [rows[0]!.name])).rowCount === 0) {
        if (Date.now() > deadline) throw new Error('The log was not archived within half a minute');
        await new Promise((done) => setTimeout(done, 20));
      }
    });
  }

  /** A copy that is under way ends with the server's sessions, and leaves nothing that counts. */
  [Symbol.dispose](): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** What could not be looked up, for example while copies are removed, is looked up again later. */
  #planBehind(active: () => DatabaseNode): void {
    this.#plan(active).catch(() => this.#planLater(active));
  }

  #planLater(active: () => DatabaseNode): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => this.#planBehind(active), retry).unref();
  }

  async #plan(active: () => DatabaseNode): Promise<void> {
    const due = await this.#due(active());
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#taking = this.#daily(active()).then(
          () => this.#planBehind(active),
          (error) => {
            this.#notTaken(active().configuration.id, error);
            this.#planLater(active);
          },
        );
      },
      Math.max(this.#settling, due - Date.now()),
    );
    this.#timer.unref();
  }

  #notTaken(database: string, error: unknown): void {
    if (this.#ended) return;
    if (isOutOfRoom(error)) this.#emit(notBackedUp(database));
  }

  async #due({ configuration }: DatabaseNode): Promise<number> {
    const last = (await this.#backups.list()).at(-1)?.time;
    return nextBackup({ last, window: configuration.backupWindow }, Date.now());
  }

  /** The machine may have slept over it: what is no longer due waits for the next window. */
  async #daily(node: DatabaseNode): Promise<void> {
    if (!node.isRunning || (await this.#due(node)) > Date.now()) return;
    const { id } = await this.#backups.take(node);
    await this.#backups.prune(node.configuration.backupRetention);
    this.#emit({ kind: 'backed-up', database: node.configuration.id, backup: id });
  }
}

export function notBackedUp(database: string): DatabaseEvent {
  const undone = words(
    `The database ${database} was not backed up; it is tried again every minute.`,
    `데이터베이스 ${database}{을/를} 백업하지 못했습니다. 1분마다 다시 시도합니다.`,
  );
  return { kind: 'no-room', database, isDown: false, undone };
}
