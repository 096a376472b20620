import { Turns } from '../../turns.ts';
import type { Ending } from '../guest.ts';
import type { Command } from './command-line.ts';
import { describeEnding, restarts, signalNumber, succeeded, within } from './ending.ts';
import { Invocation, type Machine } from './invocation.ts';
import { type ActiveState, neverStarted, readNotification, type ServiceStatus } from './service-status.ts';
import type { ServiceUnit } from './service-unit.ts';
import { StartLimit } from './start-limit.ts';

/**
 * One service as systemd runs it: its processes started in order, its main process watched, restarted as the unit says.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export class Service {
  #unit: ServiceUnit;
  readonly #machine: Machine;
  #status = neverStarted();
  /** `undefined` until the first start. */
  #invocation: Invocation | undefined;
  readonly #startLimit = new StartLimit();
  #timer: NodeJS.Timeout | undefined;
  #wanted = false;
  #abandoned = false;
  readonly #turns = new Turns();
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
    return this.#turns.take(async () => {
      if (this.#status.active === 'active') return true;
      this.#cancelRestart();
      if (this.#limited()) return false;
      return this.#bringUp();
    });
  }

  stop(): Promise<void> {
    this.#wanted = false;
    this.#cancelRestart();
    return this.#turns.take(() => this.#bringDown());
  }

  async restart(): Promise<boolean> {
    await this.stop();
    return this.start();
  }

  /** False if the unit knows no way, or the way failed. */
  reload(): Promise<boolean> {
    return this.#turns.take(async () => {
      if (this.#status.active !== 'active' || this.#unit.reload.length === 0) return false;
      this.#set('reloading', 'reload');
      const done = await this.#runAll(this.#unit.reload, this.#unit.startTimeout);
      this.#set('active', 'running');
      this.#say(done ? `Reloaded ${this.#title()}.` : `Reload failed for ${this.#title()}.`);
      return done;
    });
  }

  resetFailed(): void {
    this.#startLimit.forget();
    if (this.#status.active === 'failed') this.#set('inactive', 'dead', 'success');
  }

  async signal(number: number, everyone: boolean): Promise<void> {
    const pids = everyone ? await this.#members() : [this.#status.mainPid].filter((pid) => pid > 0);
    this.#invocation?.signal(number, pids);
  }

  /** The instance is gone, and every process with it: nothing is to be done any more. */
  abandon(): void {
    this.#wanted = false;
    this.#abandoned = true;
    clearTimeout(this.#timer);
  }

  /** A process that this service's start left behind has ended. */
  reaped(pid: number, ending: Ending): void {
    if (pid === this.#status.mainPid) this.#mainEnded?.(ending);
  }

  notified(text: string): void {
    this.#noticed?.(text);
  }

  /** For what nobody waits for. */
  #inBackground(task: () => Promise<void>): void {
    this.#turns.take(task).catch((error: Error) => {
      if (!this.#abandoned) this.#say(`${this.#unit.name}: ${error.message}`);
    });
  }

  async #bringUp(): Promise<boolean> {
    this.#wanted = true;
    const unit = this.#unit;
    this.#set('activating', 'start-pre', 'success');
    this.#say(`Starting ${this.#title()}...`);
    try {
      this.#invocation = await Invocation.begin(unit, this.#machine);
      for (const command of unit.condition) {
        const ending = await this.#invocation.run(command, unit.startTimeout, 0);
        if (ending.code !== 0) return this.#skip(ending);
      }
      if (!(await this.#runAll(unit.startPre, unit.startTimeout))) return await this.#fail('exit-code');
      this.#set('activating', 'start');
      const up = await this.#startMain(this.#invocation);
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

  async #startMain(invocation: Invocation): Promise<boolean> {
    const unit = this.#unit;
    if (unit.type === 'oneshot') {
      if (!(await this.#runAll(unit.start, unit.startTimeout))) return this.#fail('exit-code');
      if (unit.remainAfterExit) this.#set('active', 'exited');
      else this.#set('inactive', 'dead');
      this.#say(`Finished ${this.#title()}.`);
      return true;
    }
    const command = unit.start[0]!;
    if (unit.type === 'forking') return this.#startForking(command, invocation);
    const notice = unit.type === 'notify' ? this.#notice() : undefined;
    const process = await invocation.spawn(command, { mainPid: 0, notify: unit.type === 'notify' });
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
        await invocation.end([process.pid], 5000);
        return this.#fail(first === undefined ? 'timeout' : 'protocol');
      }
    }
    return this.#running(process.pid, ended);
  }

  async #startForking(command: Command, invocation: Invocation): Promise<boolean> {
    const unit = this.#unit;
    const process = await invocation.spawn(command, { mainPid: 0 });
    const ending = await within(process.ended, unit.startTimeout);
    if (ending === undefined) {
      this.#say(`${unit.name}: start operation timed out. Terminating.`);
      await invocation.end([process.pid], 5000);
      return this.#fail('timeout');
    }
    if (!succeeded(ending, unit) && !command.mayFail) {
      this.#sayEnding(ending);
      return this.#fail('exit-code', ending);
    }
    const pid = await invocation.daemon(process.pid);
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

  #running(pid: number, ended: Promise<Ending>): boolean {
    this.#set('active', 'running', 'success', pid);
    this.#say(`Started ${this.#title()}.`);
    void ended.then((ending) => this.#inBackground(() => this.#mainProcessEnded(pid, ending)));
    return true;
  }

  async #mainProcessEnded(pid: number, ending: Ending): Promise<void> {
    if (this.#abandoned || this.#status.mainPid !== pid || this.#status.active !== 'active') return;
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
    if (this.#unit.killMode !== 'none' && this.#unit.killMode !== 'process')
      await this.#invocation?.end([pid], Math.min(this.#unit.stopTimeout, 5000));
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
      this.#inBackground(async () => {
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
    if (this.#startLimit.admits(this.#unit, Date.now())) return false;
    this.#say(`${this.#unit.name}: Start request repeated too quickly.`);
    this.#set('failed', 'failed', 'start-limit-hit', 0);
    return true;
  }

  async #bringDown(): Promise<void> {
    if (this.#status.active === 'inactive' || this.#status.active === 'failed') return;
    const unit = this.#unit;
    const invocation = this.#invocation;
    const main = this.#status.mainPid;
    this.#say(`Stopping ${this.#title()}...`);
    this.#set('deactivating', 'stop');
    if (main > 0 || this.#status.sub === 'stop') await this.#runAll(unit.stop, unit.stopTimeout, main);
    const pids = await this.#members();
    if (invocation && unit.killMode !== 'none') {
      const first = unit.killMode === 'control-group' ? pids : pids.filter((pid) => pid === main);
      invocation.signal(signalNumber(unit.killSignal), first);
      const mainAlone = unit.killMode === 'process';
      const left = await invocation.survivors([main, ...pids], unit.stopTimeout, (pid) => !mainAlone || pid === main);
      if (left.length > 0) {
        this.#say(`${unit.name}: Killing process ${left.join(', ')} with signal SIGKILL.`);
        if (mainAlone) invocation.signal(9, left);
        else await invocation.kill([main, ...pids]);
      }
    }
    await this.#runAll(unit.stopPost, unit.stopTimeout);
    this.#set('inactive', 'dead', 'success', 0);
    this.#say(`Stopped ${this.#title()}.`);
  }

  async #members(): Promise<number[]> {
    return (await this.#invocation?.members([this.#status.mainPid])) ?? [];
  }

  async #runAll(commands: readonly Command[], patience: number, main = this.#status.mainPid): Promise<boolean> {
    for (const command of commands) {
      const ending = (await this.#invocation?.run(command, patience, main)) ?? { code: 1, signal: null };
      if (!succeeded(ending, this.#unit) && !command.mayFail) {
        this.#sayEnding(ending);
        this.#status = { ...this.#status, ending };
        return false;
      }
    }
    return true;
  }

  #notice(): Promise<'ready'> {
    return new Promise((resolve) => {
      this.#noticed = (text) => {
        const { status, ready } = readNotification(text);
        if (status !== undefined) this.#status = { ...this.#status, text: status };
        if (ready) resolve('ready');
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
    this.#say(`${this.#unit.name}: Process ended, ${describeEnding(ending)}.`);
  }
}
