import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type PartAnswer, partPatience } from '../answering/part-watch.ts';
import { Groups } from '../bounds/groups.ts';
import type { Incident } from '../incident.ts';
import { type Base, makeBase } from './base.ts';
import { makeDistributionLayer } from './distribution-layer.ts';
import type { Ground } from './ground.ts';
import { Instance, instancePatience } from './instance.ts';
import { Launcher } from './launcher.ts';
import type { InstanceEvent, InstanceSpecification, RunningInstance } from './running-instance.ts';
import type { Userland } from './userland/distributions.ts';
import { type InstanceUsers, usersOfInstances } from './users.ts';

/**
 * The instances of a region. Everything it starts ends with it, and with the process that holds it.
 *
 * ```ts
 * await using compute = await Compute.open(ground);
 * const instance = await compute.launch(specification, (event) => show(event));
 * const { outcome } = await instance.userData;
 * ```
 */
export class Compute implements AsyncDisposable {
  readonly #ground: Ground;
  readonly #folder: string;
  readonly #base: Base;
  /** What bounds the instances. */
  readonly groups: Groups;
  readonly users: InstanceUsers;
  readonly #on: (incident: Incident) => void;
  #launcher: Launcher;
  #replacing: Promise<void> | undefined;
  readonly #instances = new Map<string, Instance>();
  readonly #layers = new Set<Userland>();

  /** Makes the base that instances share, some milliseconds. The supervisor's mount namespace must be private. */
  static async open(ground: Ground, on: (incident: Incident) => void): Promise<Compute> {
    const folder = join(ground.scratch, 'compute');
    await mkdir(join(folder, 'instances'), { recursive: true });
    await mkdir(ground.state, { recursive: true, mode: 0o700 });
    const base = makeBase(ground, join(folder, 'base'));
    const launcher = await Launcher.start(folder, on);
    try {
      const users = await usersOfInstances(ground, base, folder, launcher);
      await launcher.prepareDevices(base.device, users.kind === 'own' ? users.first : 0);
      await launcher.lend(outsideTheToolkit(ground), base.node);
      await launcher.lend(ground.packages, base.packages);
      return new Compute(ground, folder, base, users, { launcher, on }, Groups.open(ground.state));
    } catch (error) {
      await launcher[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(
    ground: Ground,
    folder: string,
    base: Base,
    users: InstanceUsers,
    { launcher, on }: { readonly launcher: Launcher; readonly on: (incident: Incident) => void },
    groups: Groups,
  ) {
    this.groups = groups;
    this.#ground = ground;
    this.#folder = folder;
    this.#base = base;
    this.users = users;
    this.#launcher = launcher;
    this.#on = on;
  }

  /** Resolves when the instance runs; its user data may still be at work, see `RunningInstance.userData`. */
  async launch(
    specification: InstanceSpecification,
    on: (event: InstanceEvent) => void = () => undefined,
  ): Promise<RunningInstance> {
    if (this.#instances.has(specification.id)) throw new Error(`${specification.id} is there already`);
    const instance = new Instance(specification, {
      ground: this.#ground,
      base: this.#base,
      layer: this.#layerOf(specification.userland),
      groups: this.groups,
      users: this.users,
      launcher: () => this.#livingLauncher(),
      folder: join(this.#folder, 'instances'),
      on: (event) => {
        if (event.kind === 'state' && event.state === 'terminated') this.#instances.delete(event.instance);
        on(event);
      },
    });
    this.#instances.set(specification.id, instance);
    try {
      await instance.launch();
    } catch (error) {
      await instance.terminate();
      throw error;
    }
    return instance;
  }

  /** The folder of a distribution's layer, made for the first instance of it. */
  #layerOf(userland: Userland): string {
    const folder = join(this.#folder, 'base', userland);
    if (!this.#layers.has(userland)) makeDistributionLayer(this.#ground, folder, userland);
    this.#layers.add(userland);
    return folder;
  }

  /** The launcher's process, for a drill that ends it; the instances end with it, and the next launch starts another. */
  get launcherProcessId(): number | undefined {
    return this.#launcher.processId;
  }

  /** Asks the launcher and process 1 of each instance now. */
  answers(): Promise<PartAnswer[]> {
    const running = [...this.#instances.values()].filter(({ state }) => state === 'running');
    return Promise.all([...(this.#launcher.ended ? [] : [this.#launcher]), ...running].map((each) => each.answers()));
  }

  /** Who has not answered for as long as makes it impaired. A launcher that has ended is started anew with the next launch. */
  async statusChecks(): Promise<{ readonly impaired: ReadonlySet<string>; readonly isHostImpaired: boolean }> {
    const running = [...this.#instances.values()].filter(({ state }) => state === 'running');
    const host = this.#launcher.ended ? null : (await this.#launcher.answers()).silentFor;
    const silent = await Promise.all(
      running.map(async (instance) => ((await instance.answers()).silentFor ?? 0) >= instancePatience),
    );
    return {
      impaired: new Set(running.filter((_, index) => silent[index]).map(({ id }) => id)),
      isHostImpaired: host !== null && host >= partPatience,
    };
  }

  async #livingLauncher(): Promise<Launcher> {
    if (this.#launcher.ended) {
      this.#replacing ??= (async () => {
        await this.#launcher[Symbol.asyncDispose]();
        this.#launcher = await Launcher.start(this.#folder, this.#on);
      })().finally(() => {
        this.#replacing = undefined;
      });
      await this.#replacing;
    }
    return this.#launcher;
  }

  instances(): readonly RunningInstance[] {
    return [...this.#instances.values()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#instances.values()].map((instance) => instance.terminate()));
    const launcher = await this.#livingLauncher();
    await launcher.releaseDisk(this.#base.device);
    await launcher.releaseDisk(this.#base.node);
    await launcher.releaseDisk(this.#base.packages);
    if (this.users.kind === 'own') await launcher.releaseDisk(this.users.namespace);
    await launcher[Symbol.asyncDispose]();
    await this.groups[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The toolkit lies over `/usr`; the host's own is beside it. */
function outsideTheToolkit({ node, usr }: Ground): string {
  return node.startsWith('/usr/') ? join(usr, node.slice('/usr/'.length)) : node;
}
