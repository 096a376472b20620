import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerWatch } from '../answering/answer-watch.ts';
import { type PartAnswer, watchPart } from '../answering/part-watch.ts';
import { run } from '../host/run.ts';
import { failed, type Incident } from '../incident.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';
import { Turns } from '../turns.ts';
import { Departures } from './departures.ts';
import { FirstChecks } from './first-checks.ts';
import { askHaproxy } from './haproxy/control-socket.ts';
import { countersCommand, type ProxyCounters, readCounters } from './haproxy/proxy-counters.ts';
import type { ProxyView } from './haproxy/proxy-view.ts';
import { readServerReports, type ServerReport, serverKey } from './haproxy/server-report.ts';
import {
  configurationText,
  differsInServersOnly,
  type NodeConfiguration,
  type ServerDefinition,
  serversOf,
  serverWords,
  stateToTakeOver,
} from './node-configuration.ts';

/**
 * One node of a load balancer: an HAProxy inside the node's network namespace. Targets come and go while it runs, and nobody else's
 * connection notices. Whatever else changes is taken up without dropping a connection: a new process takes over the listeners and the state of
 * every server, the old one keeps the connections it has until they end.
 */
export class NodeProcess implements AsyncDisposable {
  readonly #namespace: string;
  readonly #view: ProxyView;
  readonly #name: string;
  readonly #said: (line: string) => void;
  readonly #on: (incident: Incident) => void;
  readonly #processes = new Set<ChildProcess>();
  readonly #firstChecks = new FirstChecks((error) => this.#failed(error));
  readonly #departures = new Departures({
    ask: (command) => this.ask(command),
    servers: () => this.servers(),
    cutElsewhere: (server) => this.#cutElsewhere(server),
    failed: (error) => this.#failed(error),
  });
  #current: ChildProcess | null = null;
  readonly #watch: AnswerWatch;
  #configuration: NodeConfiguration = { head: '', backends: [] };
  readonly #turns = new Turns();
  #disposed = false;

  /** @param options.said is given each line of standard output: one for each request of a balancer that is logged */
  constructor(options: {
    readonly name: string;
    readonly namespace: string;
    readonly view: ProxyView;
    readonly said?: (line: string) => void;
    readonly on: (incident: Incident) => void;
  }) {
    this.#said = options.said ?? (() => {});
    this.#on = options.on;
    this.#name = options.name;
    this.#namespace = options.namespace;
    this.#view = options.view;
    this.#watch = watchPart({
      part: this.#part,
      whom: () => this.#current,
      ask: async (signal) => void (await askHaproxy(this.control, 'show version', signal)),
      kill: () => this.#current?.kill('SIGKILL'),
      on: options.on,
    });
  }

  /** Asks it now. */
  async answers(): Promise<PartAnswer> {
    return { part: this.#part, silentFor: await this.#watch.look() };
  }

  /** As far as is known. */
  get isSilent(): boolean {
    return this.#watch.silentFor !== null;
  }

  get control(): string {
    return join(this.#view.folder, `${this.#name}.sock`);
  }

  get serverState(): string {
    return join(this.#view.folder, `${this.#name}.state`);
  }

  /** Servers on their way out, by `BACKEND/SERVER`: milliseconds of the clock when their time is over. */
  get leaving(): ReadonlyMap<string, number> {
    return this.#departures.until;
  }

  /** @throws with what HAProxy said where it refuses the configuration; the former one stays in force */
  apply(configuration: NodeConfiguration): Promise<void> {
    return this.#turns.take(() => this.#apply(configuration));
  }

  /** Sends a command to HAProxy's control socket. */
  ask(command: string): Promise<string> {
    return askHaproxy(this.control, command);
  }

  async servers(): Promise<ServerReport[]> {
    return readServerReports(await this.ask('show stat -1 4 -1'), (key) => this.#firstChecks.waitingFor(key));
  }

  /** Servers that the process in force does not have, or itself where it does not answer. */
  async counters(): Promise<ProxyCounters[]> {
    return readCounters(await this.ask(countersCommand));
  }

  async missing(): Promise<string[]> {
    if (this.isSilent) return [`${this.#name}: it does not answer`];
    try {
      const present = new Set((await this.servers()).map(serverKey));
      return [...serversOf(this.#configuration).keys()].filter((key) => !present.has(key));
    } catch (error) {
      return [`${this.#name}: ${(error as Error).message}`];
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#watch[Symbol.dispose]();
    this.#firstChecks.stop();
    this.#departures.stop();
    await Promise.all(
      [...this.#processes].map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }),
    );
  }

  async #apply(configuration: NodeConfiguration): Promise<void> {
    const former = this.#configuration;
    if (this.#current && configurationText(configuration) === configurationText(former)) return;
    const inPlace =
      this.#current !== null &&
      differsInServersOnly(former, configuration) &&
      (await this.#changeServers(former, configuration));
    if (!inPlace) await this.#replaceProcess(configuration);
    this.#configuration = configuration;
    this.#takeOut(former, configuration, inPlace);
    const { backends } = this.#configuration;
    const patient = backends.filter(({ waitsForThreshold }) => waitsForThreshold).map(({ name }) => `${name}/`);
    this.#firstChecks.watch(this, (key) => patient.some((each) => key.startsWith(each)));
  }

  /** Tells the process in force who is new and who goes. `false` where it cannot take that up. */
  async #changeServers(former: NodeConfiguration, desired: NodeConfiguration): Promise<boolean> {
    const before = serversOf(former);
    const after = serversOf(desired);
    for (const key of before.keys()) {
      if (!after.has(key)) await this.ask(`set server ${key} state maint`);
    }
    for (const [key, server] of after) {
      if (before.has(key)) continue;
      const known = this.#departures.takeBack(key);
      if (known && serverWords(known) !== serverWords(server)) return false;
      const remains = known !== null && !(await this.ask(`del server ${key}`)).includes('Server deleted');
      const said = remains ? '' : await this.ask(`add server ${key} ${serverWords(server)}`);
      if (!remains && !said.includes('New server registered')) return false;
      // What it was last found to be, it was found long ago.
      if (remains && server.checkInterval !== null) this.#firstChecks.distrust(key, server.checkInterval * 1000);
      const unchecked = server.checkInterval === null;
      await this.ask(`enable server ${key}${unchecked ? '' : `; enable health ${key}; set server ${key} health down`}`);
    }
    return true;
  }

  #takeOut(former: NodeConfiguration, desired: NodeConfiguration, known: boolean): void {
    const kept = serversOf(desired);
    for (const backend of former.backends) {
      const { leaving } = desired.backends.find(({ name }) => name === backend.name) ?? backend;
      for (const server of backend.servers) {
        const key = serverKey({ backend: backend.name, server: server.name });
        if (kept.has(key)) continue;
        this.#firstChecks.forget(key);
        this.#departures.add(key, server, leaving, known);
      }
    }
  }

  async #replaceProcess(configuration: NodeConfiguration): Promise<void> {
    const file = join(this.#view.folder, `${this.#name}.cfg`);
    const former = this.#current;
    await writeFile(file, configurationText(configuration));
    await writeFile(this.serverState, former ? stateToTakeOver(await this.ask('show servers state')) : '');
    const takeOver = former ? ['-x', this.control, '-sf', String(former.pid)] : [];
    const [program, words] = await this.#view.command(this.#namespace, '-db', '-f', file, ...takeOver);
    // A session of its own, as an instance has: the kernel shares its processors among sessions, and a balancer is a machine of its own.
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#processes.add(child);
    createInterface({ input: child.stdout! }).on('line', this.#said);
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (more: string) => {
      said = (said + more).slice(-4000);
    });
    child.once('exit', () => {
      this.#processes.delete(child);
      if (this.#current === child) this.#died(said);
    });
    // The former one may be gone before the new one has answered, and is not to be missed then.
    this.#current = null;
    try {
      await this.#answers(child, former !== null, () => said);
      this.#current = child;
    } catch (error) {
      this.#current = former;
      throw error;
    }
    this.#departures.processReplaced();
  }

  /** One that dies is started again as it was. */
  #died(said: string): void {
    const configuration = this.#configuration;
    this.#current = null;
    this.#firstChecks.forgetAll();
    if (this.#disposed) return;
    this.#on({ kind: 'restarted', part: this.#part, said });
    this.apply(configuration).catch((error: Error) => this.#failed(error));
  }

  get #part(): string {
    return `load balancer's node ${this.#name}`;
  }

  #failed(error: Error): void {
    this.#on(failed(this.#part, error));
  }

  async #answers(child: ChildProcess, takenOver: boolean, said: () => string): Promise<void> {
    const before = takenOver ? await this.#processId() : undefined;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`HAProxy refused the configuration of ${this.#name}: ${said()}`);
      const now = await this.#processId();
      if (now !== undefined && now !== before) return;
      if (now !== undefined && now === child.pid) return;
      await wait(5);
    }
  }

  async #processId(): Promise<number | undefined> {
    try {
      const found = /^Pid: (\d+)$/m.exec(await this.ask('show info'));
      return found ? Number(found[1]) : undefined;
    } catch {
      return undefined;
    }
  }

  /** A process that is no longer in force cannot be told anything: the kernel ends its connections to the address. */
  async #cutElsewhere({ address, port }: ServerDefinition): Promise<void> {
    const standing = [...serversOf(this.#configuration).values()];
    const stillServes = standing.some((each) => each.address === address && each.port === port);
    if (this.#processes.size < 2 || stillServes) return;
    const filter = ['dst', address, 'dport', '=', String(port)] as const;
    const [program, words] = inNamespace(this.#namespace, 'ss', '--kill', '--tcp', '--no-header', ...filter);
    await run(program, words);
  }
}
