import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure, type Mistake, type Result, success } from '@terrace/cloud/mistake';
import type { Client } from 'pg';
import { hasRoom, isOutOfRoom } from '../../keeping/disk-room.ts';
import type {
  DatabaseBackups,
  DatabaseConfiguration,
  DatabaseEvent,
  RunningDatabase,
  StandbyState,
} from '../configuration.ts';
import { noServerForThisMachine } from '../mistakes.ts';
import { waitsForRoom } from '../start-again.ts';
import { asAdministrator } from './administration.ts';
import { BackupSchedule } from './backup-schedule.ts';
import { copyRunningCluster } from './base-backup.ts';
import { type Binaries, postgresqlBinaries } from './binaries.ts';
import { settleMaster } from './master.ts';
import { DatabaseNode, type NodeRole } from './node.ts';
import { type PairState, readPairState, writePairState } from './pair-state.ts';
import { PairWatch } from './pair-watch.ts';
import { prepare } from './preparation.ts';

type Side = PairState['active'];

const slot = 'standby';
/** Where the standby sees the active node's socket: what RDS replicates over is none of the customer's networks. */
const activeSocket = '/run/active';

/**
 * A Multi-AZ instance: a synchronous standby in another zone's subnet that serves nothing and takes over when the active server
 * dies. A commit is acknowledged when both have it; only while the standby is away does the active one go on alone, and
 * then there is no failover to it.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 */
export class PostgresqlPair implements RunningDatabase {
  #configuration: DatabaseConfiguration;
  readonly #nodes: Readonly<Record<Side, DatabaseNode>>;
  readonly #emit: (event: DatabaseEvent) => void;
  readonly #schedule: BackupSchedule;
  readonly version: string;
  #state: PairState;
  readonly #watch: PairWatch;
  /** A standby that hung while it followed: what it has, it may go on with. */
  #dropped: object | null = null;
  #stopping = false;
  /** Everything that changes roles happens one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    configuration: DatabaseConfiguration,
    binaries: Binaries,
    state: PairState,
    emit: (event: DatabaseEvent) => void,
  ) {
    this.#configuration = configuration;
    this.version = binaries.release;
    this.#emit = emit;
    this.#state = state;
    this.#schedule = new BackupSchedule(configuration.directory, emit);
    this.#nodes = {
      primary: new DatabaseNode(sideOf(configuration, 'primary'), binaries),
      standby: new DatabaseNode(sideOf(configuration, 'standby'), binaries),
    };
    for (const side of ['primary', 'standby'] as const)
      this.#nodes[side].onDeath = () => this.#behind(() => this.#died(side));
    this.#watch = new PairWatch(
      {
        configuration: () => this.#configuration,
        active: () => this.#active,
        passive: () => this.#passive,
        emit,
        standbyHangs: () => this.#behind(() => this.#dropStandby()),
        standbyIsBack: () => this.#behind(() => this.#joinStandby()),
      },
      slot,
    );
  }

  /** Accepting connections when it resolves; the standby is made behind that, and told of by the event `in-sync`. */
  static async start(
    configuration: DatabaseConfiguration,
    on: (event: DatabaseEvent) => void = () => {},
  ): Promise<Result<PostgresqlPair>> {
    const began = Date.now();
    const binaries = postgresqlBinaries();
    if (!binaries) return failure([noServerForThisMachine(configuration.place)]);
    const state = await readPairState(stateFile(configuration));
    const pair = new PostgresqlPair(configuration, binaries, state, on);
    const active = pair.#nodes[state.active];
    const mistake = (await prepare(active, binaries)) ?? (await active.launch(await pair.#activeRole()));
    if (mistake) return failure([mistake]);
    // Before the first write: if the two were in sync, it waits for the standby.
    pair.#behind(() => pair.#joinStandby());
    const created = await settleMaster(active, join(configuration.directory, 'made.json'));
    on({ kind: 'ready', database: configuration.id, created, milliseconds: Date.now() - began });
    pair.#schedule.begin(() => pair.#active);
    return success(pair);
  }

  get activeNode(): Side {
    return this.#state.active;
  }

  get processId(): number | undefined {
    return this.#nodes[this.#state.active].processId;
  }

  get isInSync(): boolean {
    return this.#state.inSync;
  }

  get standbyState(): StandbyState {
    if (this.#watch.standbyIsSilent) return 'not-answering';
    return this.#state.inSync && this.#passive.isRunning ? 'in-sync' : 'behind';
  }

  silentFor(): Promise<number | null> {
    return this.#watch.look();
  }

  async configure(configuration: DatabaseConfiguration): Promise<void> {
    await this.#inTurn(async () => {
      const archived = this.#configuration.backupRetention > 0;
      this.#configuration = configuration;
      for (const side of ['primary', 'standby'] as const) this.#nodes[side].configuration = sideOf(configuration, side);
      if (archived !== configuration.backupRetention > 0) await this.#restartBoth();
      else {
        await this.#active.reload(await this.#activeRole());
        if (this.#passive.isRunning) await this.#passive.reload(await this.#passiveRole());
      }
      this.#schedule.begin(() => this.#active);
      if (this.#active.isRunning) await settleMaster(this.#active, join(configuration.directory, 'made.json'));
    });
  }

  /** Switching backups on or off takes a restart, here as on RDS. */
  async #restartBoth(): Promise<void> {
    await this.#active.stop();
    await this.#passive.stop();
    await this.#active.launch(await this.#activeRole());
    await this.#joinStandby();
  }

  /** Without a failover: the active server ends and starts. */
  async restart(): Promise<Mistake | undefined> {
    return this.#inTurn(async () => {
      await this.#active.stop();
      return this.#active.launch(await this.#activeRole());
    });
  }

