import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import type { Inventory } from '@terrace/cloud/inventory';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { distributionOf } from '@terrace/cloud/views/distribution';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import { type Words, words } from '@terrace/cloud/words';
import type { UserDataResult } from '../../compute/cloud-init/boot.ts';
import type { Compute } from '../../compute/compute.ts';
import type { InstanceSpecification, RunningInstance } from '../../compute/running-instance.ts';
import { failed, type Incident } from '../../incident.ts';
import { saysNoRoom } from '../../keeping/disk-room.ts';
import { instanceName, type Outline } from '../../outline.ts';
import type { FoundBy } from '../../scaling/activity.ts';
import { membersOf } from '../group-members.ts';
import type { ReplacementSummary, Unbounded } from '../summary.ts';
import { bootMistake, loadExplanation } from './boot-mistakes.ts';
import { isRolled, specificationOf, unboundedIn, whatIsLaunched } from './instance-specification.ts';

interface Running {
  readonly instance: RunningInstance;
  readonly specification: string;
  readonly name: string;
  /** When it was launched, in milliseconds of the clock. */
  readonly since: number;
  /** Settles when its first boot is over and what failed in it is noted. */
  readonly booted: Promise<void>;
}

/** Why another takes a member's place. */
export interface Unhealthy {
  readonly reason: Words;
  readonly foundBy: FoundBy;
}

interface Told {
  /** The user data of an instance has been run. */
  booted(name: string, result: UserDataResult): void;
  /** It stopped by itself. */
  stopped(id: string, reason: Words): void;
  /** Its status check fails. */
  impaired(id: string, reason: Words): void;
  incident(incident: Incident): void;
}

/** As many replacements are remembered. */
const mostReplacements = 20;

/** The instances of a region: launches those the fleet has, ends those it no longer has, and replaces those whose launch changed. */
export class InstanceKeeper {
  readonly #compute: Compute;
  readonly #running = new Map<string, Running>();
  readonly #failures = new Map<string, Mistake>();
  /** Whose user data ended with an error. */
  readonly #failed = new Set<string>();
  /** Whose first boot is under way. */
  readonly #booting = new Set<string>();
  /** Those that a change stopped and is to start again. */
  readonly #toStart = new Set<string>();
  /** Who signalled success to CloudFormation. */
  readonly #signalled = new Set<string>();
  /** URL of the module that names what is in the way of a connection. */
  #explainer: string | null = null;
  /** Members whose place is being taken: a change of the region begins when that is done. */
  readonly #replacing = new Map<string, Promise<void>>();
  #replacements: readonly ReplacementSummary[] = [];
  /** What found each of those unhealthy whose places were taken. */
  #foundUnhealthy: ReadonlyMap<string, FoundBy> = new Map();
  #outline: Outline | null = null;
  readonly #told: Told;

  constructor(compute: Compute, told: Told) {
    this.#compute = compute;
    this.#told = told;
  }

  /** Instances that the kernel does not hold to the size of their type. */
  get unbounded(): Unbounded[] {
    return this.#outline ? unboundedIn(this.#outline, this.#compute.groups.place) : [];
  }

  /** Running members of Auto Scaling groups that stay, and not as they were launched: others take their places. */
  launchedAnew(outline: Outline): FleetInstance[] {
    const leaving = new Set(this.#leaving(outline).map(([id]) => id));
    return membersOf(outline.inventory, outline.fleet).filter(({ id }) => leaving.has(id));
  }

  /** Running members of Auto Scaling groups that are to be ended. */
  leavingGroups(outline: Outline): string[] {
    const { inventory, fleet } = this.#outline ?? outline;
    const members = new Set(membersOf(inventory, fleet).map(({ id }) => id));
    return this.#leaving(outline)
      .filter(([id, { instance }]) => members.has(id) && instance.state === 'running')
      .map(([id]) => id);
  }

  /**
   * Ends those that are to be ended, before their interfaces go.
   *
   * @param stopped what becomes of instances that stay and have stopped by themselves: a change of the template starts them again
   */
  async retire(outline: Outline, stopped: 'start' | 'stay' = 'start'): Promise<void> {
    await this.#replaced();
    const kept = new Set(stopped === 'stay' ? outline.fleet.instances.map(({ id }) => id) : []);
    const leaving = this.#leaving(outline).filter(
      ([id, { instance }]) => instance.state === 'running' || !kept.has(id),
    );
    await Promise.all(
      leaving.map(async ([id, { instance }]) => {
        this.#running.delete(id);
        this.#forget(id);
        await instance.terminate();
      }),
    );
    if (stopped === 'start') await this.#stopChanged(outline);
  }

