import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, open, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { DatabaseConfiguration, DatabaseEvent } from '../configuration.ts';
import { dataInUse, diskFull, noServerForThisMachine, otherMajorVersion, serverNotStarted } from '../mistakes.ts';
import { heldExitCode, insideView } from '../private-view.ts';
import { execFile } from '../run.ts';
import { asAdministrator, changePassword, createMaster } from './administration.ts';
import { type Binaries, postgresqlBinaries } from './binaries.ts';
import { copyCluster, emptyCluster } from './cluster.ts';
import { hostBasedAuthentication, identityMap, inside, postgresqlConf } from './configuration-files.ts';

/** MiB that have to be free: an empty cluster, its log and room for a first checkpoint. */
const needed = { toCreate: 256, toStart: 64 } as const;
const patience = 60_000;

/**
 * A PostgreSQL server that lives as one RDS instance does: made when it is first wanted, its data kept, started again
 * when it dies, and stopped cleanly.
 */
export class PostgresqlServer implements AsyncDisposable {
  #configuration: DatabaseConfiguration;
  readonly #binaries: Binaries;
  readonly #emit: (event: DatabaseEvent) => void;
  #process: ChildProcess | undefined;
  #stopping = false;

  private constructor(configuration: DatabaseConfiguration, binaries: Binaries, emit: (event: DatabaseEvent) => void) {
    this.#configuration = configuration;
    this.#binaries = binaries;
    this.#emit = emit;
  }

  /** Accepting connections, with its master user and first database, when it resolves. */
  static async start(
    configuration: DatabaseConfiguration,
    on: (event: DatabaseEvent) => void = () => {},
  ): Promise<Result<PostgresqlServer>> {
    const began = Date.now();
    const binaries = postgresqlBinaries();
    if (!binaries) return failure([noServerForThisMachine(configuration.place)]);
    const server = new PostgresqlServer(configuration, binaries, on);
    const folders = server.#folders;
    await mkdir(configuration.directory, { recursive: true, mode: 0o700 });
    await mkdir(configuration.cache, { recursive: true, mode: 0o700 });
    if (await isHeld(folders.lock)) return failure([dataInUse(configuration.place, configuration.directory)]);
    const kept = await keptVersion(folders.data);
    if (kept !== undefined && Number(kept) !== binaries.major) {
      return failure([otherMajorVersion(configuration.place, kept, binaries.major, folders.data)]);
    }
    const room = await freeMebibytes(configuration.directory);
    const wanted = kept === undefined ? needed.toCreate : needed.toStart;
    if (room < wanted) return failure([diskFull(configuration.place, configuration.directory, room, wanted)]);
    if (kept === undefined) {
      await copyCluster(await emptyCluster(binaries, configuration.cache, configuration.user), folders.data);
    }
    const mistake = await server.#launch();
    if (mistake) return failure([mistake]);
    const created = await server.#settle();
    on({ kind: 'ready', database: configuration.id, created, milliseconds: Date.now() - began });
    return success(server);
  }

  /**
   * Takes over what can be changed while it runs: certificate, password, TLS enforcement and settings; what the server takes
   * only at its start waits for the next one, as RDS has it pending until a reboot. Address, port and data stay.
   */
  async configure(configuration: DatabaseConfiguration): Promise<void> {
    this.#configuration = configuration;
    await this.#writeFiles();
    this.#process?.kill('SIGHUP');
    await this.#settle();
  }

  /** Ends and starts the server, as a reboot of the instance does. */
  async restart(): Promise<Mistake | undefined> {
    await this.#stop();
    this.#stopping = false;
    return this.#launch();
  }

  get processId(): number | undefined {
    return this.#process?.pid;
  }

  get socketDirectory(): string {
    return this.#folders.socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  get #folders() {
    const { directory } = this.#configuration;
    return {
      data: join(directory, 'data'),
      socket: join(directory, 'socket'),
      certificate: join(directory, 'certificate'),
      view: join(directory, 'view'),
      lock: join(directory, 'lock'),
      log: join(directory, 'log'),
      made: join(directory, 'made.json'),
    };
  }