  readonly backups: DatabaseBackups = {
    take: () => this.#schedule.take(this.#active),
    sendLog: () => this.#schedule.sendLog(this.#active),
  };

  /** As "reboot with failover". False, and nothing done, where the standby does not have everything. */
  failover(): Promise<boolean> {
    return this.#inTurn(() => this.#failover());
  }

  /** The standby outlives the active server: a clean end waits until it has everything. One that does not answer is not asked to end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#schedule[Symbol.dispose]();
    await this.#watch.look();
    if (this.#watch.activeIsSilent) await this.#active.kill();
    if (this.#watch.standbyIsSilent) await this.#passive.kill();
    await this.#turn;
    this.#watch[Symbol.dispose]();
    await this.#active.stop();
    await this.#passive.stop();
  }

  /** Commits wait for it no longer, as for one that ended. It may come back. */
  async #dropStandby(): Promise<void> {
    if (!this.#watch.standbyIsHung) return;
    if (this.#state.inSync) this.#dropped = this.#passive.running;
    await this.#goOnAlone();
  }

  get #active(): DatabaseNode {
    return this.#nodes[this.#state.active];
  }

  get #passive(): DatabaseNode {
    return this.#nodes[otherSide(this.#state.active)];
  }

  /** After a start the active node waits for the standby if that was written down; nothing is acknowledged before it joined. */
  #activeRole(): Promise<NodeRole> {
    return this.#archiving(activeRole(this.#state.inSync ? 'waits' : 'goes on alone'));
  }

  /** Both are ready to archive the log, and whichever takes writes does. */
  #archiving(role: NodeRole): Promise<NodeRole> {
    return this.#schedule.extend(role, this.#active);
  }

  #passiveRole(): Promise<NodeRole> {
    return this.#archiving({
      settings: {
        hot_standby: 'off',
        // So often it says how far it has come.
        wal_receiver_status_interval: '1s',
        primary_conninfo: `host=${activeSocket} port=${this.#configuration.port} user=rdsadmin application_name=${slot}`,
        primary_slot_name: slot,
        wal_retrieve_retry_interval: '500ms',
      },
      binds: [{ source: this.#active.folders.socket, target: activeSocket, writable: true }],
      signal: 'standby.signal',
    });
  }

  /** From now on commits wait for the standby; when it has everything, that is written down, and a failover possible. */
  async #becomeInSync(): Promise<void> {
    if (this.#state.inSync) return;
    await this.#active.reload(await this.#archiving(activeRole('waits')));
    await this.#synchronous();
    const next = { ...this.#state, inSync: true };
    await writePairState(stateFile(this.#configuration), next);
    this.#state = next;
    this.#emit({ kind: 'in-sync', database: this.#configuration.id });
  }

  /** It is written down that the standby may lack something before anything is acknowledged that it lacks. */
  async #goOnAlone(): Promise<void> {
    if (this.#state.inSync) {
      const next = { ...this.#state, inSync: false };
      await writePairState(stateFile(this.#configuration), next);
      this.#state = next;
      this.#emit({ kind: 'out-of-sync', database: this.#configuration.id });
    }
    if (this.#active.isRunning) await this.#active.reload(await this.#archiving(activeRole('goes on alone')));
  }

  /**
   * Until every acknowledged commit is on both: the server counts the standby as synchronous, all its processes know (the
   * checkpointer tells them, and does so before the checkpoint it is asked for), and what was committed before has arrived.
   */
  async #synchronous(): Promise<void> {
    await this.#replication('sync_state = $2', 'sync');
    const here = await asAdministrator(this.#active.address, async (client) => {
      await client.query('CHECKPOINT');
      return (await client.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn')).rows[0]!.lsn;
    });
    await this.#replication('flush_lsn >= $2::pg_lsn', here);
  }

  async #replication(condition: string, value: string): Promise<void> {
    await asAdministrator(this.#active.address, async (client) => {
      const text = `SELECT FROM pg_stat_replication WHERE application_name = $1 AND ${condition}`;
      while ((await client.query(text, [slot, value])).rowCount === 0) {
        if (this.#stopping || !this.#passive.isRunning) throw new Error('the standby went away');
        if (this.#watch.standbyIsHung) throw new Error('the standby does not answer');
        await delay(20);
      }
    });
  }

  /** Starts the standby from what it has, or makes it anew from the active node; then commits wait for it. */
  async #joinStandby(): Promise<void> {
    if (this.#stopping || !this.#active.isRunning || this.#watch.standbyIsSilent) return;
    const isDropped = this.#dropped !== null && this.#dropped === this.#passive.running;
    const mayGoOn = this.#state.inSync || isDropped;
    this.#dropped = null;
    try {
      if (!mayGoOn || !(await this.#passiveFollows())) await this.#rebuild();
      await this.#replication('state = $2', 'streaming');
      await this.#becomeInSync();
    } catch (error) {
      if (this.#stopping) return;
      setTimeout(() => this.#behind(() => this.#joinStandby()), 2000).unref();
      // The standby has what it had: who takes over next is decided where the active server's end is.
      if (this.#state.inSync && (await this.#activeFailed())) return;
      if (mayGoOn && this.#watch.standbyIsHung) this.#dropped = this.#passive.running;
      else this.#emit({ kind: 'crashed', database: this.#configuration.id, said: String(error) });
      await this.#goOnAlone();
    }
  }

  /** A broken connection is seen a moment before the end of the process is. */
  async #activeFailed(): Promise<boolean> {
    const until = Date.now() + 500;
    while (this.#active.isRunning && !this.#watch.activeIsSilent && Date.now() < until) await delay(20);
    return !this.#active.isRunning || this.#watch.activeIsSilent;
  }

  /** Whether the standby could be started with the data it has; only one that was in sync has a right to it. */
  async #passiveFollows(): Promise<boolean> {
    if (this.#passive.isRunning) return true;
    return (await this.#passive.launch(await this.#passiveRole())) === undefined;
  }

  async #rebuild(): Promise<void> {
    await this.#goOnAlone();
    await this.#passive.kill();
    await asAdministrator(this.#active.address, async (client) => {
      await freshSlot(client);
      const { user } = this.#configuration;
      await copyRunningCluster(client, {
        from: this.#active.folders.data,
        to: this.#passive.folders.data,
        label: slot,
        user,
      });
    });
    const mistake = await this.#passive.launch(await this.#passiveRole());
    if (mistake) throw new Error(mistake.cause.en);
  }

  async #died(side: Side): Promise<void> {
    if (this.#stopping || this.#nodes[side].isRunning) return;
    if (side !== this.#state.active) {
      // Writes wait for it until it is written down that they no longer do.
      await this.#goOnAlone();
      await this.#joinStandby();
      return;
    }
    const { id } = this.#configuration;
    this.#emit({ kind: 'crashed', database: id, said: await this.#active.lastWords() });
    if (await this.#failover()) return;
    const mistake = await this.#active.launch(await this.#activeRole());
    if (mistake && !hasRoom(this.#configuration.directory)) throw noRoom(mistake);
    if (mistake) this.#emit({ kind: 'given-up', database: id, said: mistake.cause.en });
    else this.#emit({ kind: 'ready', database: id, created: false, milliseconds: 0 });
  }

  /** The former active node is surely dead before the standby takes writes; it becomes the new standby, made anew. */
  async #failover(): Promise<boolean> {
    if (!this.#state.inSync || !this.#passive.isRunning || !(await this.#watch.standbyAnswers())) return false;
    const began = Date.now();
    await this.#active.kill();
    const next: PairState = { active: otherSide(this.#state.active), inSync: false };
    const heir = this.#nodes[next.active];
    await writePairState(stateFile(this.#configuration), next);
    this.#state = next;
    this.#watch.forget();
    await heir.promote(await this.#activeRole());
    const milliseconds = Date.now() - began;
    this.#emit({ kind: 'failed-over', database: this.#configuration.id, to: next.active, milliseconds });
    this.#behind(() => this.#joinStandby());
    return true;
  }

  /** In turn, and nobody waits for it: what goes wrong is told. What a full disk does not take is done when there is room. */
  #behind(work: () => Promise<void>): void {
    this.#inTurn(work).catch((error) => {
      if (this.#stopping) return;
      if (isOutOfRoom(error)) {
        this.#emit(waitsForRoom(this.#configuration.id));
        setTimeout(() => this.#behind(work), 2000).unref();
      } else this.#emit({ kind: 'given-up', database: this.#configuration.id, said: String(error) });
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function noRoom({ cause }: Mistake): Error {
  return Object.assign(new Error(cause.en), { code: 'ENOSPC' });
}

function activeRole(standby: 'waits' | 'goes on alone'): NodeRole {
  return { settings: { synchronous_standby_names: standby === 'waits' ? slot : '' }, binds: [], signal: null };
}

/** Keeps the log for the standby from now on. A sender of a standby that was just killed may still hold the former slot. */
async function freshSlot(client: Client): Promise<void> {
  const held =
    'SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = $1 AND active';
  await client.query(held, [slot]);
  await client.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [
    slot,
  ]);
  await client.query('SELECT pg_create_physical_replication_slot($1, immediately_reserve => true)', [slot]);
}

function otherSide(side: Side): Side {
  return side === 'primary' ? 'standby' : 'primary';
}

function stateFile({ directory }: DatabaseConfiguration): string {
  return join(directory, 'pair.json');
}

/** Each node has a folder of its own below the instance's. The primary's is the instance's own, as of a single one. */
function sideOf(configuration: DatabaseConfiguration, side: Side): DatabaseConfiguration {
  if (side === 'primary' || configuration.standby === null) return configuration;
  return { ...configuration, ...configuration.standby, directory: join(configuration.directory, 'standby') };
}