  #leaving(outline: Outline): [id: string, running: Running][] {
    const kept = new Map(launchable(outline).map((each) => [each.id, each]));
    const members = new Set(membersOf(outline.inventory, outline.fleet).map(({ id }) => id));
    return [...this.#running].filter(([id, { instance, specification }]) => {
      const member = kept.get(id);
      if (!member || instance.state === 'terminated') return true;
      if (!members.has(id)) return false;
      const differs = whatIsLaunched(specificationOf(outline, member)) !== specification;
      return instance.state !== 'running' || (differs && isRolled(outline, member));
    });
  }

  /**
   * Instances of their own that the template has otherwise now, or that have stopped: stopped before their network changes, and started again by
   * `launch`. They keep their disks, and their user data is not run again.
   *
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
   */
  async #stopChanged(outline: Outline): Promise<void> {
    await Promise.all(
      this.#ofTheirOwn(outline).map(async ([{ id }, { instance, specification }, desired]) => {
        if (whatIsLaunched(desired) === specification && instance.state === 'running') return;
        await instance.stop();
        this.#toStart.add(id);
      }),
    );
  }

  async #startChanged(outline: Outline): Promise<void> {
    const ids = new Set(this.#toStart);
    this.#toStart.clear();
    await Promise.all(
      this.#ofTheirOwn(outline).map(async ([{ id }, found, desired]) => {
        if (!ids.has(id)) return;
        found.instance.change(desired);
        this.#running.set(id, { ...found, specification: whatIsLaunched(desired) });
        await found.instance.start();
      }),
    );
  }

  /** Instances that no group launched, and that are there already, each with what it is to be. */
  #ofTheirOwn(outline: Outline): [FleetInstance, Running, InstanceSpecification][] {
    const members = new Set(membersOf(outline.inventory, outline.fleet).map(({ id }) => id));
    return launchable(outline).flatMap((each): [FleetInstance, Running, InstanceSpecification][] => {
      const found = members.has(each.id) ? undefined : this.#running.get(each.id);
      return found ? [[each, found, specificationOf(outline, each)]] : [];
    });
  }

  /**
   * Launches what is not there yet; resolves when all run, while their user data may still be at work.
   *
   * @param explainer URL of the module that names what is in the way of a connection; the last one given stays
   */
  async launch(outline: Outline, explainer = this.#explainer): Promise<void> {
    this.#explainer = explainer;
    await this.#replaced();
    this.#outline = outline;
    const missing = launchable(outline).filter((each) => !this.#running.has(each.id));
    await Promise.all([this.#startChanged(outline), ...missing.map((each) => this.#launchOne(outline, each))]);
  }

  find(reference: string): RunningInstance | undefined {
    for (const { instance, name } of this.#running.values()) {
      if (instance.id === reference || name === reference) return instance;
    }
    return undefined;
  }

  stateOf(id: string): string {
    if (this.#failed.has(id)) return 'user-data-failed';
    if (this.#failures.has(id)) return 'boot-step-refused';
    return this.#running.get(id)?.instance.state ?? 'terminated';
  }

  /** Whether there was one that ran. */
  async stop(id: string): Promise<boolean> {
    const found = this.#running.get(id)?.instance;
    if (found?.state !== 'running') return false;
    await found.stop();
    return true;
  }

  /** Stops it and starts it again, at once where it answers to nobody. Whether there was one that ran. */
  async restart(id: string, isImpaired: boolean): Promise<boolean> {
    const found = this.#running.get(id)?.instance;
    if (found?.state !== 'running') return false;
    await (isImpaired ? found.powerOff() : found.stop());
    await found.start();
    return true;
  }

  isRunning(id: string): boolean {
    return this.#running.get(id)?.instance.state === 'running';
  }

  /** Seconds that its processes have taken; `null` where no group of the kernel's counts them. */
  processorTime(id: string): number | null {
    return this.#compute.groups.processorTime(id);
  }

  /** Who fails a status check: instances by their ids, and what they run on. */
  async statusChecks(): Promise<{ readonly impaired: ReadonlySet<string>; readonly isHostImpaired: boolean }> {
    return this.#compute.statusChecks();
  }

  /** Seconds since it was launched; `null` where it does not run. */
  ageOf(id: string): number | null {
    const found = this.#running.get(id);
    return found?.instance.state === 'running' ? (Date.now() - found.since) / 1000 : null;
  }

  /** What found members unhealthy whose places were taken, by their ids. */
  get foundUnhealthy(): ReadonlyMap<string, FoundBy> {
    return this.#foundUnhealthy;
  }

  /** Members that took another's place, and why; the latest last. */
  get replacements(): readonly ReplacementSummary[] {
    return this.#replacements;
  }

  get failures(): readonly Mistake[] {
    return [...this.#failures.values()];
  }

  /** Whether there is none left that could answer. */
  get allFailed(): boolean {
    return this.#running.size > 0 && [...this.#running.keys()].every((id) => this.#failed.has(id));
  }

  #forget(id: string): void {
    this.#failures.delete(id);
    this.#failed.delete(id);
    this.#signalled.delete(id);
  }

  /** Those whose first boot is under way, by name. */
  get booting(): Pick<Running, 'name' | 'instance'>[] {
    return [...this.#booting].flatMap((id) => this.#running.get(id) ?? []);
  }

  /** Settles when every instance's first boot is over. */
  async booted(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ booted }) => booted));
  }

  async #launchOne(outline: Outline, member: FleetInstance): Promise<void> {
    const specification = specificationOf(outline, member);
    const name = instanceName(outline, member.id);
    const instance = await this.#compute.launch(specification, (event) => {
      if (event.kind === 'state' && event.state === 'stopped' && event.reason !== null) {
        this.#told.stopped(member.id, stoppedByItself(event.reason));
        if (event.hostFailed) void this.#recover(member.id);
      }
      if (event.kind === 'impaired') this.#told.impaired(member.id, impaired(event.milliseconds));
      if (event.kind === 'incident') this.#told.incident(event.incident);
      if (event.kind === 'journal-failed') this.#told.incident(journalFailed(name, event.reason));
    });
    this.#booting.add(member.id);
    const booted = instance.userData.then(async (result) => {
      this.#booting.delete(member.id);
      if (this.#running.get(member.id)?.instance !== instance) return;
      await this.#noteBoot(outline, member, name, result);
      this.#told.booted(name, result);
    });
    this.#running.set(member.id, {
      instance,
      specification: whatIsLaunched(specification),
      name,
      since: Date.now(),
      booted,
    });
  }

  /** A success signal is told beside a refused step. */
  signalled(id: string): void {
    this.#signalled.add(id);
  }

  async #noteBoot(outline: Outline, member: FleetInstance, name: string, result: UserDataResult): Promise<void> {
    if (result.outcome === 'failed') this.#failed.add(member.id);
    const { place } = outline.inventory.resources.find((each) => each.key === member.statedBy)!;
    const boot = { name, id: member.id, place, result, signalled: this.#signalled.has(member.id) };
    const unreached = result.troubles[0]?.unreached;
    const obstacles =
      this.#explainer === null || !unreached || unreached.address === null
        ? []
        : (await loadExplanation(this.#explainer))(outline.network, member.id, {
            address: unreached.address,
            port: unreached.port,
          });
    const mistake = bootMistake(boot, obstacles);
    if (mistake) this.#failures.set(member.id, mistake);
  }

  /**
   * A member of a group that stops by itself, or is found unhealthy, is to be terminated, and another to take its place; an instance of its own
   * stays as it is, and for it nobody is given.
   *
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
   */
  toReplace(id: string): FleetInstance | undefined {
    if (!this.#outline || !this.#running.has(id)) return undefined;
    return membersOf(this.#outline.inventory, this.#outline.fleet).find((each) => each.id === id);
  }

  /**
   * An instance of its own whose host failed starts again with its identifier, its addresses and its disk.
   *
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-configuration-recovery.html
   */
  async #recover(id: string): Promise<void> {
    const found = this.#running.get(id);
    if (!found || this.toReplace(id)) return;
    this.#told.incident({ kind: 'restarted', part: found.name, said: 'its host failed' });
    await found.instance.start().catch((error) => this.#told.incident(failed(`recovery of ${found.name}`, error)));
  }

  /** Remembers who took whose place. */
  noteReplacement(id: string, successor: string, { reason, foundBy }: Unhealthy): void {
    const instance = this.#running.get(id)?.name ?? id;
    const replacement = { instance, id, successor, at: new Date().toISOString(), reason };
    this.#replacements = [...this.#replacements, replacement].slice(-mostReplacements);
    this.#foundUnhealthy = new Map([...this.#foundUnhealthy, [id, foundBy] as const].slice(-mostReplacements));
  }

  /** In place, its identifier and its address included: while a change is under way, the network is that one's to change. */
  replace(id: string, why: Unhealthy): Promise<void> {
    const done = this.#replacing.get(id) ?? this.#replace(id, why).finally(() => this.#replacing.delete(id));
    this.#replacing.set(id, done);
    return done;
  }

  async #replaced(): Promise<void> {
    await Promise.all(this.#replacing.values());
  }

  async #replace(id: string, why: Unhealthy): Promise<void> {
    const outline = this.#outline;
    const member = this.toReplace(id);
    const former = this.#running.get(id);
    if (!outline || !member || !former) return;
    this.noteReplacement(id, id, why);
    this.#running.delete(id);
    this.#forget(id);
    try {
      await former.instance.terminate();
      await this.#launchOne(outline, member);
    } catch (error) {
      this.#failures.set(id, notReplaced(outline.inventory, member, former.name, error as Error));
    }
  }
}

