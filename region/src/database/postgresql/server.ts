import { setTimeout as delay } from 'node:timers/promises';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from '../configuration.ts';
import { noServerForThisMachine } from '../mistakes.ts';
import { postgresqlBinaries } from './binaries.ts';
import { settleMaster } from './master.ts';
import { alone, DatabaseNode } from './node.ts';
import { prepare } from './preparation.ts';

/**
 * A single-zone instance of RDS for PostgreSQL: made when it is first wanted, its data kept, started again when it
 * dies, and stopped cleanly.
 */
export class PostgresqlServer implements RunningDatabase {
  readonly #node: DatabaseNode;
  readonly #emit: (event: DatabaseEvent) => void;
  #stopping = false;
  #recovering: Promise<void> = Promise.resolve();

  private constructor(node: DatabaseNode, emit: (event: DatabaseEvent) => void) {
    this.#node = node;
    this.#emit = emit;
    node.onDeath = () => {
      this.#recovering = this.#recover();
    };
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
    const mistake = (await prepare(node, binaries)) ?? (await node.launch(alone));
    if (mistake) return failure([mistake]);
    const server = new PostgresqlServer(node, on);
    const created = await settleMaster(node);
    on({ kind: 'ready', database: configuration.id, created, milliseconds: Date.now() - began });
    return success(server);
  }

  /**
   * Takes over what can be changed while it runs: certificate, password, TLS enforcement and settings; what the server takes
   * only at its start waits for the next one, as RDS has it pending until a reboot. Address, port and data stay.
   */
  async configure(configuration: DatabaseConfiguration): Promise<void> {
    this.#node.configuration = configuration;
    await this.#node.reload(alone);
    if (this.#node.isRunning) await settleMaster(this.#node);
  }

  async restart(): Promise<Mistake | undefined> {
    await this.#node.stop();
    return this.#node.launch(alone);
  }

  get processId(): number | undefined {
    return this.#node.processId;
  }

  get socketDirectory(): string {
    return this.#node.folders.socket;
  }

  readonly activeNode = 'primary';

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    await this.#recovering;
    await this.#node.stop();
  }

  /** As RDS does: the server is started again and recovers from its log; after several failures it is left. */
  async #recover(): Promise<void> {
    const { id } = this.#node.configuration;
    for (const pause of [0, 500, 1000, 2000, 4000]) {
      await delay(pause);
      if (this.#stopping) return;
      this.#emit({ kind: 'crashed', database: id, said: await this.#node.lastWords() });
      if ((await this.#node.launch(alone)) === undefined) {
        this.#emit({ kind: 'ready', database: id, created: false, milliseconds: 0 });
        return;
      }
    }
    this.#emit({ kind: 'given-up', database: id, said: await this.#node.lastWords() });
  }
}
