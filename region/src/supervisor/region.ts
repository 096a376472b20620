import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake, Result } from '@terrace/cloud/mistake';
import { refusedUpdates } from '@terrace/cloud/specification/refused-updates';
import { secretsView } from '@terrace/cloud/views/secrets';
import { type Words, words } from '@terrace/cloud/words';
import { Authority } from '../authority/authority.ts';
import type { RunningInstance } from '../compute/running-instance.ts';
import type { ApplyRequest, ControlEvent } from '../control/protocol.ts';
import type { DatabaseEvent } from '../database/configuration.ts';
import type { Observation } from '../diagnosis/observation.ts';
import { observe, type Question } from '../diagnosis/observe.ts';
import { driftText } from '../drift/drift-text.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import type { EventBus } from '../events/event-bus.ts';
import { failed, type Incident } from '../incident.ts';
import type { OpenDoor } from '../ingress/door.ts';
import { shutFolder } from '../keeping/private-folder.ts';
import type { Outline } from '../outline.ts';
import { SecretStore } from '../secrets/store.ts';
import { Turns } from '../turns.ts';
import { CreationWatch, NotConfirmed } from './creation-watch.ts';
import { databaseIncident } from './database-incident.ts';
import { DiskWatch } from './disk-watch.ts';
import { doorsOf, instanceDoors, url } from './doors.ts';
import { changeUndone, failedChange, refusedByDisk } from './failed-change.ts';
import { aborted, firstAnswer, firstAnswerPath } from './first-answer.ts';
import { GivenFiles } from './given-files.ts';
import { certificatesFile, trusted } from './ground.ts';
import { HealthWatch } from './health-watch.ts';
import { bootEvent, bootHappening, changeEnd, instanceHappening, progress, signalEvent } from './instance-events.ts';
import type { AccessLogKeeper } from './keepers/access-log-keeper.ts';
import type { DatabaseKeeper } from './keepers/database-keeper.ts';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';
import { Parts } from './parts.ts';
import { noAnswer, partEnded } from './region-mistakes.ts';
import { Replacements } from './replacements.ts';
import { ScheduledChanges } from './scheduled-changes.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';
import { countByType, outputsIn, type RegionStatus, type RegionSummary, unableIn } from './summary.ts';
import { type KnownSummary, statusOf, summaryOf } from './summary-of-parts.ts';

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
  readonly #broken: Mistake[] = [];
  #outline: Outline | null = null;
  /** What the change that is under way, or was last, waits for. */
  #creation: CreationWatch | null = null;
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
          void this.#replacements.ofStopped(id, reason).catch(ended);
        },
        impaired: (id, reason) => {
          events.publish(instanceHappening(this.#outline, id, 'impaired', reason));
          void this.#replacements.ofStopped(id, reason).catch(ended);
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
    this.#schedule = new ScheduledChanges({
      balancers,
      databases,
      present: () => this.#outline,
      inTurn: (work) => this.#turns.take(work),
      applyNames: (desired) => names.apply(desired),
      become: (desired) => this.#become(desired),
      failed: (mistakes) => this.#broken.push(...mistakes),
      ended,
    });
    this.#replacements = new Replacements({
      balancers,
      instances: () => this.#parts.instances,
      present: () => this.#outline,
      isChanging: () => this.#isChanging,
      inTurn: (work) => this.#turns.take(work),
      outlineWith: (inventory, replaced) => this.#schedule.outlineOf(inventory, replaced),
      become: (desired) => this.#become(desired),
      failed: (mistake) => this.#broken.push(mistake),
    });
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
    await this.#given.keepMembers(desired.inventory.allocations);
  }

  /** Makes the region this inventory's. One at a time: a second request waits for the first. */
  apply(request: ApplyRequest, tell: (event: ControlEvent) => void): Promise<ControlEvent> {
    if (this.#turns.count > 0)
      progress(tell, words('waiting for the change that is under way', '진행 중인 변경이 끝나기를 기다리는 중'));
    return this.#turns.take(() => this.#apply(request, tell));
  }

  get databases(): Pick<DatabaseKeeper, 'describe'> {
    return this.#parts.databases;
  }

  get accessLogs(): Pick<AccessLogKeeper, 'recent'> {
    return this.#parts.accessLogs;
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
    return summary && statusOf(summary, this.#parts, answers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#healthWatch.stop();
    this.#schedule.stop();
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
      for (const each of this.#refusedByAws(request.inventory)) tell({ kind: 'warning', mistake: each });
      this.#applied = request;
      await this.#given.keep(request.inventory.allocations);
      this.#schedule.look();
      return { kind: 'result', value: summary };
    } catch (error) {
      await this.#rollBack();
      return failedChange(error, request.port, this.#disk);
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
    const before = this.#applied;
    await this.#carryOut(before)
      .then(() => this.#parts.databases.forget(before.inventory))
      .catch((error: Error) => this.#broken.push(partEnded(error)));
  }

  async #carryOut(request: ApplyRequest): Promise<RegionSummary> {
    const { inventory, port, authorizer, explainer, keepsUnconfirmed, patience } = request;
    const clock = stopwatch();
    const parts = this.#parts;
    const desired = this.#desired(inventory);
    const creation = CreationWatch.of(this.#applied?.inventory ?? null, desired);
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
    await this.#stand(desired);
    await parts.names.apply(desired);

    const toBalancers = doorsOf(parts.balancers.view.balancers, desired.names);
    const toInstances = instanceDoors(desired.network, desired.names);
    const doors = await parts.ingress.open([...toBalancers, ...toInstances], port);
    const confirmed = creation.settled();
    if (this.#schedule.isOutOfHours(inventory)) await instances.booted();
    else
      await this.#waitForFirstAnswer(inventory, doors.slice(0, toBalancers.length), instances, {
        clock,
        failed: creation.failed,
      });
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

  /** What an inventory makes of what stands: members whose launch it changes are others. */
  #desired(inventory: Inventory): Outline {
    const desired = this.#schedule.outlineOf(inventory);
    const anew = this.#parts.instances?.launchedAnew(desired) ?? [];
    return anew.length > 0 ? this.#schedule.outlineOf(inventory, anew) : desired;
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
    else if (instances.failures.length === 0 && !failed.aborted)
      this.#broken.push(noAnswer(path, status, this.#outline?.fleet.instances.length ?? 0)); // or else it is told why already
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
