import { join } from 'node:path';
import { formatAddress } from '@terrace/cloud/address';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { type DatabaseInstance, databaseView } from '@terrace/cloud/views/database';
import { secretsView } from '@terrace/cloud/views/secrets';
import { words } from '@terrace/cloud/words';
import type { Authority } from '../../authority/authority.ts';
import { databaseConfiguration } from '../../database/compile.ts';
import {
  type DatabaseConfiguration,
  type DatabaseEvent,
  type DatabasePatience,
  usualPatience,
} from '../../database/configuration.ts';
import { isCarriedOut, startDatabase } from '../../database/database.ts';
import { backUp, failOver, type Restored, restore, type StandingDatabase } from '../../database/operations.ts';
import { availableUser } from '../../database/private-view.ts';
import { deletionRefused, noteProtection, protectedDatabases } from '../../database/protection.ts';
import { restoreTime } from '../../database/restore-time.ts';
import { namespaceOf } from '../../fabric/compile-interface.ts';
import { digest } from '../../fabric/names.ts';
import { DatabaseMetrics } from '../../families/database/database-metrics.ts';
import type { Measurement } from '../../metrics/metric.ts';
import { namespaceFile } from '../../namespaces/network-namespace.ts';
import type { Outline } from '../../outline.ts';
import { openReferences } from '../../secrets/references.ts';
import type { SecretStore } from '../../secrets/store.ts';
import type { DatabaseSummary } from '../summary.ts';
import { type DatabaseDescription, describeDatabase } from './database-description.ts';
import { DatabaseReadings } from './database-readings.ts';

/** As `Restored`, with the moment as RDS writes it. */
type RestoredTo = Omit<Restored, 'moment'> & { readonly moment: string };

/** The database servers of a region. Their data outlives it. */
export class DatabaseKeeper implements AsyncDisposable {
  readonly #stateDirectory: string;
  readonly #cacheDirectory: string;
  readonly #authority: Authority;
  readonly #secrets: SecretStore;
  readonly #onEvent: (event: DatabaseEvent) => void;
  readonly #running = new Map<string, StandingDatabase & { readonly interface: string }>();
  /** For the databases that are started or changed from now on. */
  patience: DatabasePatience = { server: 1000 * usualPatience.server, standby: 1000 * usualPatience.standby };
  /** Those that were stopped and are to stay so. */
  readonly #stopped = new Set<string>();
  /** Those whose server is down for want of room. */
  readonly #full = new Set<string>();
  #instances: readonly DatabaseInstance[] = [];
  readonly #metrics = new DatabaseMetrics();
  readonly #readings = new DatabaseReadings();
  #outline: Outline | null = null;

