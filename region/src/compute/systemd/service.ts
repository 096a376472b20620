import { constants } from 'node:os';
import type { Ending, Execution, Guest, GuestProcess } from '../guest.ts';
import { parseEnvironmentFile } from './environment-file.ts';
import { type Command, expandVariables, type ServiceUnit } from './service-unit.ts';

/** What a service needs of its instance. */
export interface Machine {
  readonly guest: Pick<Guest, 'spawn' | 'signal' | 'owned' | 'readIfThere' | 'makeFolder'>;
  /** For every process, before what a unit says. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sees to an account of that name for `DynamicUser=`, and resolves to it. */
  dynamicUser(name: string): Promise<string>;
  /** A line of a unit's own output, or of `systemd` about it (`pid` 1). */
  journal(unit: string, pid: number, text: string): void;
}

export type ActiveState = 'inactive' | 'activating' | 'active' | 'reloading' | 'deactivating' | 'failed';

/** `result` as systemd names it: `success`, `exit-code`, `signal`, `timeout`, `resources`, `protocol`, `start-limit-hit`, `condition`. */
export interface ServiceStatus {
  readonly active: ActiveState;
  readonly sub: string;
  readonly result: string;
  readonly mainPid: number;
  readonly ending: Ending | null;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly restarts: number;
  readonly text: string;
}

