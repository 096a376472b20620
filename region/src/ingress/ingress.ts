import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { AnswerWatch } from '../answering/answer-watch.ts';
import { type PartAnswer, watchPart } from '../answering/part-watch.ts';
import { askHaproxy } from '../balancing/haproxy/control-socket.ts';
import { ProxyView } from '../balancing/haproxy/proxy-view.ts';
import { digest, internet } from '../fabric/names.ts';
import { failed, type Incident } from '../incident.ts';
import {
  controlSocket,
  hostPatterns,
  hostsFile,
  ingressConfiguration,
  maximumConnections,
  socketFile,
} from './configuration.ts';
import type { Door, OpenDoor } from './door.ts';

/** As in the log. */
const part = 'ingress';
/** Milliseconds that it has to end. */
const lastMoment = 2_000;

/**
 * How the host's browser reaches the region's internet: a listener on the host's loopback, a Unix socket, which crosses network
 * namespaces, and HAProxy in the region's internet that goes on as any client there would.
 */
export class Ingress implements AsyncDisposable {
  readonly #view: ProxyView;
  readonly #project: string;
  readonly #open = new Map<string, { server: Server; hostPort: number }>();
  #process: ChildProcess | null = null;
  readonly #watch: AnswerWatch;
  #state = '';
  /** As they stand open. */
  doors: readonly OpenDoor[] = [];
  readonly #on: (incident: Incident) => void;

  /** @param project what it belongs to: a door of the same name has the same port of the host the next time, where that is free */
  constructor(folder: string, project: string, on: (incident: Incident) => void) {
    this.#project = project;
    this.#view = new ProxyView(join(folder, 'ingress'));
    this.#on = on;
    this.#watch = watchPart({
      part,
      whom: () => this.#process,
      ask: async (signal) => void (await askHaproxy(this.#control, 'show version', signal)),
      kill: () => this.#process?.kill('SIGKILL'),
      on,
    });
  }

  /** Asks it now. */
  async answers(): Promise<PartAnswer> {
    return { part, silentFor: await this.#watch.look() };
  }

  /**
   * Opens these doors and closes the others. The first takes `firstPort` if it is not 0, wherever it stood; a door that stays keeps its port otherwise.
   *
   * @throws the listener's error, `EADDRINUSE` where the port is taken
   */
  async open(doors: readonly Door[], firstPort: number): Promise<OpenDoor[]> {
    for (const [name, { server, hostPort }] of this.#open) {
      const moves = name === doors[0]?.name && firstPort !== 0 && firstPort !== hostPort;
      if (!moves && doors.some((door) => door.name === name)) continue;
      server.close();
      this.#open.delete(name);
    }
    const opened: OpenDoor[] = [];
    for (const [index, door] of doors.entries()) {
      const standing = this.#open.get(door.name) ?? (await this.#openAt(door, index === 0 ? firstPort : 0));
      this.#open.set(door.name, standing);
      opened.push({ ...door, hostPort: standing.hostPort });
    }
    // A redirect from one door to another names the other's port.
    await this.#startProxy(opened);
    this.doors = opened;
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { server } of this.#open.values()) server.close();
    this.#watch[Symbol.dispose]();
    await this.#stopProxy();
  }

  async #openAt(door: Door, stated: number): Promise<{ server: Server; hostPort: number }> {
    if (stated !== 0) return this.#listen(door, stated);
    try {
      return await this.#listen(door, usualPort(this.#project, door.name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return this.#listen(door, 0);
    }
  }

  async #listen(door: Door, port: number): Promise<{ server: Server; hostPort: number }> {
    const server = createServer((client) => {
      const inside = connect(this.#socket(door));
      client.pipe(inside).pipe(client);
      client.on('error', () => inside.destroy());
      inside.on('error', () => client.destroy());
      // A client that never closes its side would otherwise keep a connection that has ended.
      inside.on('close', () => client.destroySoon());
    });
    server.maxConnections = maximumConnections;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a listener without a port');
    return { server, hostPort: address.port };
  }

  async #startProxy(doors: readonly OpenDoor[]): Promise<void> {
    const configuration = ingressConfiguration(doors, this.#view.folder);
    const state = JSON.stringify([configuration, doors.map(hostPatterns)]);
    if (state === this.#state) return;
    await this.#stopProxy();
    this.#state = state;
    if (doors.length === 0) return;
    const file = join(this.#view.folder, 'ingress.cfg');
    writeFileSync(file, configuration);
    for (const door of doors) rmSync(this.#socket(door), { force: true });
    for (const door of doors) writeFileSync(hostsFile(door, this.#view.folder), hostPatterns(door).join('\n'));
    const [program, words] = await this.#view.command(internet, '-db', '-f', file);
    const child = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit'] });
    this.#process = child;
    child.once('exit', () => {
      if (this.#process !== child) return;
      this.#process = null;
      this.#state = '';
      this.#on({ kind: 'restarted', part, said: `status ${child.signalCode ?? child.exitCode}` });
      this.#startProxy(doors).catch((error: Error) => this.#on(failed(part, error)));
    });
    const last = this.#socket(doors.at(-1)!);
    while (!existsSync(last)) {
      if (hasEnded(child)) throw new Error(`the ingress ended with ${child.signalCode ?? child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #stopProxy(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || hasEnded(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const inTime = setTimeout(() => child.kill('SIGKILL'), lastMoment);
    await gone;
    clearTimeout(inTime);
    for (const door of this.#open.keys()) rmSync(this.#socket({ name: door }), { force: true });
  }

  get #control(): string {
    return controlSocket(this.#view.folder);
  }

  #socket(door: Pick<Door, 'name'>): string {
    return socketFile(door, this.#view.folder);
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Below the ports that Linux gives to clients, so that one which asked for none is rarely there already. */
export function usualPort(project: string, door: string): number {
  return 20_000 + (Number.parseInt(digest(`${project}\n${door}`, 8), 16) % 12_000);
}
