import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { words } from '@terrace/cloud/words';
import { failed, type Incident } from '../incident.ts';
import { isOutOfRoom } from '../keeping/disk-room.ts';

const compress = promisify(gzip);

/** Of AWS: files are published every five minutes, and earlier where traffic is high. */
const period = 5 * 60_000;
const mostLines = 50_000;

/** How many lines a full disk leaves waiting; before that the oldest are dropped. */
const mostWaiting = 2 * mostLines;
/** Milliseconds between two tries while the disk is full. */
const pause = 10_000;

/** What one node has written and not yet published. Who publishes it is told the moment, which is in its name. */
export class AccessLogFile implements AsyncDisposable {
  readonly #publish: (file: PublishedLog) => Promise<void>;
  readonly #on: (incident: Incident) => void;
  #lines: string[] = [];
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #publishing: Promise<void> = Promise.resolve();

  constructor(publish: (file: PublishedLog) => Promise<void>, on: (incident: Incident) => void) {
    this.#publish = publish;
    this.#on = on;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length % mostLines === 0) void this.#publishBehind();
    this.#timer ??= setTimeout(() => void this.#publishBehind(), period - (Date.now() % period)).unref();
  }

  /** Publishes what there is, if there is anything. One at a time. */
  publish(now: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines.splice(0);
    if (lines.length === 0) return this.#publishing;
    const before = this.#publishing.catch(() => undefined);
    this.#publishing = before.then(async () => {
      try {
        const body = await compress(`${lines.join('\n')}\n`);
        await this.#publish({ end: new Date(now), random: randomBytes(4).toString('hex'), body });
      } catch (error) {
        if (isOutOfRoom(error)) this.#wait(lines);
        throw error;
      }
      if (this.#dropped > 0) this.#on(failed('access log', `${this.#dropped} lines were dropped: the disk was full`));
      this.#dropped = 0;
    });
    return this.#publishing;
  }

  #wait(lines: readonly string[]): void {
    const waiting = [...lines, ...this.#lines];
    this.#dropped += Math.max(0, waiting.length - mostWaiting);
    this.#lines = waiting.slice(-mostWaiting);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#publishBehind(), pause).unref();
  }

  /** Nobody waits for it: what goes wrong is told. */
  #publishBehind(): Promise<void> {
    return this.publish(Date.now()).catch((error: Error) =>
      this.#on(isOutOfRoom(error) ? { kind: 'no-room', part: 'access log', undone } : failed('access log', error)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#publishBehind();
    clearTimeout(this.#timer);
  }
}

const undone = words(
  'Access logs of load balancers are not published; the last lines wait.',
  '로드 밸런서의 액세스 로그를 게시하지 못했습니다. 마지막 줄들은 기다리고 있습니다.',
);

export interface PublishedLog {
  readonly end: Date;
  readonly random: string;
  /** Compressed. */
  readonly body: Buffer;
}
