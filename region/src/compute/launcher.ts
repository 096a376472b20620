import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerWatch } from '../answering/answer-watch.ts';
import { type PartAnswer, partPatience } from '../answering/part-watch.ts';
import { watchAndWake } from '../answering/wake-first.ts';
import type { Incident } from '../incident.ts';
import { encodeFrame, type Frame, frameReader } from './frame.ts';

/** Programs that run beside or inside instances: the same folder from the sources and from the build. */
export const guestFolder = fileURLToPath(new URL('../../guest', import.meta.url));

const part = 'launcher of instances';
/** Milliseconds that it has to end by itself. */
const lastMoment = 5_000;

/**
 * The one process of a region that starts its instances (`guest/launcher.pl`), and the socket on which their inits
 * report. It ends with its owner, and every instance ends with it.
 */
export class Launcher implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #server: Server;
  readonly #socketPath: string;
  readonly #greetings = new Map<string, (socket: Socket, early: readonly Frame[]) => void>();
  readonly #pending: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly #ended = new Map<string, (status: number) => void>();
  readonly #watch: AnswerWatch;
  #gone: Error | undefined;

  static async start(folder: string, on: (incident: Incident) => void): Promise<Launcher> {
    const socketPath = join(folder, 'init.sock');
    const server = createServer({ pauseOnConnect: false });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
    return new Launcher(server, socketPath, on);
  }

  private constructor(server: Server, socketPath: string, on: (incident: Incident) => void) {
    this.#server = server;
    this.#socketPath = socketPath;
    server.on('connection', (socket) => this.#greet(socket));
    this.#child = spawn('perl', [join(guestFolder, 'launcher.pl'), process.arch], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    });
    const read = frameReader();
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      for (const frame of read(chunk)) this.#hear(frame);
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.once('error', (error) => this.#fail(error));
    this.#child.once('exit', (code, signal) =>
      this.#fail(new Error(`the launcher of instances ended (${signal ?? code})`)),
    );
    this.#watch = watchAndWake({
      part,
      patience: partPatience,
      whom: () => (this.#gone ? null : this.#child),
      ask: () => this.#ask('answer'),
      wake: () => this.#child.kill('SIGCONT'),
      hangs: (milliseconds) => {
        on({ kind: 'hung', part, milliseconds });
        this.#child.kill('SIGKILL');
      },
      on,
    });
  }

  /** Asks it now. */
  async answers(): Promise<PartAnswer> {
    return { part, silentFor: await this.#watch.look() };
  }

  get ended(): boolean {
    return this.#gone !== undefined;
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** @param owner the instances' root, as the host numbers it */
  prepareDevices(folder: string, owner: number): Promise<void> {
    return this.#ask('device', folder, String(owner));
  }

  /** Shows a file of the host at `target` in the supervisor's mount namespace, read-only, without its set-user-ID bit. */
  lend(file: string, target: string): Promise<void> {
    return this.#ask('lend', file, target);
  }

  /**
   * Makes the user namespace of the instances and keeps it at `file`. Rejects where the kernel refuses, or where it cannot shift the owners
   * of one of the layers, as those of a network file system.
   */
  makeUsers(file: string, first: number, layers: readonly string[]): Promise<void> {
    return this.#ask('users', file, String(first), ...layers);
  }

  mountDisk(folder: string, bytes: number): Promise<void> {
    return this.#ask('disk', folder, String(bytes));
  }

  releaseDisk(folder: string): Promise<void> {
    return this.#ask('release', folder);
  }

  /** Starts process 1 of an instance; `ended` is called once, with the wait status, when it is gone. */
  async launch(id: string, ended: (status: number) => void): Promise<{ socket: Socket; early: readonly Frame[] }> {
    const greeting = new Promise<{ socket: Socket; early: readonly Frame[] }>((resolve, reject) => {
      this.#greetings.set(id, (socket, early) => resolve({ socket, early }));
      this.#ended.set(id, (status) => {
        reject(new Error(`process 1 of ${id} ended before it was heard of (status ${status})`));
        ended(status);
      });
    });
    greeting.catch(() => undefined);
    try {
      await this.#ask('launch', id, this.#socketPath);
    } catch (error) {
      this.#ended.delete(id);
      throw error;
    }
    return greeting;
  }

  /** Lets process 1 of an instance go on, where somebody has stopped it. */
  wake(id: string): Promise<void> {
    return this.#ask('wake', id);
  }

  /** Gives a running instance another host name. */
  rename(id: string, name: string): Promise<void> {
    return this.#ask('name', id, name);
  }

  /** Where the launcher itself ends in the meantime, the instance has ended with it. */
  async kill(id: string): Promise<void> {
    try {
      await this.#ask('kill', id);
    } catch (error) {
      if (!this.#gone) throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = this.#gone
      ? Promise.resolve()
      : new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#watch[Symbol.dispose]();
    this.#child.stdin?.end();
    const inTime = setTimeout(() => this.#child.kill('SIGKILL'), lastMoment);
    await gone;
    clearTimeout(inTime);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #ask(...fields: string[]): Promise<void> {
    if (this.#gone) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#child.stdin?.write(encodeFrame(fields));
    });
  }

  #hear(frame: Frame): void {
    const [verb, first, second] = frame.map(String);
    if (verb === 'done') this.#pending.shift()?.resolve();
    else if (verb === 'failed') this.#pending.shift()?.reject(new Error(first));
    else if (verb === 'ended' && first !== undefined) this.#end(first, Number(second));
  }

  #end(id: string, status: number): void {
    const ended = this.#ended.get(id);
    this.#ended.delete(id);
    this.#greetings.delete(id);
    ended?.(status);
  }

  #greet(socket: Socket): void {
    const read = frameReader();
    socket.on('error', () => socket.destroy());
    const first = (chunk: Buffer) => {
      const [hello, ...early] = read(chunk);
      if (!hello) return;
      socket.off('data', first);
      const id = String(hello[1]);
      const greeting = String(hello[0]) === 'hello' ? this.#greetings.get(id) : undefined;
      this.#greetings.delete(id);
      if (greeting) greeting(socket, early);
      else socket.destroy();
    };
    socket.on('data', first);
  }

  #fail(error: Error): void {
    this.#gone = error;
    for (const each of this.#pending.splice(0)) each.reject(error);
    for (const id of [...this.#ended.keys()]) this.#end(id, 9);
  }
}
