import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake, Result } from '@terrace/cloud/mistake';
import { refusedUpdates } from '@terrace/cloud/specification/refused-updates';
import { secretsView } from '@terrace/cloud/views/secrets';
import { type Words, words } from '@terrace/cloud/words';
import { Authority } from '../authority/authority.ts';
import { Compute } from '../compute/compute.ts';
import type { RunningInstance } from '../compute/instance.ts';
import type { ApplyRequest, ControlEvent } from '../control/protocol.ts';
import { newSealingKey } from '../credentials/session.ts';
import type { DatabaseEvent } from '../database/configuration.ts';
import type { Observation } from '../diagnosis/observation.ts';
import { observe, type Question } from '../diagnosis/observe.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import { inspectFabric } from '../fabric/inspect.ts';
import { ProgramFailed } from '../host/run.ts';
import { failed, type Incident } from '../incident.ts';
import { Ingress, type OpenDoor } from '../ingress/ingress.ts';
import type { Outline } from '../outline.ts';
import { SecretStore } from '../secrets/store.ts';
import { AccessLogKeeper } from './access-log-keeper.ts';
import { BalancerKeeper } from './balancer-keeper.ts';
import { CreationWatch, NotConfirmed } from './creation-watch.ts';
import { DatabaseKeeper } from './database-keeper.ts';
import { doorsOf, url } from './doors.ts';
import { EndpointsKeeper } from './endpoints-keeper.ts';
import { FabricKeeper } from './fabric-keeper.ts';
import { aborted, firstAnswer, firstAnswerPath } from './first-answer.ts';
import { cacheDirectory, certificatesFile, groundOf, scratch, trusted } from './ground.ts';
import type { UnhealthyMember } from './group-health.ts';
import { HealthWatch } from './health-watch.ts';
import { bootEvent, signalEvent } from './instance-events.ts';
import { InstanceKeeper } from './instance-keeper.ts';
import { listenerCertificates } from './listener-certificates.ts';
import { isPortTaken, noAnswer, partEnded, portTaken } from './region-mistakes.ts';
import { ScheduledChanges } from './scheduled-changes.ts';
import { ServiceRefused } from './service.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';
import { countByType, instanceSummary, type RegionStatus, type RegionSummary } from './summary.ts';
import { VpcServicesKeeper } from './vpc-services-keeper.ts';

/**
 * An inventory made real on this machine. `apply` takes it from whatever is to whatever is asked for: first what goes is ended, then the
 * fabric becomes the new one, then what comes is started, each part from the same outline.
 */
export class Region implements AsyncDisposable {
  readonly #stateDirectory: string;
  readonly #fabric = new FabricKeeper();
  readonly #on: (incident: Incident) => void;
  readonly #ingress: Ingress;
  readonly accessLogs: AccessLogKeeper;
  readonly #balancers: BalancerKeeper;
  readonly #databases: DatabaseKeeper;
  readonly #vpcServices: VpcServicesKeeper;
  readonly #endpoints: EndpointsKeeper;
  readonly #secrets: SecretStore;
  readonly #healthWatch: HealthWatch;
  readonly #schedule: ScheduledChanges;
  /** Zones that the names of load balancers leave out. */
  #emptyZones: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** URL of the module that decides on calls to AWS's endpoints. */
  #authorizer = '';
  readonly #broken: Mistake[] = [];
  #compute: { readonly compute: Compute; readonly instances: InstanceKeeper } | null = null;
  #outline: Outline | null = null;
  /** Whose names are told: in the course of a change it is the new one before the region is. */
  #named: Outline | null = null;
  /** What the change that is under way, or was last, waits for. */
  #creation: CreationWatch | null = null;
  #summary: Omit<RegionSummary, 'instances' | 'databases' | 'targets' | 'replacements'> | null = null;
  /** The last request that was carried out whole. */
  #applied: ApplyRequest | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** How many have a turn or wait for one. */
  #waiting = 0;
  #tell: (event: ControlEvent) => void = () => {};

  static async start(stateDirectory: string, on: (incident: Incident) => void): Promise<Region> {
    mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
    const authority = await Authority.open(join(stateDirectory, 'authority'));
    const secrets = await SecretStore.open(join(stateDirectory, 'secrets'));
    writeFileSync(certificatesFile, trusted(authority));
    return new Region(stateDirectory, { authority, secrets, on });
  }

