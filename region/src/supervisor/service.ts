import { type ChildProcess, spawn } from 'node:child_process';
import type { Mistake } from '@terrace/cloud/mistake';
import { inNamespace } from '../namespaces/network-namespace.ts';
import type { Configure, Report } from '../service-process.ts';

/** A service refused its configuration, and says why to the user. */
export class ServiceRefused extends Error {
  constructor(readonly mistake: Mistake) {
    super(`${mistake.code}: ${mistake.cause.en}`);
  }
}

/**
 * A service in a process of its own, inside a network namespace of the region. The first configuration starts it, later ones replace
 * what it does in place.
 */
export class Service<Configuration, Event = never> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #configuration = '';
  #ended: Error | null = null;
  #disposed = false;

  constructor(
    readonly name: string,
    namespace: string,
    script: string,
    on: { event?: (event: Event) => void; ended: (error: Error) => void },
  ) {
    const [program, words] = inNamespace(namespace, process.execPath, script);
    this.#child = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (said: Report<Event>) => {
      if (said.kind === 'ready') this.#waiting.shift()?.resolve();
      else if (said.kind === 'failed') this.#waiting.shift()?.reject(new ServiceRefused(said.mistake));
      else on.event?.(said.event);
    });
    const end = (error: Error) => {
      if (this.#ended) return;
      this.#ended = error;
      for (const each of this.#waiting.splice(0)) each.reject(error);
      if (!this.#disposed) on.ended(error);
    };
    this.#child.on('error', end);
    this.#child.on('exit', (code, signal) => end(new Error(`${name} ended with ${signal ?? code}`)));
  }

  /** Resolves when the configuration is in force. The same configuration again costs nothing. */
  configure(config: Configuration): Promise<void> {
    const text = JSON.stringify(config);
    if (text === this.#configuration) return Promise.resolve();
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        resolve: () => {
          this.#configuration = text;
          resolve();
        },
        reject,
      });
      const message: Configure<Configuration> = { kind: 'configure', config };
      this.#child.send(message);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.#disposed = true;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.disconnect();
    await gone;
  }
}
