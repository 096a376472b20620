import { writeSync } from 'node:fs';

/** A log that nothing depends on: without room its lines are dropped and counted, and their number is its first line when there is room again. */
export class DroppingLog {
  readonly #descriptor: number;
  readonly #hasRoom: () => boolean;
  #dropped = { lines: 0, bytes: 0, since: 0 };
  #timer: NodeJS.Timeout | undefined;

  /** @param hasRoom whether the disk has room for what is no data */
  constructor(descriptor: number, hasRoom: () => boolean) {
    this.#descriptor = descriptor;
    this.#hasRoom = hasRoom;
  }

  /** How many lines wait to be told as dropped. */
  get dropped(): number {
    return this.#dropped.lines;
  }

  write(text: string): void {
    if (!this.#tellDropped() || !this.#wrote(`${text}\n`)) this.#drop(text);
  }

  #drop(text: string): void {
    const { lines, bytes, since } = this.#dropped;
    this.#dropped = { lines: lines + 1, bytes: bytes + Buffer.byteLength(text) + 1, since: since || Date.now() };
    this.#timer ??= setInterval(() => this.#tellDropped(), 1000).unref();
  }

  /** Whether there is nothing dropped that the log does not tell. */
  #tellDropped(): boolean {
    const { lines, bytes, since } = this.#dropped;
    if (lines > 0) {
      const from = new Date(since).toISOString();
      if (!this.#wrote(`log: ${lines} lines (${bytes} bytes) since ${from} were dropped: the disk was full\n`))
        return false;
      this.#dropped = { lines: 0, bytes: 0, since: 0 };
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    return true;
  }

  /** Whatever keeps a log from being written ends nothing. */
  #wrote(text: string): boolean {
    try {
      return this.#hasRoom() && writeSync(this.#descriptor, text) > 0;
    } catch {
      return false;
    }
  }
}
