import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake, Result } from '@terrace/cloud/mistake';
import { refusedUpdates } from '@terrace/cloud/specification/refused-updates';
import { updateEffects } from '@terrace/cloud/validate/update-effects';
import { secretsView } from '@terrace/cloud/views/secrets';
import { type Words, words } from '@terrace/cloud/words';
import { Authority } from '../authority/authority.ts';
import { RegionClock } from '../clock/region-clock.ts';
import type { RunningInstance } from '../compute/running-instance.ts';
import type { ApplyRequest, ControlEvent } from '../control/protocol.ts';
import type { DatabaseEvent } from '../database/configuration.ts';
import type { Observation } from '../diagnosis/observation.ts';
import { observe, type Question } from '../diagnosis/observe.ts';
import { driftText } from '../drift/drift-text.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import type { EventBus } from '../events/event-bus.ts';
import { failed, type Incident } from '../incident.ts';
import { url } from '../ingress/door.ts';
import { shutFolder } from '../keeping/private-folder.ts';
import { Operations } from '../operations/operations.ts';
import { operationsSummary } from '../operations/operations-summary.ts';
import { operationsWarnings } from '../operations/warnings.ts';
import type { Outline } from '../outline.ts';
import { SecretStore } from '../secrets/store.ts';
import { Turns } from '../turns.ts';
import { CreationWatch, NotConfirmed } from './creation-watch.ts';
import { databaseIncident } from './database-incident.ts';
import { DiskWatch } from './disk-watch.ts';
import { doorsOf, instanceDoors } from './doors.ts';
import { changeUndone, failedChange, refusedByDisk } from './failed-change.ts';
import { firstAnswerPath, untilAnswered } from './first-answer.ts';
import { GivenFiles } from './given-files.ts';
import { certificatesFile, trusted } from './ground.ts';
import { HealthWatch } from './health-watch.ts';
import { bootEvent, bootHappening, changeEnd, instanceHappening, progress, signalEvent } from './instance-events.ts';
import type { DatabaseKeeper } from './keepers/database-keeper.ts';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';
import { operatedBy } from './operated.ts';
import { Parts } from './parts.ts';
import { partEnded } from './region-mistakes.ts';
import { Replacements } from './replacements.ts';
import { ScheduledChanges } from './scheduled-changes.ts';
import { stopwatch } from './stopwatch.ts';
import { countByType, outputsIn, type RegionStatus, type RegionSummary, unableIn } from './summary.ts';
import { type KnownSummary, statusOf, summaryOf } from './summary-of-parts.ts';
import { reportWaits } from './wait-report.ts';

/**
 * An inventory made real on this machine. `apply` takes it from whatever is to whatever is asked for: first what goes is ended, then the
 * fabric becomes the new one, then what comes is started, each part from the same outline.
 */
export class Region implements AsyncDisposable {
  readonly #parts: Parts;
  readonly #events: EventBus;
  readonly #healthWatch: HealthWatch;
  readonly #schedule: ScheduledChanges;
  readonly #replacements: Replacements;
  readonly #given: GivenFiles;
  readonly #disk: DiskWatch;
  readonly operations: Operations;
  /** AWS's time. */
  readonly clock: RegionClock;
  readonly #broken: Mistake[] = [];
  #outline: Outline | null = null;
  #creation: CreationWatch | null = null; // of the change that is under way, or was last
  #summary: KnownSummary | null = null;
  /** The last request that was carried out whole. */
  #applied: ApplyRequest | null = null;
  readonly #turns = new Turns();
  /** Whether a request is being carried out. */
  #isChanging = false;
  #tell: (event: ControlEvent) => void = () => {};

  static async start(stateDirectory: string, events: EventBus): Promise<Region> {
    await shutFolder(stateDirectory);
    const authority = await Authority.open(join(stateDirectory, 'authority'));
    const secrets = await SecretStore.open(join(stateDirectory, 'secrets'));
    writeFileSync(certificatesFile, trusted(authority));
    return new Region(stateDirectory, authority, secrets, events);
  }

