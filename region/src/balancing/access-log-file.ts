import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { failed, type Incident } from '../incident.ts';

const compress = promisify(gzip);

/** Of AWS: files are published every five minutes, and earlier where traffic is high. */
const period = 5 * 60_000;
const mostLines = 50_000;

/** What one node has written and not yet published. Who publishes it is told the moment, which is in its name. */
export class AccessLogFile implements AsyncDisposable {
  readonly #publish: (file: PublishedLog) => Promise<void>;
  readonly #on: (incident: Incident) => void;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #publishing: Promise<void> = Promise.resolve();

  constructor(publish: (file: PublishedLog) => Promise<void>, on: (incident: Incident) => void) {
    this.#publish = publish;
    this.#on = on;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= mostLines) this.#publishBehind();
    this.#timer ??= setTimeout(() => this.#publishBehind(), period - (Date.now() % period)).unref();
  }

  /** Publishes what there is, if there is anything. One at a time. */
  publish(now: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines.splice(0);
    if (lines.length === 0) return this.#publishing;
    const before = this.#publishing.catch(() => undefined);
    this.#publishing = before.then(async () => {
      const body = await compress(`${lines.join('\n')}\n`);
      await this.#publish({ end: new Date(now), random: randomBytes(4).toString('hex'), body });
    });
    return this.#publishing;
  }

  #publishBehind(): void {
    this.publish(Date.now()).catch((error: Error) => this.#on(failed('access log', error)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.publish(Date.now());
  }
}

export interface PublishedLog {
  readonly end: Date;
  readonly random: string;
  /** Compressed. */
  readonly body: Buffer;
}
