import type { ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { AnswerWatch } from '../../answering/answer-watch.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from '../configuration.ts';
import { copyData } from '../copy-data.ts';
import { exists } from '../exists.ts';
import { endServer, hasNotEnded, lastLines, launchServer } from '../launch-server.ts';
import { dataInUse, noServerForThisMachine, serverNotStarted } from '../mistakes.ts';
import { heldExitCode, type PrivateView } from '../private-view.ts';
import { runInView } from '../run.ts';
import { watchServer } from '../server-watch.ts';
import { startAgain } from '../start-again.ts';
import { takeOver } from '../take-over.ts';
import { answers } from './answers.ts';
import { type MariadbBinaries, mariadbBinaries, systemTables } from './binaries.ts';
import { inside, serverOptions, startStatements } from './configuration-files.ts';

/**
 * RDS for MariaDB, and for MySQL as far as MariaDB is compatible with it: Debian's server under a user of its own, its data
 * kept, started again when it dies. In one zone and without backups: those are modelled for these engines.
 */
export class MariadbServer implements RunningDatabase {
  #configuration: DatabaseConfiguration;
  readonly #binaries: MariadbBinaries;
  readonly #emit: (event: DatabaseEvent) => void;
  #process: ChildProcess | undefined;
  readonly #watch: AnswerWatch;
  #stopping = false;
  #recovering: Promise<void> = Promise.resolve();
  readonly activeNode = 'primary';
  readonly standbyState = 'none';
  readonly backups = null;
  /** As the server calls itself once it has started, for example `10.11.14-MariaDB`. */
  version = 'MariaDB';

  private constructor(
    configuration: DatabaseConfiguration,
    binaries: MariadbBinaries,
    emit: (event: DatabaseEvent) => void,
  ) {
    this.#configuration = configuration;
    this.#binaries = binaries;
    this.#emit = emit;
    const { id: database } = configuration;
    this.#watch = watchServer({
      node: 'server',
      database,
      whom: () => this.#process ?? null,
      patience: () => this.#configuration.patience.server,
      ask: (signal) => answers(this.#folders.socket, signal),
      hangs: (milliseconds) => {
        emit({ kind: 'hung', database, node: 'server', milliseconds });
        this.#process?.kill('SIGKILL');
      },
      emit,
    });
  }

  static async start(
    configuration: DatabaseConfiguration,
    on: (event: DatabaseEvent) => void = () => {},
  ): Promise<Result<MariadbServer>> {
    const began = Date.now();
    const binaries = mariadbBinaries();
    if (!binaries) return failure([noServerForThisMachine(configuration.place, 'MariaDB')]);
    const server = new MariadbServer(configuration, binaries, on);
    await mkdir(configuration.directory, { recursive: true, mode: 0o700 });
    await mkdir(configuration.cache, { recursive: true, mode: 0o700 });
    const created = !(await exists(join(server.#folders.data, 'mysql')));
    if (created) await copyData(await emptyData(binaries, configuration), server.#folders.data);
    const mistake = await server.#launch();
    if (mistake) return failure([mistake]);
    on({ kind: 'ready', database: configuration.id, created, milliseconds: Date.now() - began });
    return success(server);
  }

  /** Everything but the certificate's renewal is taken by the server at its start: a change of it ends and starts the server. */
  async configure(configuration: DatabaseConfiguration): Promise<void> {
    const before = this.#files(this.#configuration);
    this.#configuration = configuration;
    if (JSON.stringify(before) !== JSON.stringify(this.#files(configuration))) await this.restart();
  }

  async restart(): Promise<Mistake | undefined> {
    await this.#stop();
    return this.#launch();
  }

  /** There is nobody to take over. */
  failover(): Promise<boolean> {
    return Promise.resolve(false);
  }

  get processId(): number | undefined {
    return this.#process?.pid;
  }

  silentFor(): Promise<number | null> {
    return this.#watch.look();
  }

  /** One that does not answer is not asked to end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    if ((await this.#watch.look()) !== null) this.#process?.kill('SIGKILL');
    this.#watch[Symbol.dispose]();
    await this.#recovering;
    await this.#stop();
  }

  get #folders() {
    const { directory } = this.#configuration;
    const at = (name: string) => join(directory, name);
    return {
      data: at('data'),
      socket: at('socket'),
      files: at('files'),
      view: at('view'),
      lock: at('lock'),
      log: at('log'),
      made: at('made.json'),
    };
  }

  async #launch(): Promise<Mistake | undefined> {
    const folders = this.#folders;
    const mark = createHash('sha256')
      .update(`${this.#configuration.masterUser}\0${this.#configuration.masterPassword}`)
      .digest('hex');
    const made = await readFile(folders.made, 'utf8').catch(() => undefined);
    await this.#writeFiles(
      startStatements(this.#configuration, { password: made !== mark, database: made === undefined }),
    );
    const command = [`${inside.programs}/sbin/mariadbd`, `--defaults-file=${inside.files}/server.cnf`];
    const launched = await launchServer(this.#view(), command, folders.log, async (_, from) =>
      (await lastLines(folders.log, from)).some((line) => line.includes('ready for connections')),
    );
    if (launched.kind === 'ended') {
      const { place, directory } = this.#configuration;
      if (launched.code === heldExitCode) return dataInUse(place, directory);
      const lines = (await lastLines(folders.log, launched.log)).filter((line) => line.includes('[ERROR]'));
      return serverNotStarted(place, lines.slice(-2).join(' ') || `it ended with ${launched.code}`, folders.log);
    }
    await writeWhole(folders.made, mark);
    const said = (await lastLines(folders.log, launched.log)).join('\n');
    this.version = /\b\d+\.\d+\.\d+-MariaDB\b/.exec(said)?.[0] ?? this.version;
    this.#process = launched.child;
    if (hasNotEnded(launched.child)) launched.child.once('exit', () => this.#died(launched.child));
    else this.#died(launched.child);
    return undefined;
  }

  #died(child: ChildProcess): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#recovering = this.#recover().catch((error) => this.#giveUp(String(error)));
  }

  #giveUp(said: string): void {
    if (!this.#stopping) this.#emit({ kind: 'given-up', database: this.#configuration.id, said });
  }

  #files(configuration: DatabaseConfiguration): Readonly<Record<string, string>> {
    return {
      'server.cnf': serverOptions(configuration),
      'server.crt': configuration.certificate.certificate,
      'server.key': configuration.certificate.key,
      master: `${configuration.masterUser} ${configuration.masterPassword}`,
    };
  }

  async #writeFiles(statements: string): Promise<void> {
    const folders = this.#folders;
    const { user } = this.#configuration;
    const { master: _, ...files } = this.#files(this.#configuration);
    for (const folder of [folders.view, folders.socket, folders.files]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (folder !== folders.view) await takeOver(folder, user);
    }
    await takeOver(folders.data, user);
    for (const [name, text] of Object.entries({ ...files, 'start.sql': statements })) {
      await writeWhole(join(folders.files, name), text, user.kind === 'own' ? user.id : undefined);
    }
  }

  #view(): PrivateView {
    const { networkNamespace, user } = this.#configuration;
    const folders = this.#folders;
    return {
      ...programView(this.#binaries),
      networkNamespace,
      user,
      mountPoint: folders.view,
      lockFile: folders.lock,
      leftovers: [join(folders.socket, 'socket')],
      binds: [
        ...programView(this.#binaries).binds,
        { source: folders.data, target: inside.data, writable: true },
        { source: folders.socket, target: inside.socket, writable: true },
        { source: folders.files, target: inside.files, writable: false },
      ],
    };
  }

  #recover(): Promise<void> {
    const { id, directory } = this.#configuration;
    return startAgain({
      id,
      directory,
      launch: async () => (await this.#launch())?.cause.en,
      lastWords: async () => (await lastLines(this.#folders.log)).at(-1) ?? '',
      isStopping: () => this.#stopping,
      emit: this.#emit,
    });
  }

  async #stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child && hasNotEnded(child)) await endServer(child, 'SIGTERM');
  }
}

/** An empty data folder, made once for a server and a user, and copied from then on. */
async function emptyData(binaries: MariadbBinaries, { cache, user }: DatabaseConfiguration): Promise<string> {
  const finished = join(cache, `mariadb-${binaries.mark}-${user.kind}-${user.id}`);
  if (await exists(finished)) return finished;
  const building = join(cache, `building-${randomUUID()}`);
  const data = join(building, 'data');
  await mkdir(data, { recursive: true, mode: 0o700 });
  await mkdir(join(building, 'view'));
  if (user.kind === 'own') await chown(data, user.id, user.id);
  const { libraryPath, binds } = programView(binaries);
  const view: PrivateView = {
    networkNamespace: null,
    user,
    mountPoint: join(building, 'view'),
    lockFile: join(building, 'lock'),
    leftovers: [],
    libraryPath,
    binds: [...binds, { source: data, target: inside.data, writable: true }],
  };
  const options = ['--no-defaults', '--bootstrap', `--basedir=${inside.programs}`, `--datadir=${inside.data}`];
  const messages = `--lc-messages-dir=${inside.programs}/share/mysql`;
  try {
    await runInView(
      view,
      [`${inside.programs}/sbin/mariadbd`, ...options, messages, '--log-warnings=0'],
      systemTables(binaries),
    );
    await rename(data, finished);
  } catch (error) {
    // Another region of this machine may have been quicker with the same.
    if (!(await exists(finished))) throw error;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return finished;
}

function programView({ prefix, ownLibraries }: MariadbBinaries): Pick<PrivateView, 'libraryPath' | 'binds'> {
  const binds = ['sbin/mariadbd', 'share/mysql'].map((path) => ({
    source: join(prefix, path),
    target: `${inside.programs}/${path}`,
    writable: false,
  }));
  if (!ownLibraries) return { libraryPath: null, binds };
  const target = `${inside.programs}/lib`;
  return {
    libraryPath: ['x86_64', 'aarch64'].map((machine) => `${target}/${machine}-linux-gnu`).join(':'),
    binds: [...binds, { source: join(prefix, 'lib'), target, writable: false }],
  };
}