  async #launch(): Promise<Mistake | undefined> {
    const folders = this.#folders;
    await this.#writeFiles();
    const log = await open(folders.log, 'a', 0o600);
    const begins = (await log.stat()).size;
    const [program, ...words] = this.#command();
    const child = spawn(program!, words, { stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    const outcome = await Promise.race([
      once(child, 'exit').then(([code]) => ({ kind: 'ended' as const, code: code as number | null })),
      once(child, 'error').then(([error]) => Promise.reject(error)),
      accepting(folders.data, child),
    ]);
    if (outcome.kind === 'ready') {
      this.#process = child;
      if (child.exitCode === null && child.signalCode === null) child.once('exit', () => this.#ended(child));
      else this.#ended(child);
      return undefined;
    }
    const { place, directory } = this.#configuration;
    if (outcome.code === heldExitCode) return dataInUse(place, directory);
    return serverNotStarted(place, await lastWords(folders.log, begins), folders.log);
  }

  #command(): string[] {
    const { networkNamespace, user } = this.#configuration;
    const folders = this.#folders;
    return insideView(
      {
        networkNamespace,
        user,
        mountPoint: folders.view,
        lockFile: folders.lock,
        leftovers: [join(folders.data, 'postmaster.pid')],
        libraryPath: `${inside.programs}/lib`,
        binds: [
          { source: this.#binaries.directory, target: inside.programs, writable: false },
          { source: folders.data, target: inside.data, writable: true },
          { source: folders.socket, target: inside.socket, writable: true },
          { source: folders.certificate, target: inside.certificate, writable: false },
        ],
      },
      [`${inside.programs}/bin/postgres`, '-D', inside.data],
    );
  }

  async #writeFiles(): Promise<void> {
    const folders = this.#folders;
    const { certificate, user } = this.#configuration;
    const owner = user.kind === 'own' ? user.id : undefined;
    for (const folder of [folders.view, folders.socket, folders.certificate]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (owner !== undefined && folder !== folders.view) await chown(folder, owner, owner);
    }
    const files = [
      [join(folders.certificate, 'server.crt'), certificate.certificate],
      [join(folders.certificate, 'server.key'), certificate.key],
      [join(folders.data, 'postgresql.conf'), postgresqlConf(this.#configuration)],
      [join(folders.data, 'pg_hba.conf'), hostBasedAuthentication(this.#configuration)],
      [join(folders.data, 'pg_ident.conf'), identityMap],
    ] as const;
    for (const [path, text] of files) {
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      if (owner !== undefined) await chown(`${path}.new`, owner, owner);
      await rename(`${path}.new`, path);
    }
  }

  /** Makes the master user and the first database, once; later only a changed password is passed on. True if it made them. */
  async #settle(): Promise<boolean> {
    const { masterUser, masterPassword, databaseName, port } = this.#configuration;
    const folders = this.#folders;
    const mark = createHash('sha256').update(`${masterUser}\0${masterPassword}`).digest('hex');
    const made = await readMade(folders.made);
    if (made?.mark === mark) return false;
    await asAdministrator({ socketDirectory: folders.socket, port }, async (client) => {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [masterUser]);
      if (rowCount === 0)
        await createMaster(client, { user: masterUser, password: masterPassword, database: databaseName });
      else await changePassword(client, masterUser, masterPassword);
    });
    await writeFile(folders.made, JSON.stringify({ mark }), { mode: 0o600 });
    return made === undefined;
  }

  #ended(child: ChildProcess): void {
    if (this.#process !== child || this.#stopping) return;
    void this.#recover();
  }

  /** As RDS does: the server is started again and recovers from its log; after several failures it is left. */
  async #recover(): Promise<void> {
    const { id } = this.#configuration;
    for (const pause of [0, 500, 1000, 2000, 4000]) {
      await delay(pause);
      if (this.#stopping) return;
      this.#emit({ kind: 'crashed', database: id, said: await lastWords(this.#folders.log, 0) });
      if ((await this.#launch()) === undefined) {
        this.#emit({ kind: 'ready', database: id, created: false, milliseconds: 0 });
        return;
      }
    }
    this.#emit({ kind: 'given-up', database: id, said: await lastWords(this.#folders.log, 0) });
  }

  /** A fast shutdown: sessions are ended, a checkpoint is written; what does not end in time is ended, and recovers at the next start. */
  async #stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    const late = new AbortController();
    const killed = delay(15_000, undefined, { signal: late.signal })
      .then(() => child.kill('SIGKILL'))
      .catch(() => {});
    await ended;
    late.abort();
    await killed;
    this.#process = undefined;
  }
}

/** PostgreSQL writes into its process file when it is ready; before that there is no one to ask. */
async function accepting(data: string, child: ChildProcess): Promise<{ kind: 'ready' }> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
    if (text.startsWith(`${child.pid}\n`) && /^ready\s*$/m.test(text)) return { kind: 'ready' };
    await delay(5);
  }
  child.kill('SIGKILL');
  throw new Error('The database server was not ready within a minute');
}

/** Whether a server has the data, of this region or another. */
async function isHeld(lock: string): Promise<boolean> {
  return execFile('flock', ['--nonblock', '--conflict-exit-code', String(heldExitCode), lock, 'true']).then(
    () => false,
    (error: { code?: unknown }) => {
      if (error.code === heldExitCode) return true;
      throw error;
    },
  );
}

async function keptVersion(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function freeMebibytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

async function readMade(path: string): Promise<{ mark: string } | undefined> {
  return readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as { mark: string },
    () => undefined,
  );
}

/** The last lines of the log that say why, from an offset on. */
async function lastWords(path: string, from: number): Promise<string> {
  const { size } = await stat(path);
  const log = await open(path, 'r');
  const begin = Math.max(from, size - 8192);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(8192), 0, 8192, begin);
  await log.close();
  const lines = buffer.subarray(0, bytesRead).toString().trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|ERROR| parameter "/.test(line)).slice(-2);
  return (telling.length > 0 ? telling : lines.slice(-1)).join(' ').trim();
}
