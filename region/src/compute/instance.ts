import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import type { AnswerWatch } from '../answering/answer-watch.ts';
import type { PartAnswer } from '../answering/part-watch.ts';
import { watchAndWake } from '../answering/wake-first.ts';
import type { Groups } from '../bounds/groups.ts';
import { Turns } from '../turns.ts';
import { authorityFile } from './authority-file.ts';
import type { Base } from './base.ts';
import { type BootSurroundings, runEveryBoot, runUserData, type UserDataResult } from './cloud-init/boot.ts';
import { type Architecture, keptCapabilities, seccompProgram } from './confinement.ts';
import type { Ground } from './ground.ts';
import { type Execution, Guest, type GuestProcess, type Question } from './guest.ts';
import { type Image, keepLayer } from './images.ts';
import { Journal } from './journal.ts';
import type { Launcher } from './launcher.ts';
import { forwardingFile, watchForwarding } from './netfilter/forwarding.ts';
import { PacketFilter } from './netfilter/packet-filter.ts';
import type { InstanceEvent, InstanceSpecification, InstanceState, RunningInstance } from './running-instance.ts';
import { carryOut } from './stand-ins.ts';
import { dynamicUser } from './systemd/dynamic-user.ts';
import { parseHardLimits } from './systemd/limits.ts';
import { Systemd } from './systemd/manager.ts';
import type { Service } from './systemd/service.ts';
import { Troubles } from './trouble.ts';
import { userlands } from './userland/distributions.ts';
import type { InstanceUsers } from './users.ts';

interface InstanceSurroundings {
  readonly ground: Ground;
  readonly base: Base;
  /** The layer of its distribution, above the base. */
  readonly layer: string;
  readonly groups: Groups;
  readonly users: InstanceUsers;
  /** The region's launcher, or another where it has ended. */
  readonly launcher: () => Promise<Launcher>;
  /** Folder for the instance's disk, on the region's tmpfs. */
  readonly folder: string;
  readonly on: (event: InstanceEvent) => void;
}

/** Variables of every process. The authority's files are Terrace's addition; nothing else tells an instance from one on AWS. */
const processEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
  LANG: 'C.UTF-8',
  NODE_EXTRA_CA_CERTS: authorityFile,
  AWS_CA_BUNDLE: authorityFile,
  SSL_CERT_FILE: '/etc/pki/tls/certs/ca-bundle.crt',
};

/** Mounts of `/tmp` and `/dev/shm`, each. */
const scratchBytes = 256 * 1024 * 1024;

/**
 * Milliseconds without an answer of process 1 after which an instance is impaired. EC2 checks every minute.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
 */
export const instancePatience = 30_000;

/** Processes and threads of an instance at once. */
const mostProcesses = 4096;

export class Instance implements RunningInstance {
  readonly id: string;
  readonly journal: Journal;
  readonly userData: Promise<UserDataResult>;
  #specification: InstanceSpecification;
  readonly #around: InstanceSurroundings;
  readonly #disk: string;
  #state: InstanceState = 'pending';
  #mounted = false;
  #guest: Guest | undefined;
  /** The launcher that it was booted by. */
  #host: Launcher | undefined;
  readonly #watch: AnswerWatch;
  #impaired = new AbortController();
  #systemd: Systemd | undefined;
  #ended: Promise<void> = Promise.resolve();
  #userDataEnded: (result: UserDataResult) => void = () => undefined;
  readonly #turns = new Turns();
  readonly #troubles = new Troubles();
  readonly #filter: PacketFilter;

