import { join } from 'node:path';
import { formatAddress } from '@terrace/cloud/address';
import type { Mistake } from '@terrace/cloud/mistake';
import { type DatabaseInstance, databaseView } from '@terrace/cloud/views/database';
import { secretsView } from '@terrace/cloud/views/secrets';
import type { Authority } from '../authority/authority.ts';
import { databaseConfiguration } from '../database/compile.ts';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from '../database/configuration.ts';
import { isCarriedOut, startDatabase } from '../database/database.ts';
import { availableUser } from '../database/private-view.ts';
import { namespaceOf } from '../fabric/compile-interface.ts';
import { digest } from '../fabric/names.ts';
import { namespaceFile } from '../namespaces/network-namespace.ts';
import { openReferences } from '../secrets/references.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { Outline } from './outline.ts';
import type { DatabaseSummary } from './summary.ts';

/** The database servers of a region. Their data outlives it. */
export class DatabaseKeeper implements AsyncDisposable {
  readonly #stateDirectory: string;
  readonly #cacheDirectory: string;
  readonly #authority: Authority;
  readonly #secrets: SecretStore;
  readonly #onEvent: (event: DatabaseEvent) => void;
  readonly #running = new Map<string, { server: RunningDatabase; interface: string }>();
  #instances: readonly DatabaseInstance[] = [];

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
    this.#onEvent = options.event;
  }

  /** Stops those whose interface goes or becomes another. */
  async retire({ inventory, network }: Outline): Promise<void> {
    const wanted = new Map(databaseView(inventory, network).map((each) => [each.id, interfaceKey(each)]));
    for (const [id, running] of this.#running) {
      if (wanted.get(id) === running.interface) continue;
      this.#running.delete(id);
      await running.server[Symbol.asyncDispose]();
    }
  }

  /** Starts and changes what the outline asks for; what went wrong is given and keeps nothing else from running, and what is only other than on AWS is told. */
  async apply(outline: Outline, warn: (warning: Mistake) => void): Promise<Mistake[]> {
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

  summaries(): DatabaseSummary[] {
    return this.#instances.map((each) => ({
      id: each.id,
      endpoint: each.endpoint,
      port: each.port,
      engine: each.engine,
      state: this.#running.has(each.id) ? 'available' : isCarriedOut(each) ? 'failed' : 'modelled',
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ server }) => server[Symbol.asyncDispose]()));
  }

  async #applyOne(outline: Outline, instance: DatabaseInstance, warn: (warning: Mistake) => void): Promise<Mistake[]> {
    const compiled = await this.#configurationOf(outline, instance);
    if ('mistakes' in compiled) return [...compiled.mistakes];
    compiled.warnings.forEach(warn);
    const standing = this.#running.get(instance.id);
    if (standing) {
      await standing.server.configure(compiled.configuration);
      return [];
    }
    const started = await startDatabase(compiled.configuration, this.#onEvent);
    if (!started.ok) return [...started.mistakes];
    this.#running.set(instance.id, { server: started.value, interface: interfaceKey(instance) });
    return [];
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
        place,
      },
    );
    return configured.ok
      ? { configuration: configured.value, warnings: configured.warnings }
      : { mistakes: configured.mistakes };
  }
}

function interfaceKey({ primary, standby, port }: DatabaseInstance): string {
  const nodes = [primary, standby].map((node) => node && `${node.interface} ${formatAddress(node.address)}`);
  return `${nodes.join(' ')}:${port}`;
}
