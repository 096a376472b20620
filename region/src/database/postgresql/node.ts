import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mistake } from '@terrace/cloud/mistake';
import { makePrivateFile } from '../../keeping/private-folder.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import type { DatabaseConfiguration } from '../configuration.ts';
import { endServer, hasNotEnded, lastLines, launchServer } from '../launch-server.ts';
import { holdersOf } from '../lock-holders.ts';
import { dataInUse, serverNotStarted } from '../mistakes.ts';
import { type Bind, heldExitCode, type PrivateView } from '../private-view.ts';
import { execFile } from '../run.ts';
import { takeOver } from '../take-over.ts';
import type { Binaries } from './binaries.ts';
import { hostBasedAuthentication, identityMap, inside, postgresqlConf } from './configuration-files.ts';

/** What a node is to the other: its settings, the folders it sees besides its own, and which signal files stand in its data. */
export interface NodeRole {
  readonly settings: Readonly<Record<string, string>>;
  readonly binds: readonly Bind[];
  readonly signal: 'standby.signal' | 'recovery.signal' | null;
}

export const alone: NodeRole = { settings: {}, binds: [], signal: null };

/** One PostgreSQL server on one address: its folders, its files and its process. What it means is for its owner to say. */
export class DatabaseNode {
  configuration: DatabaseConfiguration;
  readonly #binaries: Binaries;
  #process: ChildProcess | undefined;
  #role: NodeRole = alone;
  #wanted = false;
  /** Called when the server ends without having been told to. */
  onDeath: () => void = () => {};

  constructor(configuration: DatabaseConfiguration, binaries: Binaries) {
    this.configuration = configuration;
    this.#binaries = binaries;
  }

  get folders() {
    const { directory } = this.configuration;
    return {
      data: join(directory, 'data'),
      socket: join(directory, 'socket'),
      certificate: join(directory, 'certificate'),
      view: join(directory, 'view'),
      lock: join(directory, 'lock'),
      log: join(directory, 'log'),
    };
  }