/**
 * One service as systemd runs it: its processes started in order, its main process watched, restarted as the unit says.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export class Service {
  #unit: ServiceUnit;
  readonly #machine: Machine;
  #status: ServiceStatus = {
    active: 'inactive',
    sub: 'dead',
    result: 'success',
    mainPid: 0,
    ending: null,
    since: Date.now(),
    restarts: 0,
    text: '',
  };
  #invocation = '';
  #environment: Record<string, string> = {};
  #user: string | null = null;
  #starts: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wanted = false;
  #work: Promise<unknown> = Promise.resolve();
  #mainEnded: ((ending: Ending) => void) | undefined;
  #noticed: ((text: string) => void) | undefined;

  constructor(unit: ServiceUnit, machine: Machine) {
    this.#unit = unit;
    this.#machine = machine;
  }

  get unit(): ServiceUnit {
    return this.#unit;
  }

  /** What `daemon-reload` does: in force from the next start or stop. */
  set unit(unit: ServiceUnit) {
    this.#unit = unit;
  }

  get status(): ServiceStatus {
    return this.#status;
  }

  /** Resolves when it is up, or has failed to come up, as `Type=` says; true if it is up. */
  start(): Promise<boolean> {
    return this.#queue(async () => {
      if (this.#status.active === 'active') return true;
      this.#cancelRestart();
      if (this.#limited()) return false;
      return this.#bringUp();
    });
  }

  stop(): Promise<void> {
    this.#wanted = false;
    this.#cancelRestart();
    return this.#queue(() => this.#bringDown());
  }

  async restart(): Promise<boolean> {
    await this.stop();
    return this.start();
  }

  /** False if the unit knows no way, or the way failed. */
  reload(): Promise<boolean> {
    return this.#queue(async () => {
      if (this.#status.active !== 'active' || this.#unit.reload.length === 0) return false;
      this.#set('reloading', 'reload');
      const done = await this.#runAll(this.#unit.reload, this.#unit.startTimeout);
      this.#set('active', 'running');
      this.#say(done ? `Reloaded ${this.#title()}.` : `Reload failed for ${this.#title()}.`);
      return done;
    });
  }

  resetFailed(): void {
    this.#starts = [];
    if (this.#status.active === 'failed') this.#set('inactive', 'dead', 'success');
  }

  async signal(number: number, everyone: boolean): Promise<void> {
    const pids = everyone ? await this.#pids() : [this.#status.mainPid];
    this.#machine.guest.signal(
      number,
      pids.filter((pid) => pid > 0),
    );
  }

  /** A process that this service's start left behind has ended. */
  reaped(pid: number, ending: Ending): void {
    if (pid === this.#status.mainPid) this.#mainEnded?.(ending);
  }

  notified(text: string): void {
    this.#noticed?.(text);
  }

  #queue<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#work.then(task, task);
    this.#work = next.catch(() => undefined);
    return next;
  }

  async #bringUp(): Promise<boolean> {
    this.#wanted = true;
    const unit = this.#unit;
    this.#set('activating', 'start-pre', 'success');
    this.#invocation = crypto.randomUUID().replaceAll('-', '');
    this.#say(`Starting ${this.#title()}...`);
    try {
      this.#environment = await this.#readEnvironment();
      this.#user = unit.dynamicUser ? await this.#machine.dynamicUser(unit.user ?? stemOf(unit.name)) : unit.user;
      for (const { path, mode } of unit.folders)
        await this.#machine.guest.makeFolder(path, mode, this.#user ?? undefined);
      for (const command of unit.condition) {
        const ending = await this.#run(command, unit.startTimeout);
        if (ending.code !== 0) return this.#skip(ending);
      }
      if (!(await this.#runAll(unit.startPre, unit.startTimeout))) return await this.#fail('exit-code');
      this.#set('activating', 'start');
      const up = await this.#startMain();
      if (!up) return false;
      if (!(await this.#runAll(unit.startPost, unit.startTimeout))) {
        await this.#bringDown();
        return await this.#fail('exit-code');
      }
      return true;
    } catch (error) {
      this.#say(`${unit.name}: ${(error as Error).message}`);
      return await this.#fail('resources');
    }
  }

  async #startMain(): Promise<boolean> {
    const unit = this.#unit;
    if (unit.type === 'oneshot') {
      if (!(await this.#runAll(unit.start, unit.startTimeout))) return this.#fail('exit-code');
      if (unit.remainAfterExit) this.#set('active', 'exited');
      else this.#set('inactive', 'dead');
      this.#say(`Finished ${this.#title()}.`);
      return true;
    }
    const command = unit.start[0]!;
    if (unit.type === 'forking') return this.#startForking(command);
    const notice = unit.type === 'notify' ? this.#notice() : undefined;
    const process = await this.#spawn(command, unit.type === 'notify');
    const ended = new Promise<Ending>((resolve) => {
      this.#mainEnded = resolve;
    });
    process.ended.then((ending) => {
      if (this.#status.mainPid === process.pid) this.#mainEnded?.(ending);
    });
    this.#set('activating', 'start', 'success', process.pid);
    if (notice) {
      const first = await within(Promise.race([notice, ended]), unit.startTimeout);
      if (first !== 'ready') {
        if (first === undefined) this.#say(`${unit.name}: start operation timed out. Terminating.`);
        else if (first !== null && typeof first === 'object') this.#sayEnding(first);
        await this.#killAll();
        return this.#fail(first === undefined ? 'timeout' : 'protocol');
      }
    }
    return this.#running(process.pid, ended);
  }

  async #startForking(command: Command): Promise<boolean> {
    const unit = this.#unit;
    const process = await this.#spawn(command);
    const ending = await within(process.ended, unit.startTimeout);
    if (ending === undefined) {
      this.#say(`${unit.name}: start operation timed out. Terminating.`);
      await this.#killAll([process.pid]);
      return this.#fail('timeout');
    }
    if (!succeeded(ending, unit) && !command.mayFail) {
      this.#sayEnding(ending);
      return this.#fail('exit-code', ending);
    }
    const pid = await this.#daemonPid(process.pid);
    if (pid === undefined) {
      this.#say(
        unit.pidFile === null
          ? `${unit.name}: left no process behind.`
          : `${unit.name}: cannot read the PID file ${unit.pidFile}.`,
      );
      return this.#fail('protocol');
    }
    const ended = new Promise<Ending>((resolve) => {
      this.#mainEnded = resolve;
    });
    return this.#running(pid, ended);
  }

  async #daemonPid(starter: number): Promise<number | undefined> {
    const { pidFile } = this.#unit;
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const text = pidFile === null ? undefined : await this.#machine.guest.readIfThere(pidFile);
      const pid = text === undefined ? Number.NaN : Number.parseInt(text, 10);
      const owned = await this.#machine.guest.owned(this.#invocation, Number.isNaN(pid) ? [starter] : [starter, pid]);
      if (owned.includes(pid)) return pid;
      if (pidFile === null) return owned[0];
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return undefined;
  }

  #running(pid: number, ended: Promise<Ending>): boolean {
    this.#set('active', 'running', 'success', pid);
    this.#say(`Started ${this.#title()}.`);
    void ended.then((ending) => this.#queue(() => this.#mainProcessEnded(pid, ending)));
    return true;
  }

  async #mainProcessEnded(pid: number, ending: Ending): Promise<void> {
    if (this.#status.mainPid !== pid || this.#status.active !== 'active') return;
    const clean = succeeded(ending, this.#unit);
    if (!clean) this.#sayEnding(ending);
    this.#set(
      'deactivating',
      'stop-post',
      clean ? 'success' : ending.code === null ? 'signal' : 'exit-code',
      0,
      ending,
    );
    await this.#runAll(this.#unit.stop, this.#unit.stopTimeout, pid);
    if (this.#unit.killMode !== 'none' && this.#unit.killMode !== 'process') await this.#killAll([pid]);
    await this.#runAll(this.#unit.stopPost, this.#unit.stopTimeout);
    if (clean && this.#unit.remainAfterExit) return this.#set('active', 'exited');
    this.#set(clean ? 'inactive' : 'failed', clean ? 'dead' : 'failed');
    this.#say(
      clean
        ? `${this.#unit.name}: Deactivated successfully.`
        : `${this.#unit.name}: Failed with result '${this.#status.result}'.`,
    );
    if (this.#wanted && restarts(this.#unit.restart, ending, clean)) this.#restartLater();
  }

  #restartLater(): void {
    this.#set('activating', 'auto-restart');
    this.#timer = setTimeout(() => {
      void this.#queue(async () => {
        if (!this.#wanted || this.#status.sub !== 'auto-restart') return;
        this.#status = { ...this.#status, restarts: this.#status.restarts + 1 };
        this.#say(`${this.#unit.name}: Scheduled restart job, restart counter is at ${this.#status.restarts}.`);
        if (!this.#limited()) await this.#bringUp();
      });
    }, this.#unit.restartDelay);
  }

  #cancelRestart(): void {
    clearTimeout(this.#timer);
    if (this.#status.sub === 'auto-restart') this.#set('inactive', 'dead');
  }

  #limited(): boolean {
    const { startLimitBurst, startLimitInterval, name } = this.#unit;
    const now = Date.now();
    this.#starts = this.#starts.filter((start) => now - start < startLimitInterval);
    if (startLimitInterval > 0 && startLimitBurst > 0 && this.#starts.length >= startLimitBurst) {
      this.#say(`${name}: Start request repeated too quickly.`);
      this.#set('failed', 'failed', 'start-limit-hit', 0);
      return true;
    }
    this.#starts.push(now);
    return false;
  }

  async #bringDown(): Promise<void> {
    if (this.#status.active === 'inactive' || this.#status.active === 'failed') return;
    const unit = this.#unit;
    const main = this.#status.mainPid;
    this.#say(`Stopping ${this.#title()}...`);
    this.#set('deactivating', 'stop');
    if (main > 0 || this.#status.sub === 'stop') await this.#runAll(unit.stop, unit.stopTimeout, main);
    const pids = await this.#pids();
    if (unit.killMode !== 'none') {
      const first = unit.killMode === 'control-group' ? pids : pids.filter((pid) => pid === main);
      this.#machine.guest.signal(signalNumber(unit.killSignal), first);
      const left = await this.#waitForEnd(unit.killMode === 'process' ? [main] : pids, unit.stopTimeout);
      if (left.length > 0) {
        this.#say(`${unit.name}: Killing process ${left.join(', ')} with signal SIGKILL.`);
        this.#machine.guest.signal(9, left);
        await this.#waitForEnd(left, 5000);
      }
    }
    await this.#runAll(unit.stopPost, unit.stopTimeout);
    this.#set('inactive', 'dead', 'success', 0);
    this.#say(`Stopped ${this.#title()}.`);
  }

  async #killAll(more: readonly number[] = []): Promise<void> {
    const pids = await this.#pids(more);
    if (pids.length === 0) return;
    this.#machine.guest.signal(15, pids);
    const left = await this.#waitForEnd(pids, Math.min(this.#unit.stopTimeout, 5000));
    this.#machine.guest.signal(9, left);
  }

  async #waitForEnd(pids: readonly number[], patience: number): Promise<number[]> {
    const until = Date.now() + patience;
    for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
      const alive = await this.#pids(pids);
      const left = pids.filter((pid) => alive.includes(pid));
      if (left.length === 0 || Date.now() >= until) return left;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #pids(more: readonly number[] = []): Promise<number[]> {
    const named = [this.#status.mainPid, ...more].filter((pid) => pid > 0);
    return this.#machine.guest.owned(this.#invocation, named);
  }

  async #runAll(commands: readonly Command[], patience: number, main = 0): Promise<boolean> {
    for (const command of commands) {
      const ending = await this.#run(command, patience, main);
      if (!succeeded(ending, this.#unit) && !command.mayFail) {
        this.#sayEnding(ending);
        this.#status = { ...this.#status, ending };
        return false;
      }
    }
    return true;
  }

  async #run(command: Command, patience: number, main = this.#status.mainPid): Promise<Ending> {
    const process = await this.#spawn(command, false, main);
    const ending = await within(process.ended, patience);
    if (ending) return ending;
    process.kill(9);
    return process.ended;
  }

  #spawn(command: Command, notify = false, main = this.#status.mainPid): Promise<GuestProcess> {
    const unit = this.#unit;
    const environment = {
      ...this.#environment,
      INVOCATION_ID: this.#invocation,
      ...(main > 0 && { MAINPID: String(main) }),
    };
    const execution: Execution = {
      words: expandVariables(command, environment),
      environment,
      folder: unit.workingFolder.replace(/^-/, ''),
      umask: unit.umask,
      limits: unit.limits.map(({ resource, soft, hard }) => `${resource}:${soft}:${hard}`),
      ...(this.#user !== null && !command.privileged && { user: this.#user }),
      ...(unit.group !== null && !command.privileged && { group: unit.group }),
      ...(notify && { notify: unit.name }),
      ...outputOf(unit, (pid, text) => this.#machine.journal(unit.name, pid, text)),
    };
    return this.#machine.guest.spawn(execution);
  }

  async #readEnvironment(): Promise<Record<string, string>> {
    const variables: Record<string, string> = { ...this.#machine.environment, ...this.#unit.environment };
    for (const { path, optional } of this.#unit.environmentFiles) {
      const text = await this.#machine.guest.readIfThere(path);
      if (text !== undefined) Object.assign(variables, parseEnvironmentFile(text));
      else if (!optional) throw new Error(`Failed to load environment files: ${path}: No such file or directory`);
    }
    return variables;
  }

  #notice(): Promise<'ready'> {
    return new Promise((resolve) => {
      this.#noticed = (text) => {
        const fields = new Map(text.split('\n').map((line) => line.split(/=(.*)/s) as [string, string]));
        const status = fields.get('STATUS');
        if (status !== undefined) this.#status = { ...this.#status, text: status };
        if (fields.get('READY') === '1') resolve('ready');
      };
    });
  }

  #skip(ending: Ending): boolean {
    const failed = ending.code === null || ending.code === 255;
    this.#set(
      failed ? 'failed' : 'inactive',
      failed ? 'failed' : 'dead',
      failed ? 'exit-code' : 'exec-condition',
      0,
      ending,
    );
    return false;
  }

  async #fail(result: string, ending: Ending | null = this.#status.ending): Promise<boolean> {
    await this.#runAll(this.#unit.stopPost, this.#unit.stopTimeout).catch(() => undefined);
    this.#set('failed', 'failed', result, 0, ending);
    this.#say(`${this.#unit.name}: Failed with result '${result}'.`);
    this.#say(`Failed to start ${this.#title()}.`);
    if (this.#wanted && restarts(this.#unit.restart, ending ?? { code: 1, signal: null }, false)) this.#restartLater();
    return false;
  }

  #set(
    active: ActiveState,
    sub: string,
    result = this.#status.result,
    mainPid = this.#status.mainPid,
    ending = this.#status.ending,
  ): void {
    this.#status = {
      ...this.#status,
      active,
      sub,
      result,
      mainPid: active === 'inactive' || active === 'failed' ? 0 : mainPid,
      ending,
      since: Date.now(),
    };
  }

  #title(): string {
    const { name, description } = this.#unit;
    return description === name ? name : `${name} - ${description}`;
  }

  #say(text: string): void {
    this.#machine.journal(this.#unit.name, 1, text);
  }

  #sayEnding(ending: Ending): void {
    const how =
      ending.code === null
        ? `code=killed, status=${ending.signal}/${signalName(ending.signal ?? 0)}`
        : `code=exited, status=${ending.code}`;
    this.#say(`${this.#unit.name}: Process ended, ${how}.`);
  }
}