/** Those whose image boots here: Windows does not. */
function launchable({ inventory, fleet }: Outline): FleetInstance[] {
  return fleet.instances.filter(({ statedBy }) => {
    const resource = inventory.resources.find(({ key }) => key === statedBy)!;
    return distributionOf(inventory, launchData(inventory, resource)).distribution !== 'windows';
  });
}

function stoppedByItself(reason: string): Words {
  return words(`EC2 status check: it stopped by itself (${reason})`, `EC2 상태 확인: 스스로 멈춤(${reason})`);
}

function impaired(milliseconds: number): Words {
  const seconds = Math.round(milliseconds / 1000);
  return words(
    `EC2 status check: impaired, process 1 has not answered for ${seconds} s`,
    `EC2 상태 확인: 손상됨(1번 프로세스가 ${seconds}초 동안 응답하지 않음)`,
  );
}

export function notReplaced(inventory: Inventory, { statedBy }: FleetInstance, name: string, error: Error): Mistake {
  const { place } = inventory.resources.find((each) => each.key === statedBy)!;
  return mistake('INSTANCE_NOT_REPLACED', place, {
    cause: words(
      `${name} stopped, and another could not be launched: ${error.message}`,
      `${name}{이/가} 멈췄고 대신할 인스턴스를 시작하지 못했습니다: ${error.message}`,
    ),
    next: words('run terrace up again', 'terrace up을 다시 실행하세요'),
  });
}

function journalFailed(name: string, reason: string): Incident {
  const part = `journal of ${name}`;
  if (!saysNoRoom(reason)) return failed(part, reason);
  const undone = words(
    `What ${name} says is not kept in its journal; the next entry tells how much was dropped.`,
    `${name}의 출력을 저널에 남기지 못합니다. 다음 항목에 버린 항목의 수가 적힙니다.`,
  );
  return { kind: 'no-room', part, undone };
}