  get processId(): number | undefined {
    return this.#process?.pid;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** The server that runs: another one after each start. */
  get running(): object | null {
    return this.#process ?? null;
  }

  /** For `asAdministrator`. */
  get address() {
    return { socketDirectory: this.folders.socket, port: this.configuration.port };
  }

  /** Whether a server has the data, of this region or another. */
  async isHeld(): Promise<boolean> {
    await mkdir(this.configuration.directory, { recursive: true, mode: 0o700 });
    await makePrivateFile(this.folders.lock);
    const words = ['--nonblock', '--conflict-exit-code', String(heldExitCode), this.folders.lock, 'true'];
    return execFile('flock', words).then(
      () => false,
      (error: { code?: unknown }) => {
        if (error.code === heldExitCode) return true;
        throw error;
      },
    );
  }

  /** Resolves when it accepts connections or, as a standby, follows; or to what kept it from that. */
  async launch(role: NodeRole): Promise<Mistake | undefined> {
    const { folders } = this;
    await this.writeFiles(role);
    const states = role.signal === 'standby.signal' ? ['ready', 'standby'] : ['ready'];
    const command = [`${inside.programs}/bin/postgres`, '-D', inside.data];
    const launched = await launchServer(this.#view(role), command, folders.log, (child) =>
      says(folders.data, child, states),
    );
    if (launched.kind === 'ended') {
      const { place, directory } = this.configuration;
      if (launched.code === heldExitCode) return dataInUse(place, directory);
      return serverNotStarted(place, await this.lastWords(launched.log), folders.log);
    }
    const { child } = launched;
    this.#process = child;
    this.#wanted = true;
    if (hasNotEnded(child)) child.once('exit', () => this.#ended(child));
    else this.#ended(child);
    return undefined;
  }

  /** Changes what can be changed while it runs. */
  async reload(role: NodeRole = this.#role): Promise<void> {
    await this.writeFiles(role);
    this.#process?.kill('SIGHUP');
  }

  /** Makes a standby a server of its own. Resolves when it accepts connections. */
  async promote(role: NodeRole): Promise<void> {
    const child = this.#process;
    if (!child) throw new Error(`${this.configuration.id} has no standby to promote`);
    await this.writeFiles(role, { keepSignal: true });
    await this.#writeOwned(join(this.folders.data, 'promote'), '');
    child.kill('SIGUSR1');
    while (hasNotEnded(child) && !(await says(this.folders.data, child, ['ready']))) await delay(5);
    child.kill('SIGHUP');
  }

  /** A fast shutdown: sessions are ended, a checkpoint is written. */
  async stop(): Promise<void> {
    this.#wanted = false;
    if (!this.#process) return;
    await endServer(this.#process, 'SIGINT');
    await this.#endRest();
  }

  /** Kills one that hangs. What follows is what follows when it dies by itself. */
  fence(): void {
    this.#process?.kill('SIGKILL');
  }

  /** As a failing machine ends it. Resolves when nothing of it runs any more. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#wanted = false;
    if (child) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await this.#endRest();
  }

  /** The processes that its first one made end with that, unless they hang too. Only its own can hold the lock that it held. */
  async #endRest(): Promise<void> {
    while (await this.isHeld()) {
      for (const id of await holdersOf(this.folders.lock)) {
        try {
          process.kill(id, 'SIGKILL');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      }
      await delay(10);
    }
  }

  /** The last lines of the log that say why, from an offset on. */
  async lastWords(from = 0): Promise<string> {
    const lines = await lastLines(this.folders.log, from);
    const telling = lines.filter((line) => /FATAL|PANIC|ERROR| parameter "/.test(line)).slice(-2);
    return (telling.length > 0 ? telling : lines.slice(-1)).join(' ').trim();
  }

  async writeFiles(role: NodeRole, { keepSignal = false } = {}): Promise<void> {
    this.#role = role;
    const { folders } = this;
    const { certificate, user } = this.configuration;
    for (const folder of [folders.view, folders.socket, folders.certificate]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (folder !== folders.view) await takeOver(folder, user);
    }
    await takeOver(folders.data, user);
    await this.#writeOwned(join(folders.certificate, 'server.crt'), certificate.certificate);
    await this.#writeOwned(join(folders.certificate, 'server.key'), certificate.key);
    await this.#writeOwned(join(folders.data, 'postgresql.conf'), postgresqlConf(this.configuration, role.settings));
    await this.#writeOwned(join(folders.data, 'pg_hba.conf'), hostBasedAuthentication(this.configuration));
    await this.#writeOwned(join(folders.data, 'pg_ident.conf'), identityMap);
    if (keepSignal) return;
    for (const signal of ['standby.signal', 'recovery.signal'] as const) {
      if (signal === role.signal) await this.#writeOwned(join(folders.data, signal), '');
      else await rm(join(folders.data, signal), { force: true });
    }
  }

  async #writeOwned(path: string, text: string): Promise<void> {
    const { user } = this.configuration;
    await writeWhole(path, text, user.kind === 'own' ? user.id : undefined);
  }

  #view(role: NodeRole): PrivateView {
    const { networkNamespace, user } = this.configuration;
    const { folders } = this;
    return {
      networkNamespace,
      user,
      mountPoint: folders.view,
      lockFile: folders.lock,
      leftovers: [
        join(folders.data, 'postmaster.pid'),
        join(folders.socket, `.s.PGSQL.${this.configuration.port}.lock`),
      ],
      libraryPath: `${inside.programs}/lib`,
      binds: [
        { source: this.#binaries.directory, target: inside.programs, writable: false },
        { source: folders.data, target: inside.data, writable: true },
        { source: folders.socket, target: inside.socket, writable: true },
        { source: folders.certificate, target: inside.certificate, writable: false },
        ...role.binds,
      ],
    };
  }

  #ended(child: ChildProcess): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    if (!this.#wanted) return;
    // What keeps the rest from ending keeps the next start from beginning, which says so.
    const ended = this.#endRest().catch(() => undefined);
    void ended.then(() => this.#wanted && !this.#process && this.onDeath());
  }
}

/** PostgreSQL says in its process file what it is ready for; before that there is no one to ask. */
async function says(data: string, child: ChildProcess, states: readonly string[]): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(child.pid) && states.includes(lines[7]?.trim() ?? '');
}