  private constructor(
    stateDirectory: string,
    {
      authority,
      secrets,
      on,
    }: {
      readonly authority: Authority;
      readonly secrets: SecretStore;
      readonly on: (incident: Incident) => void;
    },
  ) {
    const sealingKey = newSealingKey();
    const ended = (error: Error) => this.#partEnded(error);
    this.#stateDirectory = stateDirectory;
    this.#on = on;
    this.#ingress = new Ingress(scratch, on);
    this.#secrets = secrets;
    this.accessLogs = new AccessLogKeeper(join(stateDirectory, 'objects'), on);
    this.#balancers = new BalancerKeeper({
      folder: join(scratch, 'balancers'),
      certificates: (view, inventory) =>
        listenerCertificates(view, inventory, authority, join(scratch, 'balancers/certificates')),
      accessLogs: this.accessLogs,
      on,
    });
    this.#databases = new DatabaseKeeper({
      stateDirectory,
      cacheDirectory,
      authority,
      secrets,
      event: (event) => this.#databaseEvent(event),
    });
    this.#vpcServices = new VpcServicesKeeper(sealingKey, { incident: on, ended });
    this.#endpoints = new EndpointsKeeper({
      stateDirectory,
      authority,
      sealingKey,
      event: (event) => this.#heard(event),
      incident: on,
      ended,
    });
    this.#healthWatch = new HealthWatch({
      balancers: this.#balancers,
      present: () =>
        this.#outline && this.#compute ? { outline: this.#outline, instances: this.#compute.instances } : null,
      zonesChanged: (zones) => this.#zonesChanged(zones),
      replace: (member) => this.#replace(member).catch((error: Error) => this.#partEnded(error)),
      incident: on,
    });
    this.#schedule = new ScheduledChanges({
      balancers: this.#balancers,
      databases: this.#databases,
      present: () => this.#outline,
      inTurn: (work) => this.#inTurn(work),
      applyNames: (desired) => this.#applyNames(desired),
      become: (desired) => this.#become(desired),
      failed: (mistakes) => this.#broken.push(...mistakes),
      ended,
    });
  }

  /** The same inventory with another fleet. */
  async #become(desired: Outline): Promise<void> {
    const { instances } = await this.#parts(desired.inventory);
    await instances.retire(desired);
    await this.#fabric.apply(desired.network);
    await this.#applyNames(desired);
    await Promise.all([this.#balancers.apply(desired), instances.launch(desired)]);
    this.#outline = desired;
    await this.#applyNames(desired);
  }

  /** Out of its target groups first, so that what is under way at it ends; in between the region may change. */
  async #replace({ id, reason }: UnhealthyMember): Promise<void> {
    await this.#inTurn(() => this.#balancers.deregister(id));
    await this.#balancers.idle(id);
    await this.#inTurn(async () => {
      await this.#compute?.instances.replace(id, reason);
      await this.#balancers.register(id);
    });
  }

  async #zonesChanged(zones: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    this.#emptyZones = zones;
    if (this.#named) await this.#applyNames(this.#named);
  }

  /** Makes the region this inventory's. One at a time: a second request waits for the first. */
  apply(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    if (this.#waiting > 0)
      progress(tell, words('waiting for the change that is under way', '진행 중인 변경이 끝나기를 기다리는 중'));
    return this.#inTurn(() => this.#apply(request, tell));
  }

  get databases(): Pick<DatabaseKeeper, 'describe'> {
    return this.#databases;
  }

  /** Does something to a database, in turn with changes; afterwards every name means where its database stands. */
  operate(work: (databases: DatabaseKeeper) => Promise<Result<unknown>>): Promise<ControlEvent> {
    return this.#inTurn(async () => {
      const done = await work(this.#databases);
      if (this.#outline) await this.#applyNames(this.#outline);
      return done.ok ? { kind: 'result', value: done.value } : { kind: 'mistakes', mistakes: done.mistakes };
    });
  }

  get outline(): Outline | null {
    return this.#outline;
  }

  observe(question: Question): Promise<Observation> {
    if (!this.#outline) throw new Error('the region has not come up');
    return observe(this.#outline, { secrets: this.#secrets, certificatesFile }, question);
  }

  instance(reference: string): RunningInstance | undefined {
    return this.#compute?.instances.find(reference);
  }

  async summary(): Promise<RegionSummary | null> {
    const present = this.#outline;
    if (!present || !this.#summary) return null;
    return {
      ...this.#summary,
      instances: present.fleet.instances.map(({ id }) =>
        instanceSummary(present, id, this.#compute?.instances.stateOf(id) ?? 'terminated'),
      ),
      databases: this.#databases.summaries(),
      targets: await this.#balancers.targets(),
      replacements: this.#compute?.instances.replacements ?? [],
      failures: [...this.#summary.failures, ...(this.#compute?.instances.failures ?? []), ...this.#broken],
    };
  }

  /** The summary with what the kernel is found to hold now. */
  async status(): Promise<RegionStatus | null> {
    const summary = await this.summary();
    const plan = this.#fabric.plan;
    return (
      summary && plan && { ...summary, mechanisms: [...(await inspectFabric(plan)), await this.#balancers.inspect()] }
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#healthWatch.stop();
    this.#schedule.stop();
    await this.#ingress[Symbol.asyncDispose]();
    await this.#compute?.compute[Symbol.asyncDispose]();
    await Promise.all([
      this.#balancers[Symbol.asyncDispose](),
      this.#databases[Symbol.asyncDispose](),
      this.#vpcServices[Symbol.asyncDispose](),
      this.#endpoints[Symbol.asyncDispose](),
    ]);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#waiting++;
    this.#turn = next.then(
      () => this.#waiting--,
      () => this.#waiting--,
    );
    return next;
  }

  async #apply(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    this.#tell = tell;
    const refused = await this.#databases.refused(request.inventory);
    if (refused.length > 0) return { kind: 'mistakes', mistakes: refused };
    try {
      const summary = await this.#carryOut(request);
      for (const each of this.#refusedByAws(request.inventory)) tell({ kind: 'warning', mistake: each });
      this.#applied = request;
      this.#schedule.look();
      return { kind: 'result', value: summary };
    } catch (error) {
      await this.#rollBack();
      if (error instanceof ServiceRefused) return { kind: 'mistakes', mistakes: [error.mistake] };
      if (error instanceof NotConfirmed) return { kind: 'mistakes', mistakes: error.mistakes };
      if (isPortTaken(error)) return { kind: 'mistakes', mistakes: [portTaken(request.port)] };
      if (error instanceof ProgramFailed) return { kind: 'failure', message: error.message };
      throw error;
    } finally {
      this.#tell = () => {};
    }
  }

  /** What a deployment would not get through; the rehearsal, which updates all stacks at once, does. */
  #refusedByAws(after: Inventory): Mistake[] {
    return this.#applied ? refusedUpdates(this.#applied.inventory, after) : [];
  }

  /** A change that fails leaves the region as it was before. */
  async #rollBack(): Promise<void> {
    if (!this.#applied) return;
    this.#progress(words('the change failed and is rolled back', '변경에 실패하여 되돌리는 중'));
    await this.#carryOut(this.#applied).catch((error: Error) => this.#broken.push(partEnded(error)));
  }

  async #carryOut({ inventory, port, authorizer, keepsUnconfirmed }: ApplyRequest): Promise<RegionSummary> {
    const clock = stopwatch();
    const desired = this.#schedule.outlineOf(inventory);
    const creation = CreationWatch.of(this.#applied?.inventory ?? null, desired);
    this.#creation = creation;
    const preparing = this.#parts(inventory);
    await this.#retire(desired, preparing);

    this.#progress(words('network', '네트워크'));
    // What instances stand on is made while the kernel is busy with the network.
    const network = this.#fabric.apply(desired.network);
    network.catch(() => undefined);
    const parts = await preparing;
    await network;
    clock.lap('fabric');

    this.#progress(words('services, database, load balancers', '서비스, 데이터베이스, 로드 밸런서'));
    await this.#secrets.reconcile(secretsView(inventory));
    const warn = (warning: Mistake) => this.#tell({ kind: 'warning', mistake: warning });
    const databases = this.#databases.apply(desired, warn).then((told) => {
      clock.lap('database');
      return told;
    });
    // Where another part fails first, this one's failure is not what is told.
    databases.catch(() => undefined);
    this.#authorizer = authorizer;
    // A boot script's first call is for a name or for AWS; it may find the balancers and the database still on their way.
    await this.#applyNames(desired);
    clock.lap('services');

    this.#progress(words('instances', '인스턴스'));
    const launched = parts.instances.launch(desired).then(() => clock.lap('instances'));
    await Promise.all([launched, this.#balancers.apply(desired)]);
    const failures = await databases;
    this.#outline = desired;
    await this.#applyNames(desired);

    const doors = await this.#ingress.open(doorsOf(this.#balancers), port);
    const confirmed = creation.settled();
    if (this.#schedule.isOutOfHours(inventory)) await parts.instances.booted();
    else await this.#waitForFirstAnswer(inventory, doors, parts.instances, { clock, failed: creation.failed });
    const unconfirmed = await confirmed;
    clock.lap('signals');
    if (unconfirmed.length > 0 && !keepsUnconfirmed)
      throw new NotConfirmed([...unconfirmed, ...parts.instances.failures]);
    this.#broken.push(...unconfirmed);
    this.#summary = {
      app: doors[0] ? url(doors[0]) : null,
      doors: doors.map((door) => ({ name: door.name, url: url(door) })),
      timings: clock.laps(),
      resources: countByType(inventory),
      failures,
    };
    return (await this.summary())!;
  }

  async #waitForFirstAnswer(
    inventory: Inventory,
    doors: readonly OpenDoor[],
    instances: InstanceKeeper,
    { clock, failed }: { readonly clock: Stopwatch; readonly failed: AbortSignal },
  ): Promise<void> {
    const booted = instances.booted();
    const door = doors[0];
    if (!door) return Promise.race([booted, aborted(failed)]);
    this.#progress(words('waiting for the first answer through all tiers', '모든 계층을 거친 첫 응답을 기다리는 중'));
    const path = firstAnswerPath(inventory);
    const { answered, status } = await firstAnswer(`${url(door)}${path.slice(1)}`, {
      booted: booted.then(() => (instances.allFailed ? 'nobody' : 'somebody')),
      failed,
    });
    if (answered) clock.lap('firstAnswer');
    else if (instances.failures.length === 0 && !failed.aborted) this.#broken.push(noAnswer(path, status)); // or else it is told why already
  }

  async #retire(desired: Outline, parts: Promise<{ readonly instances: InstanceKeeper }>): Promise<void> {
    this.#broken.length = 0;
    if (!this.#outline) return;
    const { instances } = await parts;
    const leaving = instances.leavingGroups(desired);
    if (leaving.length > 0)
      this.#progress(
        words(
          'load balancers let go of members that leave',
          '빠지는 인스턴스의 요청이 끝나기를 로드 밸런서가 기다리는 중',
        ),
      );
    await this.#balancers.release(leaving);
    await instances.retire(desired);
    await Promise.all([
      this.#balancers.retire(desired),
      this.#databases.retire(desired),
      this.#vpcServices.retire(desired),
    ]);
  }

  async #parts({ region }: Inventory): Promise<{ compute: Compute; instances: InstanceKeeper }> {
    if (this.#compute) return this.#compute;
    const compute = await Compute.open(groundOf(this.#stateDirectory, region));
    const instances = new InstanceKeeper(compute, (instance, { outcome }) => {
      if (outcome === 'failed') this.#creation?.bootFailed(instance);
      this.#tell(bootEvent(instance, outcome));
    });
    this.#compute = { compute, instances };
    return this.#compute;
  }

  /** Resolvers, metadata and AWS's endpoints: what they say of names depends on which databases have failed over. */
  async #applyNames(desired: Outline): Promise<void> {
    this.#named = desired;
    const standing = { failedOver: this.#databases.failedOver(), emptyZones: this.#emptyZones };
    await Promise.all([
      this.#vpcServices.apply(desired, standing),
      this.#endpoints.apply(desired, this.#authorizer, standing),
    ]);
  }

  /** A failover points the endpoint's name at the other zone. Before the region stands, its own start does that. */
  #databaseEvent(event: DatabaseEvent): void {
    if (event.kind === 'given-up') this.#partEnded(new Error(`database ${event.database}: ${event.said}`));
    if (event.kind !== 'failed-over' || !this.#outline || !this.#named) return;
    this.#applyNames(this.#named).catch((error: Error) => this.#partEnded(error));
  }

  #progress(text: Words): void {
    progress(this.#tell, text);
  }

  #heard(event: EndpointEvent): void {
    if (event.kind === 'internal-failure') this.#on({ kind: 'failed', part: "AWS's endpoints", said: event.said });
    if (event.kind !== 'signal') return;
    this.#creation?.heard(event);
    this.#tell(signalEvent(event));
  }

  #partEnded(error: Error): void {
    this.#on(failed('region', error));
    this.#broken.push(partEnded(error));
  }
}

function progress(tell: (event: ControlEvent) => void, text: Words): void {
  tell({ kind: 'progress', step: text.en, text });
}
