import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { AnswerWatch } from '../../answering/answer-watch.ts';
import type { DatabaseBackups, DatabaseConfiguration, DatabaseEvent, RunningDatabase } from '../configuration.ts';
import { noServerForThisMachine } from '../mistakes.ts';
import { watchServer } from '../server-watch.ts';
import { startAgain } from '../start-again.ts';
import { commitLocally } from './answers.ts';
import { BackupSchedule } from './backup-schedule.ts';
import { postgresqlBinaries } from './binaries.ts';
import { settleMaster } from './master.ts';
import { DatabaseNode } from './node.ts';
import { prepare } from './preparation.ts';

/**
 * A single-zone instance of RDS for PostgreSQL: made when it is first wanted, its data kept, started again when it
 * dies, and stopped cleanly.
 */
export class PostgresqlServer implements RunningDatabase {
  readonly #node: DatabaseNode;
  readonly #emit: (event: DatabaseEvent) => void;
  readonly #schedule: BackupSchedule;
  readonly #watch: AnswerWatch;
  #stopping = false;
  #recovering: Promise<void> = Promise.resolve();

  readonly activeNode = 'primary';
  readonly standbyState = 'none';
  readonly version: string;

  private constructor(
    node: DatabaseNode,
    version: string,
    schedule: BackupSchedule,
    emit: (event: DatabaseEvent) => void,
  ) {
    this.#node = node;
    this.version = version;
    this.#schedule = schedule;
    this.#emit = emit;
    node.onDeath = () => {
      this.#recovering = this.#recover().catch((error) => this.#giveUp(String(error)));
    };
    const { id: database } = node.configuration;
    this.#watch = watchServer({
      node: 'server',
      database,
      whom: () => node.running,
      patience: () => node.configuration.patience.server,
      ask: async (signal) => void (await commitLocally(node.address, null, signal)),
      // As its host is recovered on AWS: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-recover.html
      hangs: (milliseconds) => {
        emit({ kind: 'hung', database, node: 'server', milliseconds });
        node.fence();
      },
      emit,
    });
  }

  /** Accepting connections, with its master user and first database, when it resolves. */
  static async start(
    configuration: DatabaseConfiguration,
    on: (event: DatabaseEvent) => void = () => {},
  ): Promise<Result<PostgresqlServer>> {
    const began = Date.now();
    const binaries = postgresqlBinaries();
    if (!binaries) return failure([noServerForThisMachine(configuration.place)]);
    const node = new DatabaseNode(configuration, binaries);
    const schedule = new BackupSchedule(configuration.directory, on);
    const mistake = (await prepare(node, binaries)) ?? (await node.launch(await schedule.roleOf(node)));
    if (mistake) return failure([mistake]);
    const server = new PostgresqlServer(node, binaries.release, schedule, on);
    const created = await settleMaster(node);
    on({ kind: 'ready', database: configuration.id, created, milliseconds: Date.now() - began });
    schedule.begin(() => node);
    return success(server);
  }

  /**
   * Takes over what can be changed while it runs: certificate, password, TLS enforcement and settings; what the server takes
   * only at its start waits for the next one, as RDS has it pending until a reboot. Address, port and data stay.
   */
  async configure(configuration: DatabaseConfiguration): Promise<void> {
    const archived = this.#node.configuration.backupRetention > 0;
    this.#node.configuration = configuration;
    // Switching backups on or off takes a restart, here as on RDS.
    if (archived !== configuration.backupRetention > 0) await this.restart();
    else await this.#node.reload(await this.#schedule.roleOf(this.#node));
    this.#schedule.begin(() => this.#node);
    if (this.#node.isRunning) await settleMaster(this.#node);
  }

  async restart(): Promise<Mistake | undefined> {
    await this.#node.stop();
    return this.#node.launch(await this.#schedule.roleOf(this.#node));
  }

  /** There is nobody to take over. */
  failover(): Promise<boolean> {
    return Promise.resolve(false);
  }

  readonly backups: DatabaseBackups = {
    take: () => this.#schedule.take(this.#node),
    sendLog: () => this.#schedule.sendLog(this.#node),
  };

  get processId(): number | undefined {
    return this.#node.processId;
  }

  get socketDirectory(): string {
    return this.#node.folders.socket;
  }

  async silentFor(): Promise<number | null> {
    return this.#watch.look();
  }

  /** One that does not answer is not asked to end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#schedule[Symbol.dispose]();
    if ((await this.#watch.look()) !== null) await this.#node.kill();
    this.#watch[Symbol.dispose]();
    await this.#recovering;
    await this.#node.stop();
  }

  #recover(): Promise<void> {
    const { id, directory } = this.#node.configuration;
    return startAgain({
      id,
      directory,
      launch: async () => (await this.#node.launch(await this.#schedule.roleOf(this.#node)))?.cause.en,
      lastWords: () => this.#node.lastWords(),
      isStopping: () => this.#stopping,
      emit: this.#emit,
    });
  }

  #giveUp(said: string): void {
    if (!this.#stopping) this.#emit({ kind: 'given-up', database: this.#node.configuration.id, said });
  }
}