  private constructor(stateDirectory: string, authority: Authority, secrets: SecretStore, events: EventBus) {
    const ended = (error: Error) => this.#partEnded(error);
    const on = (incident: Incident) => this.#incident(incident);
    this.clock = new RegionClock((error) => on(failed("the region's clock", error)));
    this.#disk = new DiskWatch(stateDirectory);
    this.#events = events;
    this.#given = new GivenFiles(stateDirectory, on);
    this.#parts = new Parts({
      stateDirectory,
      authority,
      secrets,
      told: {
        incident: on,
        ended,
        drift: (event) => {
          events.publish(event);
          this.#progress(driftText(event));
        },
        mendingDue: () => void this.#turns.take(() => this.#parts.drift.mend('nothing')).catch(ended),
        database: (event) => this.#databaseEvent(event),
        endpoint: (event) => this.#heard(event),
        booted: (instance, result) => {
          if (result.outcome === 'failed') this.#creation?.bootFailed(instance);
          events.publish(bootHappening(instance, result));
          this.#tell(bootEvent(instance, result));
        },
        stopped: (id, reason) => {
          events.publish(instanceHappening(this.#outline, id, 'stopped', reason));
          void this.#replacements.ofStopped(id, { reason, foundBy: 'stopped' }).catch(ended);
        },
        impaired: (id, reason) => {
          events.publish(instanceHappening(this.#outline, id, 'impaired', reason));
          void this.#replacements.ofStopped(id, { reason, foundBy: 'status-check' }).catch(ended);
        },
      },
    });
    const { balancers, databases, names } = this.#parts;
    this.#healthWatch = new HealthWatch({
      balancers,
      present: () => {
        const { instances } = this.#parts;
        return this.#outline && instances ? { outline: this.#outline, instances } : null;
      },
      zonesChanged: (zones) => names.leaveOut(zones),
      replace: (member) => this.#replacements.ofUnhealthy(member).catch(ended),
      incident: on,
    });
    const region = {
      clock: this.clock,
      isChanging: () => this.#isChanging,
      present: () => this.#outline,
      inTurn: <T>(work: () => Promise<T>) => this.#turns.take(work),
      become: (desired: Outline) => this.#become(desired),
    };
    this.#schedule = new ScheduledChanges({
      ...region,
      balancers,
      databases,
      applyNames: (desired) => names.apply(desired),
      because: (group, reason) => this.operations.activities.because(group, reason),
      launchedAt: (id) => this.operations.activities.launchedAt(id),
      failed: (mistakes) => this.#broken.push(...mistakes),
      ended,
    });
    this.#replacements = new Replacements({
      ...region,
      balancers,
      instances: () => this.#parts.instances,
      schedule: this.#schedule,
      failed: (mistake) => this.#broken.push(mistake),
    });
    const told = { ...region, failed: (error: Error) => on(failed('operations', error)), events };
    this.operations = new Operations(stateDirectory, operatedBy(this.#parts, this.#schedule, this.#replacements, told));
  }

  /** The same inventory with another fleet. */
  async #become(desired: Outline): Promise<void> {
    const { fabric, names, balancers } = this.#parts;
    const instances = await this.#parts.openCompute(desired.inventory.region);
    await instances.retire(desired, 'stay');
    await fabric.apply(desired.network);
    await names.apply(desired);
    await Promise.all([balancers.apply(desired), instances.launch(desired)]);
    await this.#stand(desired);
    await names.apply(desired);
  }

  async #stand(desired: Outline): Promise<void> {
    this.#outline = desired;
    await this.operations.look();
    await this.#given.keepMembers(desired.inventory.allocations);
  }

  /** Makes the region this inventory's. One at a time: a second request waits for the first. */
  apply(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    if (this.#turns.count > 0)
      progress(tell, words('waiting for the change that is under way', '진행 중인 변경이 끝나기를 기다리는 중'));
    return this.#turns.take(() => this.#apply(request, tell));
  }

  get parts(): Pick<Parts, 'databases' | 'accessLogs' | 'ingress'> {
    return this.#parts;
  }

  /** Does something to a database, in turn with changes; afterwards every name means where its database stands. */
  operate(work: (databases: DatabaseKeeper) => Promise<Result<unknown>>): Promise<ControlEvent> {
    const { databases, names } = this.#parts;
    return this.#turns.take(async () => {
      const done = await work(databases).catch((error) => refusedByDisk(error, this.#disk));
      if (this.#outline) await names.apply(this.#outline);
      return done.ok ? { kind: 'result', value: done.value } : { kind: 'mistakes', mistakes: done.mistakes };
    });
  }

  get outline(): Outline | null {
    return this.#outline;
  }

  observe(question: Question): Promise<Observation> {
    if (!this.#outline) throw new Error('the region has not come up');
    return observe(this.#outline, { secrets: this.#parts.secrets, certificatesFile }, question);
  }

  instance(reference: string): RunningInstance | undefined {
    return this.#parts.instances?.find(reference);
  }

  async summary(): Promise<RegionSummary | null> {
    if (!this.#outline || !this.#summary) return null;
    const broken = [...this.#disk.mistakes(), ...this.#broken];
    return summaryOf(this.#outline, this.#parts, { known: this.#summary, broken });
  }

  /** The summary with what the kernel is found to hold now. */
  async status(): Promise<RegionStatus | null> {
    const answers = await this.#parts.answers();
    const summary = await this.summary();
    const operated = this.#outline && operationsSummary(this.operations, this.#outline);
    return summary && operated && statusOf({ ...summary, ...operated }, this.#parts, answers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.clock.stop();
    this.#healthWatch.stop();
    await this.#parts[Symbol.asyncDispose]();
  }

  async #apply(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    this.#tell = tell;
    this.#isChanging = true;
    this.#events.publish({ kind: 'change', state: 'begun' });
    try {
      const answer = await this.#applyOne(request, tell);
      this.#events.publish(changeEnd(answer));
      return answer;
    } finally {
      this.#isChanging = false;
      this.#tell = () => {};
    }
  }

  async #applyOne(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    const refused = await this.#parts.databases.refused(request.inventory);
    const full = this.#disk.mistakes(changeUndone);
    if (full.length > 0 || refused.length > 0) return { kind: 'mistakes', mistakes: [...full, ...refused] };
    try {
      const summary = await this.#carryOut(request);
      // A deployment would not get through; the rehearsal, which updates all stacks at once, does.
      const before = this.#applied?.inventory;
      const { inventory } = request;
      const told = before ? [...refusedUpdates(before, inventory), ...updateEffects(before, inventory)] : [];
      for (const each of told) tell({ kind: 'warning', mistake: each });
      this.#applied = request;
      await this.#given.keep(request.inventory.allocations);
      this.#schedule.look();
      if (request.speed !== null) this.clock.speed = request.speed;
      return { kind: 'result', value: summary };
    } catch (error) {
      await this.#rollBack();
      return failedChange(error, request.port, this.#disk);
    }
  }

  /** A change that fails leaves the region as it was before. */
  async #rollBack(): Promise<void> {
    const before = this.#applied;
    if (!before) return;
    this.#progress(words('the change failed and is rolled back', '변경에 실패하여 되돌리는 중'));
    await this.#carryOut(before)
      .then(() => this.#parts.databases.forget(before.inventory))
      .catch((error: Error) => this.#broken.push(partEnded(error)));
  }

  async #carryOut(request: ApplyRequest): Promise<RegionSummary> {
    const { inventory, port, authorizer, explainer, keepsUnconfirmed, patience, timeout } = request;
    const [clock, parts] = [stopwatch(), this.#parts];
    this.#schedule.quota = request.vcpuQuota;
    const anew = parts.instances?.launchedAnew(this.#schedule.outlineOf(inventory)) ?? [];
    const desired = this.#schedule.outlineOf(inventory, anew);
    const shortages = this.#schedule.shortages(desired);
    for (const each of operationsWarnings(shortages, inventory)) this.#tell(each);
    const creation = CreationWatch.of(this.#applied?.inventory ?? null, desired, shortages);
    this.#creation = creation;
    const preparing = parts.openCompute(inventory.region);
    await this.#retire(desired, preparing);

    this.#progress(words('network', '네트워크'));
    // What instances stand on is made while the kernel is busy with the network.
    const network = parts.fabric.apply(desired.network);
    network.catch(() => undefined);
    const instances = await preparing;
    await network;
    clock.lap('fabric');

    this.#progress(words('services, database, load balancers', '서비스, 데이터베이스, 로드 밸런서'));
    await parts.secrets.reconcile(secretsView(inventory));
    const warn = (warning: Mistake) => this.#tell({ kind: 'warning', mistake: warning });
    parts.databases.patience = patience;
    const databases = parts.databases.apply(desired, warn).then((told) => {
      clock.lap('database');
      return told;
    });
    // Where another part fails first, this one's failure is not what is told.
    databases.catch(() => undefined);
    // A boot script's first call is for a name or for AWS; it may find the balancers and the database still on their way.
    await parts.names.apply(desired, authorizer);
    clock.lap('services');

    this.#progress(words('instances', '인스턴스'));
    const launched = instances.launch(desired, explainer).then(() => clock.lap('instances'));
    await Promise.all([launched, parts.balancers.apply(desired)]);
    const failures = await databases;
    await this.operations.apply(inventory, request.publishers);
    await this.#stand(desired);
    await parts.names.apply(desired);

    const toBalancers = doorsOf(parts.balancers.view.balancers, desired.names);
    const doors = await parts.ingress.open([...toBalancers, ...instanceDoors(desired.network, desired.names)], port);
    const confirmed = creation.settled();
    using _reports = reportWaits(creation, instances, { timeout, tell: (text) => this.#progress(text) });
    if (this.#schedule.isOutOfHours(inventory)) await instances.booted();
    else {
      const waiting = {
        door: toBalancers.length > 0 && doors[0] ? url(doors[0]) : null,
        path: firstAnswerPath(inventory),
        failed: creation.failed,
        members: desired.fleet.instances.length,
      };
      const told = await untilAnswered(instances, waiting, (text) => this.#progress(text));
      if (told === 'answered') clock.lap('firstAnswer');
      else if (told) this.#broken.push(told);
    }
    const unconfirmed = await confirmed;
    clock.lap('signals');
    if (unconfirmed.length > 0 && !keepsUnconfirmed) throw new NotConfirmed([...unconfirmed, ...instances.failures]);
    this.#broken.push(...creation.impossible, ...unconfirmed);
    this.#summary = {
      app: doors[0] ? url(doors[0]) : null,
      doors: doors.map((door) => ({ name: door.name, url: url(door) })),
      timings: clock.laps(),
      resources: countByType(inventory),
      outputs: outputsIn(inventory),
      unable: unableIn(inventory),
      failures,
    };
    return (await this.summary())!;
  }

  async #retire(desired: Outline, opening: Promise<InstanceKeeper>): Promise<void> {
    this.#broken.length = 0;
    if (!this.#outline) return;
    const instances = await opening;
    const { balancers, databases, names } = this.#parts;
    const leaving = instances.leavingGroups(desired);
    if (leaving.length > 0)
      this.#progress(
        words(
          'load balancers let go of members that leave',
          '빠지는 인스턴스의 요청이 끝나기를 로드 밸런서가 기다리는 중',
        ),
      );
    await balancers.release(leaving);
    await instances.retire(desired);
    await Promise.all([balancers.retire(desired), databases.retire(desired), names.retire(desired)]);
  }

  /** A failover points the endpoint's name at the other zone; before the region stands, its own start does that. */
  #databaseEvent(event: DatabaseEvent): void {
    const incident = databaseIncident(event);
    if (incident) this.#incident(incident);
    else this.#events.publish({ kind: 'database', event });
    if (event.kind === 'given-up') this.#partEnded(new Error(`database ${event.database}: ${event.said}`));
    if (event.kind !== 'failed-over' || !this.#outline) return;
    this.#parts.names.applyAgain().catch((error: Error) => this.#partEnded(error));
  }

  #incident(incident: Incident): void {
    this.#disk.heard(incident);
    this.#events.publish({ kind: 'incident', incident });
  }

  #progress(text: Words): void {
    progress(this.#tell, text);
  }

  #heard(event: EndpointEvent): void {
    this.#events.publish({ kind: 'endpoint', event });
    if (event.kind === 'metrics') this.operations.record(event.namespace, event.data);
    if (event.kind !== 'signal') return;
    this.#creation?.heard(event);
    if (event.status === 'SUCCESS') this.#parts.instances?.signalled(event.uniqueId);
    this.#tell(signalEvent(event));
  }

  #partEnded(error: Error): void {
    this.#incident(failed('region', error));
    this.#broken.push(partEnded(error));
  }
}