  constructor(options: {
    readonly stateDirectory: string;
    readonly cacheDirectory: string;
    readonly authority: Authority;
    readonly secrets: SecretStore;
    readonly event: (event: DatabaseEvent) => void;
  }) {
    this.#stateDirectory = options.stateDirectory;
    this.#cacheDirectory = options.cacheDirectory;
    this.#authority = options.authority;
    this.#secrets = options.secrets;
    this.#onEvent = (event) => {
      if (event.kind === 'no-room' && event.isDown) this.#full.add(event.database);
      if (event.kind === 'ready' || event.kind === 'given-up') this.#full.delete(event.database);
      options.event(event);
    };
  }

  /** Those that the inventory no longer has, and that refuse to be deleted. */
  async refused(inventory: Inventory): Promise<Mistake[]> {
    return (await this.#unwanted(inventory)).map(deletionRefused);
  }

  /** Those that a failed change made, and that the inventory before it does not have, stand in nobody's way. */
  async forget(inventory: Inventory): Promise<void> {
    for (const each of await this.#unwanted(inventory)) await noteProtection(each, false);
  }

  async #unwanted(inventory: Inventory): Promise<Awaited<ReturnType<typeof protectedDatabases>>> {
    const wanted = new Set(ofType(inventory, 'AWS::RDS::DBInstance').map(({ physicalId }) => physicalId));
    const refusing = await protectedDatabases(join(this.#stateDirectory, 'databases'));
    return refusing.filter(({ id }) => !wanted.has(id));
  }

  /** Stops those whose interface goes or becomes another. */
  async retire({ inventory, network }: Outline): Promise<void> {
    const wanted = new Map(databaseView(inventory, network).map((each) => [each.id, interfaceKey(each)]));
    for (const id of this.#stopped) if (!wanted.has(id)) this.#stopped.delete(id);
    for (const [id, running] of this.#running) {
      if (wanted.get(id) === running.interface) continue;
      this.#running.delete(id);
      await running.server[Symbol.asyncDispose]();
    }
  }

  /** Starts and changes what the outline asks for; what went wrong is given and keeps nothing else from running, and what is only other than on AWS is told. */
  async apply(outline: Outline, warn: (warning: Mistake) => void): Promise<Mistake[]> {
    this.#outline = outline;
    this.#instances = databaseView(outline.inventory, outline.network);
    const told = await Promise.all(
      this.#instances.filter(isCarriedOut).map((each) => this.#applyOne(outline, each, warn)),
    );
    return told.flat();
  }

  /** Those whose standby has taken over: their names mean its address. */
  failedOver(): ReadonlySet<string> {
    return new Set([...this.#running].filter(([, { server }]) => server.activeNode === 'standby').map(([id]) => id));
  }

  get isAnyStopped(): boolean {
    return this.#stopped.size > 0;
  }

  summaries(): Promise<DatabaseSummary[]> {
    return Promise.all(
      this.#instances.map(async (each) => {
        const { id, endpoint, port, engine } = each;
        const state = await this.#stateOf(each);
        const standby = this.#running.get(id)?.server.standbyState ?? 'none';
        return { id, endpoint, port, engine, state, standby: standby === 'none' ? null : standby };
      }),
    );
  }

  /** What databases have taken and hold since they were last measured. */
  measure(): Measurement[] {
    const served = [...this.#running].flatMap(([id, { server, configuration }]) => {
      const instance = this.#instances.find((each) => each.id === id);
      const { processId } = server;
      if (!instance || processId === undefined) return [];
      const node = server.activeNode === 'standby' ? 'standby' : '';
      return [{ instance, processId, data: join(configuration.directory, node, 'data') }];
    });
    return this.#metrics.measure(this.#readings.read(served, Date.now()), performance.now());
  }

  /** In the order of the template. */
  describe(): Promise<DatabaseDescription[]> {
    return Promise.all(
      this.#instances.map(async (each) =>
        describeDatabase(each, await this.#stateOf(each), this.#running.get(each.id)),
      ),
    );
  }

  /** Asks it: none is said to be available that does not answer. */
  async #stateOf(each: DatabaseInstance): Promise<DatabaseDescription['state']> {
    const server = this.#running.get(each.id)?.server;
    if (server) {
      if (this.#full.has(each.id) && server.processId === undefined) return 'storage-full';
      const answers = server.processId !== undefined && (await server.silentFor()) === null;
      return answers ? 'available' : 'not-answering';
    }
    if (this.#stopped.has(each.id)) return 'stopped';
    return isCarriedOut(each) ? 'failed' : 'modelled';
  }

  /** Its data and its address stay; it answers again after `start`. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html */
  async stop(id: string): Promise<Result<object>> {
    if (this.#stopped.has(id)) return success({});
    const standing = this.#standing(id);
    if (!standing.ok) return standing;
    this.#running.delete(id);
    this.#stopped.add(id);
    await standing.value.server[Symbol.asyncDispose]();
    return success({});
  }

  async start(id: string): Promise<Result<object>> {
    this.#stopped.delete(id);
    const instance = this.#instances.find((each) => each.id === id);
    if (!this.#outline || !instance || this.#running.has(id)) return success({});
    const mistakes = await this.#applyOne(this.#outline, instance, () => {});
    return mistakes.length > 0 ? failure(mistakes) : success({});
  }

  async failOver(id: string): Promise<Result<{ readonly milliseconds: number }>> {
    const standing = this.#standing(id);
    const done = standing.ok ? await failOver(standing.value) : standing;
    return done.ok ? success({ milliseconds: done.value }) : done;
  }

  async backUp(id: string): Promise<Result<{ readonly moment: string }>> {
    const standing = this.#standing(id);
    const done = standing.ok ? await backUp(standing.value) : standing;
    return done.ok ? success({ moment: restoreTime(done.value, 'future') }) : done;
  }

  async restore(id: string, moment: number | 'latest'): Promise<Result<RestoredTo>> {
    const standing = this.#standing(id);
    if (!standing.ok) return standing;
    const { server, result } = await restore(standing.value, moment, this.#onEvent);
    if (server) await this.#keep({ ...standing.value, server });
    else this.#running.delete(id);
    return result.ok ? success({ ...result.value, moment: restoreTime(result.value.moment, 'past') }) : result;
  }

  #standing(id: string): Result<StandingDatabase & { readonly interface: string }> {
    const standing = this.#running.get(id);
    return standing ? success(standing) : failure([this.#stopped.has(id) ? stopped(id) : notRunning(id)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ server }) => server[Symbol.asyncDispose]()));
  }

  async #applyOne(outline: Outline, instance: DatabaseInstance, warn: (warning: Mistake) => void): Promise<Mistake[]> {
    if (this.#stopped.has(instance.id)) return [];
    const compiled = await this.#configurationOf(outline, instance);
    if ('mistakes' in compiled) return [...compiled.mistakes];
    compiled.warnings.forEach(warn);
    const standing = this.#running.get(instance.id);
    if (standing) {
      await standing.server.configure(compiled.configuration);
      await this.#keep({ ...standing, configuration: compiled.configuration });
      return [];
    }
    const started = await startDatabase(compiled.configuration, this.#onEvent);
    if (!started.ok) return [...started.mistakes];
    await this.#keep({
      server: started.value,
      configuration: compiled.configuration,
      interface: interfaceKey(instance),
    });
    return [];
  }

  async #keep(standing: StandingDatabase & { readonly interface: string }): Promise<void> {
    const { configuration } = standing;
    this.#running.set(configuration.id, standing);
    await noteProtection(configuration, configuration.deletionProtection);
  }

  async #configurationOf(
    { inventory, network }: Outline,
    instance: DatabaseInstance,
  ): Promise<
    { configuration: DatabaseConfiguration; warnings: readonly Mistake[] } | { mistakes: readonly Mistake[] }
  > {
    const place = inventory.resources.find((each) => each.key === instance.statedBy)!.place;
    const password =
      instance.masterPassword ?? `{{resolve:secretsmanager:${instance.masterSecret}:SecretString:password}}`;
    const sources = { secrets: this.#secrets, parameters: secretsView(inventory).parameters };
    const user = await openReferences(instance.masterUser, sources, place);
    const opened = await openReferences(password, sources, place);
    if (!user.ok || !opened.ok) return { mistakes: [user, opened].flatMap((each) => (each.ok ? [] : each.mistakes)) };
    const own = network.interfaces.find((each) => each.id === instance.primary.interface)!;
    const standby = network.interfaces.find((each) => each.id === instance.standby?.interface);
    const configured = databaseConfiguration(
      { ...instance, masterUser: user.value },
      {
        directory: join(this.#stateDirectory, 'databases', digest(instance.id, 16)),
        cache: this.#cacheDirectory,
        networkNamespace: namespaceFile(namespaceOf(own)),
        standbyNamespace: standby ? namespaceFile(namespaceOf(standby)) : null,
        user: await availableUser(),
        certificate: await this.#authority.issue({ dns: [instance.endpoint] }),
        masterPassword: opened.value,
        patience: this.patience,
        place,
      },
    );
    return configured.ok
      ? { configuration: configured.value, warnings: configured.warnings }
      : { mistakes: configured.mistakes };
  }
}

function notRunning(id: string): Mistake {
  return mistake(
    'DATABASE_NOT_RUNNING',
    {},
    {
      cause: words(`No server runs for ${id} here.`, `여기에는 ${id}의 서버가 실행되고 있지 않습니다.`),
      next: words('terrace status says why', '이유는 terrace status에서 볼 수 있습니다'),
    },
  );
}

function stopped(id: string): Mistake {
  return mistake(
    'DATABASE_NOT_RUNNING',
    {},
    {
      cause: words(`${id} is stopped.`, `${id}{은/는} 중지되어 있습니다.`),
      next: words(`terrace database start ${id}`, `terrace database start ${id}`),
    },
  );
}

function interfaceKey({ primary, standby, port }: DatabaseInstance): string {
  const nodes = [primary, standby].map((node) => node && `${node.interface} ${formatAddress(node.address)}`);
  return `${nodes.join(' ')}:${port}`;
}