  constructor(specification: InstanceSpecification, around: InstanceSurroundings) {
    this.id = specification.id;
    this.#specification = specification;
    this.#around = around;
    this.#filter = new PacketFilter(specification.network, specification.forwards);
    this.#disk = join(around.folder, specification.id);
    this.journal = new Journal(join(around.ground.state, 'instances', specification.id, 'journal'), (error) =>
      around.on({ kind: 'journal-failed', instance: specification.id, reason: error.message }),
    );
    this.userData = new Promise((resolve) => {
      this.#userDataEnded = resolve;
    });
    const part = `process 1 of ${specification.id}`;
    this.#watch = watchAndWake({
      part,
      patience: instancePatience,
      whom: () => this.#guest ?? null,
      ask: async () => this.#guest?.answer(),
      wake: () => void this.#host?.wake(specification.id).catch(() => undefined), // where the host ends too, its end is told
      hangs: (milliseconds) => {
        this.#impaired.abort();
        around.on({ kind: 'impaired', instance: specification.id, milliseconds });
      },
      on: (incident) => around.on({ kind: 'incident', instance: specification.id, incident }),
    });
  }

  get state(): InstanceState {
    return this.#state;
  }

  /** Makes its disk and boots it for the first time; resolves when it runs, while user data is still at work. */
  async launch(): Promise<void> {
    await mkdir(this.#disk, { recursive: true });
    await (await this.#around.launcher()).mountDisk(this.#disk, this.#specification.diskBytes);
    this.#mounted = true;
    for (const name of ['root', 'rest', 'usr', 'work-rest', 'work-usr'])
      await mkdir(join(this.#disk, name), { mode: 0o755 });
    await this.#boot();
    const systemd = this.#running();
    void this.#afterFirstBoot(systemd);
  }

  async answers(): Promise<PartAnswer> {
    return { part: `process 1 of ${this.id}`, silentFor: await this.#watch.look() };
  }

  async exec(execution: Execution): Promise<GuestProcess> {
    const silent = await this.#watch.look();
    if (silent !== null)
      throw new Error(`process 1 of ${this.id} has not answered for ${(silent / 1000).toFixed(1)} s`);
    const environment = { ...processEnvironment, HOME: '/root', TERM: 'xterm-256color', ...execution.environment };
    return this.#running().guest.spawn({ ...execution, environment });
  }

  read(path: string): Promise<string> {
    return this.#running().guest.read(path);
  }

  stop(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state !== 'running') return;
      this.#become('stopping');
      await this.#shutDown();
      this.#become('stopped');
    });
  }

  powerOff(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state !== 'running') return;
      await (await this.#around.launcher()).kill(this.id);
      await this.#ended;
    });
  }

  start(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state !== 'stopped') return;
      this.#become('pending');
      await this.#boot();
      const systemd = this.#running();
      void runEveryBoot(systemd.guest, this.#specification.userData ?? '', this.#bootSurroundings());
      await systemd.startEnabled();
    });
  }

  change(specification: InstanceSpecification): void {
    this.#specification = specification;
  }

  terminate(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state === 'terminated') return;
      const ran = this.#guest !== undefined;
      this.#become('shutting-down');
      if (ran) await this.#shutDown();
      await this.#around.groups.remove(this.id);
      if (this.#mounted) await (await this.#around.launcher()).releaseDisk(this.#disk);
      await rm(this.#disk, { recursive: true, force: true });
      await this.journal.flush();
      this.#watch[Symbol.dispose]();
      this.#become('terminated');
    });
  }

  async image(id: string): Promise<Image> {
    const folder = join(this.#around.ground.state, 'images', id);
    const wasRunning = this.#state === 'running';
    await this.stop();
    try {
      await this.#turns.take(() => keepLayer(this.#disk, folder));
    } finally {
      if (wasRunning) await this.start();
    }
    return { id, layers: [folder, ...this.#specification.image.layers] };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.terminate();
  }

  async #boot(): Promise<void> {
    const { launcher, ground } = this.#around;
    let ended: (status: number) => void = () => undefined;
    const over = new Promise<number>((resolve) => {
      ended = resolve;
    });
    await this.#filter.reset();
    const host = await launcher();
    this.#host = host;
    this.#impaired = new AbortController();
    const { socket, early } = await host.launch(this.id, ended);
    if (early.length > 0) throw new Error(`${this.id} spoke before it was spoken to`);
    const guest = new Guest(socket, {
      onQuestion: (question) => void this.#answer(question),
      onNotify: (unit, text) => this.#systemd?.notified(unit, text),
      onLog: (text) => this.journal.add('syslog', 0, withoutSyslogHead(text)),
      onReaped: (pid, ending) => this.#systemd?.reaped(pid, ending),
    });
    this.#ended = over.then((status) => this.#gone(guest, status));
    try {
      await guest.begin(this.#settings());
    } catch (error) {
      // Its end is told by its name, which the next to be launched may have.
      await (await launcher()).kill(this.id);
      await this.#ended;
      throw error;
    }
    this.#guest = guest;
    this.#systemd = new Systemd(guest, {
      guest,
      environment: processEnvironment,
      hardLimits: parseHardLimits(readFileSync('/proc/self/limits', 'utf8')),
      dynamicUser: (name) => dynamicUser(guest, ground.accounts, name),
      journal: (unit, pid, text) => this.journal.add(unit, pid, text),
    });
    await this.#settle(guest);
    if (this.#filter.canForward)
      await watchForwarding(guest, this.#filter, processEnvironment, () => this.#guest === guest);
    this.#become('running');
  }

  /** What the launcher's child is told, before it confines itself. */
  #settings(): Readonly<Record<string, string | Buffer>> {
    const { ground, base, layer, groups, users } = this.#around;
    const { image, hostName, network, size } = this.#specification;
    const layers = [...image.layers, layer];
    return {
      disk: this.#disk,
      network,
      hostName: shortName(hostName),
      rest: [...layers.map((each) => join(each, 'rest')), ...base.rest].map(escapeLayer).join(':'),
      usr: [...layers.map((each) => join(each, 'usr')), ...base.usr].map(escapeLayer).join(':'),
      layers: [...layers.flatMap((each) => [join(each, 'rest'), join(each, 'usr')]), ...base.rest, ...base.usr].join(
        '\0',
      ),
      users: users.kind === 'own' ? users.namespace : '',
      firstUser: users.kind === 'own' ? String(users.first) : '',
      device: base.device,
      node: base.node,
      nodeTarget: base.nodeTarget,
      packages: base.packages,
      packagesTarget: base.packagesTarget,
      rootless: ground.rootless ? '1' : '',
      scratchBytes: String(scratchBytes),
      processes: String(mostProcesses),
      forwarding: this.#filter.canForward ? forwardingFile : '',
      groups: groups.make(this.id, { size, processes: mostProcesses, disk: this.#disk }).join('\n'),
      capabilities: Object.values(keptCapabilities).join(','),
      seccomp: seccompProgram(process.arch as Architecture, ground.accounts),
    };
  }

  /** What makes it this instance and no other: its names, its resolver, its clock's zone. */
  async #settle(guest: Guest): Promise<void> {
    const { hostName, resolver, searchDomain, timeZone } = this.#specification;
    const search = searchDomain === null ? '' : `search ${searchDomain}\n`;
    await Promise.all([
      guest.write('/etc/hostname', `${hostName}\n`),
      guest.write(
        '/etc/hosts',
        '127.0.0.1   localhost localhost.localdomain\n::1         localhost6 localhost6.localdomain6\n',
      ),
      guest.write('/etc/resolv.conf', `${search}nameserver ${resolver}\noptions timeout:2 attempts:5\n`),
      guest.link(`/usr/share/zoneinfo/${timeZone}`, '/etc/localtime'),
    ]);
  }

  async #afterFirstBoot(systemd: Systemd): Promise<void> {
    const { userData } = this.#specification;
    const enabled = systemd.startEnabled().catch((error: Error) => this.journal.add('systemd', 1, error.message));
    const result = await runUserData(systemd.guest, userData ?? '', this.#bootSurroundings());
    await enabled;
    for (const service of systemd.services()) this.#noteUnit(service);
    this.#userDataEnded({ ...result, troubles: this.#troubles.end() });
  }

  #bootSurroundings(): BootSurroundings {
    const { user, packageTool } = userlands[this.#specification.userland];
    return {
      environment: processEnvironment,
      image: { user, packageTool },
      instance: this.id,
      onLine: (line) => this.journal.add('cloud-final.service', 0, line),
    };
  }

  /** A unit that started and has failed since. */
  #noteUnit({ unit, status }: Service): void {
    if (status.active !== 'failed') return;
    const cause = words(
      `the unit failed (${status.result}): journalctl -u ${unit.name}`,
      `유닛이 실패했습니다(${status.result}): journalctl -u ${unit.name}`,
    );
    this.#troubles.add({ kind: 'unit', command: unit.name, cause, unreached: null });
  }

  async #answer(question: Question): Promise<void> {
    const systemd = this.#systemd;
    if (!systemd) return question.answer(1);
    try {
      const { hostName, repository } = this.#specification;
      const status = await carryOut(question, {
        ground: this.#around.ground,
        systemd,
        journal: this.journal,
        host: shortName(hostName),
        repository,
        troubles: this.#troubles,
        filter: this.#filter,
        rename: async (name) => (await this.#around.launcher()).rename(this.id, name),
      });
      question.answer(status);
    } catch (error) {
      question.say('err', `${question.name}: ${(error as Error).message}\n`);
      question.answer(1);
    }
  }

  async #shutDown(): Promise<void> {
    // One that is gone in the middle of it has nothing left to stop; one that is impaired never says so.
    const stopped = this.#systemd?.stopAll().catch((error: Error) => this.journal.add('systemd', 1, error.message));
    if (!this.#impaired.signal.aborted) await Promise.race([stopped, once(this.#impaired.signal, 'abort')]);
    await (await this.#around.launcher()).kill(this.id);
    await this.#ended;
    await this.journal.flush();
  }

  #gone(guest: Guest, status: number): void {
    guest.destroy();
    if (this.#guest !== guest) return;
    this.#systemd?.abandon();
    this.#guest = undefined;
    this.#systemd = undefined;
    if (this.#state === 'running') {
      this.journal.add('systemd', 1, `process 1 ended (status ${status})`);
      this.#become('stopped', `process 1 of the instance ended (status ${status})`);
    }
  }

  #running(): Systemd {
    if (!this.#systemd) throw new Error(`${this.id} is ${this.#state}`);
    return this.#systemd;
  }

  #become(state: InstanceState, reason: string | null = null): void {
    this.#state = state;
    const hostFailed = reason !== null && this.#host?.ended === true;
    this.#around.on({ kind: 'state', instance: this.id, state, reason, hostFailed });
  }
}

function shortName(hostName: string): string {
  return hostName.length > 63 ? (hostName.split('.')[0] ?? hostName).slice(0, 63) : hostName;
}

/** `<13>Nov 22 18:00:00 tag: text` is `tag: text`. */
function withoutSyslogHead(text: string): string {
  return text.replace(/^<\d+>(\w{3} [ \d]\d \d\d:\d\d:\d\d )?/, '').trimEnd();
}

/** In an overlay's option string, a colon parts layers and a comma parts options. */
function escapeLayer(path: string): string {
  return path.replace(/[\\:,]/g, (character) => `\\${character}`);
}
