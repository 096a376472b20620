import { type ChildProcess, spawn } from 'node:child_process';
import type { Mistake } from '@terrace/cloud/mistake';
import type { AnswerWatch } from '../../answering/answer-watch.ts';
import { type PartAnswer, watchPart } from '../../answering/part-watch.ts';
import type { Incident } from '../../incident.ts';
import { inNamespace } from '../../namespaces/network-namespace.ts';
import type { Ask, Configure, Report } from '../../service-process.ts';

/** A service refused its configuration, and says why to the user. */
export class ServiceRefused extends Error {
  constructor(readonly mistake: Mistake) {
    super(`${mistake.code}: ${mistake.cause.en}`);
  }
}

/** What a service's keeper hears of it. */
interface Told<Event> {
  event?(event: Event): void;
  incident(incident: Incident): void;
  /** It has been given up. */
  ended(error: Error): void;
}

/** Milliseconds that one which is asked to end has for it. */
const lastMoment = 5_000;

/** Ends within this many milliseconds of each other are counted together; after the third it is given up. */
const restless = 10_000;

/**
 * A service in a process of its own, inside a network namespace of the region. The first configuration starts it, later ones replace
 * what it does in place. One that dies is started again with what it was last told; one that hangs is killed, and so dies.
 */
export class Service<Configuration, Event = never> implements AsyncDisposable {
  readonly #name: string;
  readonly #command: readonly [program: string, words: string[]];
  readonly #on: Told<Event>;
  readonly #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #child: ChildProcess;
  readonly #watch: AnswerWatch;
  /** Questions whether it answers. */
  #asking: (() => void)[] = [];
  #configuration: { readonly text: string; readonly value: Configuration } | null = null;
  #ends: readonly number[] = [];
  #ended: Error | null = null;
  #disposed = false;

  constructor(name: string, namespace: string, script: string, on: Told<Event>) {
    this.#name = name;
    this.#command = inNamespace(namespace, process.execPath, script);
    this.#on = on;
    this.#child = this.#start();
    this.#watch = watchPart({
      part: name,
      whom: () => (this.#ended ? null : this.#child),
      ask: () => this.#ask(),
      kill: () => this.#child.kill('SIGKILL'),
      on: (incident) => on.incident(incident),
    });
  }

  /** Asks it now. */
  async answers(): Promise<PartAnswer> {
    return { part: this.#name, silentFor: await this.#watch.look() };
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the configuration is in force. The same configuration again costs nothing. */
  async configure(value: Configuration): Promise<void> {
    const text = JSON.stringify(value);
    if (text === this.#configuration?.text) return;
    if (this.#ended) throw this.#ended;
    await this.#send(value);
    this.#configuration = { text, value };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#watch[Symbol.dispose]();
    if (this.#ended || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    if (this.#child.connected) this.#child.disconnect();
    const inTime = setTimeout(() => this.#child.kill('SIGKILL'), lastMoment);
    await gone;
    clearTimeout(inTime);
  }

  #start(): ChildProcess {
    const child = spawn(...this.#command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (said: Report<Event>) => {
      if (said.kind === 'ready') this.#waiting.shift()?.resolve();
      else if (said.kind === 'answer') for (const each of this.#asking.splice(0)) each();
      else if (said.kind === 'failed') this.#waiting.shift()?.reject(new ServiceRefused(said.mistake));
      else this.#on.event?.(said.event);
    });
    child.once('error', (error) => this.#gone(error));
    child.once('exit', (code, signal) => this.#gone(new Error(`${this.#name} ended with ${signal ?? code}`)));
    return child;
  }

  #send(config: Configuration): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      const message: Configure<Configuration> = { kind: 'configure', config };
      this.#child.send(message, (error) => error && reject(error));
    });
  }

  #ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#asking.push(resolve);
      const message: Ask = { kind: 'ask' };
      this.#child.send(message, (error) => error && reject(error));
    });
  }

  #gone(error: Error): void {
    for (const each of this.#waiting.splice(0)) each.reject(error);
    this.#asking = [];
    if (this.#disposed || this.#ended) return;
    this.#ends = [...this.#ends.filter((time) => Date.now() - time < restless), Date.now()];
    if (this.#ends.length >= 3) {
      this.#ended = error;
      this.#on.ended(error);
      return;
    }
    this.#on.incident({ kind: 'restarted', part: this.#name, said: error.message });
    this.#child = this.#start();
    if (this.#configuration) this.#send(this.#configuration.value).catch((failed: Error) => this.#on.ended(failed));
  }
}
