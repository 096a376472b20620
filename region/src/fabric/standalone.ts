import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { NetworkView } from '@terrace/cloud/views/network';
import { builtScript } from '../host/built.ts';
import { launch } from '../namespaces/launch.ts';
import type { Flow, Outcome } from '../probe/probe.ts';

/**
 * A fabric by itself: the packet layer of a network view, without instances or services in it. Flows find nobody listening, so what
 * the network lets through is `refused` by the destination's own kernel, and what it does not is `timeout`.
 *
 * ```ts
 * await using fabric = await Fabric.start(view);
 * await fabric.probe('eni-0a…', [{ to: '172.16.1.5', port: 5432, protocol: 'tcp' }], 300); // ['refused']
 * ```
 */
export class Fabric implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #answers: Interface;
  readonly #ended: Promise<never>;
  readonly #directory: string;
  #last: Promise<unknown> = Promise.resolve();

  static async start(view: NetworkView): Promise<Fabric> {
    const fabric = new Fabric();
    try {
      await fabric.apply(view);
      return fabric;
    } catch (error) {
      await fabric[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), 'terrace-fabric-'));
    this.#process = launch({
      stateDirectory: this.#directory,
      script: builtScript(import.meta.url, './standalone-process.js'),
      words: [],
      detached: false,
      channel: true,
    });
    this.#answers = createInterface({ input: this.#process.stdout! });
    this.#ended = once(this.#process, 'exit').then(() => {
      throw new Error(`the fabric ended: ${readFileSync(join(this.#directory, 'supervisor.log'), 'utf8')}`);
    });
    this.#ended.catch(() => {});
  }

  /** Makes the fabric this view's; resolves to the milliseconds that the kernel's part took. */
  apply(view: NetworkView): Promise<number> {
    return this.#ask({ apply: view }) as Promise<number>;
  }

  /** `from` is an interface's id or `internet`; outcomes in the order of the flows. */
  probe(from: string, flows: readonly Flow[], milliseconds: number): Promise<Outcome[]> {
    return this.#ask({ probe: { from, flows, milliseconds } }) as Promise<Outcome[]>;
  }

  /** Several senders at once, each with its flows. */
  probeAll(
    questions: readonly { readonly from: string; readonly flows: readonly Flow[] }[],
    milliseconds: number,
  ): Promise<Outcome[][]> {
    return this.#ask({ probeAll: { questions, milliseconds } }) as Promise<Outcome[][]>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended =
      this.#process.exitCode === null && this.#process.signalCode === null ? once(this.#process, 'exit') : null;
    this.#process.stdin?.end();
    await ended;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #ask(question: unknown): Promise<unknown> {
    const answer = this.#last.then(async () => {
      this.#process.stdin!.write(`${JSON.stringify(question)}\n`);
      const [line] = (await Promise.race([once(this.#answers, 'line'), this.#ended])) as [string];
      const said = JSON.parse(line) as { value?: unknown; error?: string };
      if (said.error !== undefined) throw new Error(said.error);
      return said.value;
    });
    this.#last = answer.catch(() => {});
    return answer;
  }
}