function stemOf(name: string): string {
  return name.replace(/\.service$/, '').replace(/[^A-Za-z0-9_-]/g, '-');
}

function outputOf(
  unit: ServiceUnit,
  line: (pid: number, text: string) => void,
): Pick<Execution, 'output' | 'onOutput'> {
  const to = unit.standardOutput;
  if (to === 'null' || /^(append|truncate):/.test(to)) return { output: to };
  return { onOutput: linesOf((text) => line(0, text)) };
}

/** Whole lines out of output that comes in pieces; a long line is cut. */
export function linesOf(each: (line: string) => void): (stream: 'out' | 'err', bytes: Buffer) => void {
  const held = { out: '', err: '' };
  return (stream, bytes) => {
    const lines = (held[stream] + bytes.toString()).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) each(line);
    held[stream] = last.length > 16_384 ? '' : last;
    if (held[stream] === '' && last !== '') each(last);
  };
}

function succeeded(ending: Ending, unit: ServiceUnit): boolean {
  if (ending.code === 0) return true;
  if (ending.code !== null) return unit.successCodes.includes(ending.code);
  const name = signalName(ending.signal ?? 0);
  const usual = unit.type !== 'oneshot' && ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'].includes(name);
  return usual || unit.successCodes.includes(name) || unit.successCodes.includes(name.slice(3));
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart= */
function restarts(policy: ServiceUnit['restart'], ending: Ending, clean: boolean): boolean {
  if (policy === 'always') return true;
  if (policy === 'on-success') return clean;
  if (policy === 'on-failure') return !clean;
  if (policy === 'on-abnormal' || policy === 'on-abort') return !clean && ending.code === null;
  return false;
}

export function signalNumber(name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  const full = `SIG${name.replace(/^SIG/, '')}`;
  const number = (constants.signals as Readonly<Record<string, number>>)[full];
  if (number === undefined) throw new Error(`unknown signal ${name}`);
  return number;
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `SIG${number}`;
}

/** `undefined` after so many milliseconds; infinity waits for ever. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  if (milliseconds >= 2 ** 31) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
