import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProxyView } from './proxy-view.ts';

/** What HAProxy says of one server of a backend. */
export interface ServerReport {
  readonly backend: string;
  readonly server: string;
  /** `UP`, `DOWN`, `UP 1/2`, `no check` … */
  readonly status: string;
  /** `L7OK`, `L4CON`, `L7STS` …; empty before the first check, `* ` in front while one is under way. */
  readonly check: string;
  readonly detail: string;
}

/**
 * One node of a load balancer: an HAProxy inside the node's network namespace. A new configuration is taken up without dropping a connection:
 * the new process takes over the listeners and the state of every server, the old one ends its requests and goes.
 */
export class NodeProcess implements AsyncDisposable {
  readonly #namespace: string;
  readonly #view: ProxyView;
  readonly #name: string;
  readonly #processes = new Set<ChildProcess>();
  #current: ChildProcess | null = null;
  #configuration = '';
  /** Servers whose first success has been seen: later ones count by the thresholds. */
  readonly #settled = new Set<string>();
  #watching = new AbortController();
  #disposed = false;

  constructor(options: { readonly name: string; readonly namespace: string; readonly view: ProxyView }) {
    this.#name = options.name;
    this.#namespace = options.namespace;
    this.#view = options.view;
  }

  get control(): string {
    return join(this.#view.folder, `${this.#name}.sock`);
  }

  get serverState(): string {
    return join(this.#view.folder, `${this.#name}.state`);
  }

  /** @throws with what HAProxy said where it refuses the configuration; the former one stays in force */
  async apply(configuration: string): Promise<void> {
    if (configuration === this.#configuration) return;
    const file = join(this.#view.folder, `${this.#name}.cfg`);
    const former = this.#current;
    await writeFile(file, configuration);
    await writeFile(this.serverState, former ? await this.ask('show servers state') : '');
    const takeOver = former ? ['-x', this.control, '-sf', String(former.pid)] : [];
    const [program, words] = await this.#view.command(this.#namespace, '-db', '-f', file, ...takeOver);
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#processes.add(child);
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (more: string) => {
      said = (said + more).slice(-4000);
    });
    child.once('exit', () => {
      this.#processes.delete(child);
      if (this.#current === child) this.#died(said);
    });
    await this.#answers(child, former !== null, () => said);
    this.#current = child;
    this.#configuration = configuration;
    this.#watchFirstChecks();
  }

  /** One that dies is started again as it was. */
  #died(said: string): void {
    const configuration = this.#configuration;
    this.#current = null;
    this.#configuration = '';
    this.#settled.clear();
    if (this.#disposed) return;
    process.stderr.write(`a load balancer's node ended and is started again: ${said}\n`);
    this.apply(configuration).catch((error: Error) => process.stderr.write(`${error.message}\n`));
  }

  /** Sends a command to HAProxy's control socket. */
  async ask(command: string): Promise<string> {
    const socket = connect(this.control);
    await once(socket, 'connect');
    socket.end(`${command}\n`);
    return text(socket);
  }

  async servers(): Promise<ServerReport[]> {
    const [header = '', ...lines] = (await this.ask('show stat -1 4 -1')).split('\n');
    const columns = header.replace(/^# /, '').split(',');
    const at = (fields: readonly string[], column: string) => fields[columns.indexOf(column)] ?? '';
    return lines
      .filter((line) => line !== '')
      .map((line) => {
        const fields = line.split(',');
        return {
          backend: at(fields, 'pxname'),
          server: at(fields, 'svname'),
          status: at(fields, 'status'),
          check: at(fields, 'check_status'),
          detail: at(fields, 'last_chk'),
        };
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#watching.abort();
    await Promise.all(
      [...this.#processes].map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }),
    );
  }

  async #answers(child: ChildProcess, takenOver: boolean, said: () => string): Promise<void> {
    const before = takenOver ? await this.#processId() : undefined;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`HAProxy refused the configuration of ${this.#name}: ${said()}`);
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

  /**
   * A new target takes requests after one passed check, not after as many as a failed one needs to come back.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  #watchFirstChecks(): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    void (async () => {
      const fresh = (await this.servers()).filter(
        (each) => each.status !== 'no check' && !this.#settled.has(serverKey(each)),
      );
      for (const each of fresh) await this.ask(`set server ${serverKey(each)} health down`);
      const waiting = new Set(fresh.map(serverKey));
      while (waiting.size > 0 && !signal.aborted) {
        for (const each of await this.servers()) {
          const key = serverKey(each);
          if (!waiting.has(key)) continue;
          const succeeded = /^\*? ?L[467]OK/.test(each.check);
          if (succeeded) await this.ask(`set server ${key} health up`);
          if (succeeded || each.status.startsWith('UP')) {
            waiting.delete(key);
            this.#settled.add(key);
          }
        }
        await wait(200, undefined, { signal });
      }
    })().catch(() => undefined);
  }
}

function serverKey({ backend, server }: ServerReport): string {
  return `${backend}/${server}`;
}
