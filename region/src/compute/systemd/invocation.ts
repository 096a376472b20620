import { randomUUID } from 'node:crypto';
import type { Ending, Guest, GuestProcess } from '../guest.ts';
import { linesOf } from '../lines.ts';
import { type Command, expandVariables } from './command-line.ts';
import { within } from './ending.ts';
import { parseEnvironmentFile } from './environment-file.ts';
import { withinHardLimits } from './limits.ts';
import type { ServiceUnit } from './service-unit.ts';

/** What a service needs of its instance. */
export interface Machine {
  readonly guest: Pick<Guest, 'spawn' | 'signal' | 'owned' | 'readIfThere' | 'makeFolder'>;
  /** For every process, before what a unit says. */
  readonly environment: Readonly<Record<string, string>>;
  /** By their number in <sys/resource.h>. */
  readonly hardLimits: ReadonlyMap<number, bigint>;
  /** Sees to an account of that name for `DynamicUser=`, and resolves to it. */
  dynamicUser(name: string): Promise<string>;
  /** A line of a unit's own output, or of `systemd` about it (`pid` 1). */
  journal(unit: string, pid: number, text: string): void;
}

/** One run of a service, from its start to the end of its last process: its processes carry the run's own mark. */
export class Invocation {
  readonly #mark = randomUUID().replaceAll('-', '');
  readonly #machine: Machine;
  readonly #unit: ServiceUnit;
  readonly #user: string | null;
  readonly #limits: readonly string[];
  readonly #environment: Readonly<Record<string, string>>;
  /** What was started here, each the leader of a session, and whether it has ended. */
  readonly #leaders = new Map<number, boolean>();

  /** Reads its environment and sees to its user and folders; throws where one of them cannot be had. */
  static async begin(unit: ServiceUnit, machine: Machine): Promise<Invocation> {
    const environment = await readEnvironment(unit, machine);
    const user = unit.dynamicUser ? await machine.dynamicUser(unit.user ?? accountName(unit.name)) : unit.user;
    for (const { path, mode } of unit.folders) await machine.guest.makeFolder(path, mode, user ?? undefined);
    const { limits, remarks } = withinHardLimits(unit.limits, machine.hardLimits);
    for (const remark of remarks) machine.journal(unit.name, 1, `${unit.name}: ${remark}`);
    return new Invocation(unit, machine, { user, environment, limits });
  }

  private constructor(
    unit: ServiceUnit,
    machine: Machine,
    given: {
      readonly user: string | null;
      readonly environment: Readonly<Record<string, string>>;
      readonly limits: readonly string[];
    },
  ) {
    this.#unit = unit;
    this.#machine = machine;
    this.#user = given.user;
    this.#environment = given.environment;
    this.#limits = given.limits;
  }

  /** Runs a command to its end; it is killed when it takes longer than so many milliseconds. */
  async run(command: Command, patience: number, mainPid: number): Promise<Ending> {
    const process = await this.spawn(command, { mainPid });
    const ending = await within(process.ended, patience);
    if (ending) return ending;
    process.kill(9);
    return process.ended;
  }

  async spawn(
    command: Command,
    options: { readonly mainPid: number; readonly notify?: boolean },
  ): Promise<GuestProcess> {
    const unit = this.#unit;
    const environment = {
      ...this.#environment,
      INVOCATION_ID: this.#mark,
      ...(options.mainPid > 0 && { MAINPID: String(options.mainPid) }),
    };
    const { onOutput, end } = linesOf((text) => this.#machine.journal(unit.name, 0, text));
    const toFile = /^(null$|append:|truncate:)/.test(unit.standardOutput);
    const process = await this.#machine.guest.spawn({
      words: expandVariables(command, environment),
      environment,
      folder: unit.workingFolder.replace(/^-/, ''),
      umask: unit.umask,
      limits: this.#limits,
      ...(this.#user !== null && !command.privileged && { user: this.#user }),
      ...(unit.group !== null && !command.privileged && { group: unit.group }),
      ...(options.notify && { notify: unit.name }),
      ...(toFile ? { output: unit.standardOutput } : { onOutput }),
    });
    this.#leaders.set(process.pid, false);
    this.#forgetOldest();
    void process.ended.then(() => {
      this.#leaders.set(process.pid, true);
      end();
    });
    return process;
  }

  /** The main process of a service that forks: the one its PID file names, or the first it left behind. */
  async daemon(starter: number): Promise<number | undefined> {
    const { pidFile } = this.#unit;
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const text = pidFile === null ? undefined : await this.#machine.guest.readIfThere(pidFile);
      const pid = text === undefined ? Number.NaN : Number.parseInt(text, 10);
      const members = await this.members(Number.isNaN(pid) ? [starter] : [starter, pid]);
      if (members.includes(pid)) return pid;
      if (pidFile === null) return members[0];
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return undefined;
  }

  /** Its living processes; those named are known to be its own. */
  members(named: readonly number[]): Promise<number[]> {
    const leaders = [...this.#leaders];
    const living = leaders.filter(([, ended]) => !ended).map(([pid]) => pid);
    const ended = leaders.filter(([, over]) => over).map(([pid]) => pid);
    return this.#machine.guest.owned(this.#mark, [...living, ...named.filter((pid) => pid > 0)], ended);
  }

  /** A service that is reloaded for ever does not remember every reload. */
  #forgetOldest(): void {
    const ended = [...this.#leaders].filter(([, over]) => over).map(([pid]) => pid);
    for (const pid of ended.slice(0, -64)) this.#leaders.delete(pid);
  }

  signal(number: number, pids: readonly number[]): void {
    this.#machine.guest.signal(number, pids);
  }

  /** Asks all to end, and ends those that do not. */
  async end(named: readonly number[], patience: number): Promise<void> {
    const pids = await this.members(named);
    if (pids.length === 0) return;
    this.signal(15, pids);
    if ((await this.survivors([...named, ...pids], patience)).length > 0) await this.kill([...named, ...pids]);
  }

  /** Until none is left, since a process may have started another in the meantime. */
  async kill(named: readonly number[]): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      const pids = await this.members(named);
      if (pids.length === 0) return;
      this.signal(9, pids);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits until all have ended, or all that are asked for; resolves to those that have not in so many milliseconds. */
  async survivors(
    named: readonly number[],
    patience: number,
    asked: (pid: number) => boolean = () => true,
  ): Promise<number[]> {
    const until = Date.now() + patience;
    for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
      const left = (await this.members(named)).filter(asked);
      if (left.length === 0 || Date.now() >= until) return left;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function readEnvironment(unit: ServiceUnit, { guest, environment }: Machine): Promise<Record<string, string>> {
  const variables: Record<string, string> = { ...environment, ...unit.environment };
  for (const { path, optional } of unit.environmentFiles) {
    const text = await guest.readIfThere(path);
    if (text !== undefined) Object.assign(variables, parseEnvironmentFile(text));
    else if (!optional) throw new Error(`Failed to load environment files: ${path}: No such file or directory`);
  }
  return variables;
}

function accountName(unit: string): string {
  return unit.replace(/\.service$/, '').replace(/[^A-Za-z0-9_-]/g, '-');
}
