import { appendFile, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface JournalEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly unit: string;
  /** 1 for what systemd says of the unit, 0 where it is not known. */
  readonly pid: number;
  readonly text: string;
}

/** Entries of one unit in so many milliseconds; what goes beyond is counted and not kept, as journald does. */
const rate = { burst: 10_000, interval: 30_000 };

/** Bytes of one unit's file; there are two of them at most. */
const fileBound = 1024 * 1024;

/**
 * What an instance's units wrote, in files of the region's own, so that it can be read when the instance is gone. Bounded:
 * of each unit the last one to two MiB.
 */
export class Journal {
  readonly #folder: string;
  readonly #held = new Map<string, string[]>();
  readonly #rates = new Map<string, { since: number; count: number }>();
  readonly #sizes = new Map<string, number>();
  readonly #followers = new Set<(entry: JournalEntry) => void>();
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  readonly #onTrouble: (error: Error) => void;
  #troubled = false;

  /** @param onTrouble told once of what keeps it from writing; entries are lost then, and the instance goes on */
  constructor(folder: string, onTrouble: (error: Error) => void = () => undefined) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
  }

  add(unit: string, pid: number, text: string): void {
    if (this.#admits(unit)) this.#keep(unit, pid, text);
  }

  /** https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html#RateLimitIntervalSec= */
  #admits(unit: string): boolean {
    const now = Date.now();
    const window = this.#rates.get(unit);
    if (!window || now - window.since >= rate.interval) {
      this.#rates.set(unit, { since: now, count: 1 });
      const suppressed = (window?.count ?? 0) - rate.burst;
      if (suppressed > 0) this.#keep(unit, 1, `Suppressed ${suppressed} messages from ${unit}`);
      return true;
    }
    window.count += 1;
    return window.count <= rate.burst;
  }

  #keep(unit: string, pid: number, text: string): void {
    const entry = { time: Date.now(), unit, pid, text: text.length > 8192 ? `${text.slice(0, 8192)}…` : text };
    const lines = this.#held.get(unit) ?? [];
    lines.push(JSON.stringify([entry.time, pid, entry.text]));
    this.#held.set(unit, lines);
    for (const follower of this.#followers) follower(entry);
    this.#timer ??= setTimeout(() => void this.flush(), 50);
  }

  /** Returns what ends it. */
  follow(each: (entry: JournalEntry) => void): () => void {
    this.#followers.add(each);
    return () => this.#followers.delete(each);
  }

  /** The last entries in the order of time: of one unit, or of all. */
  async read(options: { readonly unit?: string; readonly last?: number } = {}): Promise<JournalEntry[]> {
    await this.flush();
    const names = await readdir(this.#folder).catch(() => []);
    const entries: JournalEntry[] = [];
    for (const name of names) {
      const unit = decodeURIComponent(name.replace(/\.log(\.old)?$/, ''));
      if (options.unit !== undefined && unit !== options.unit) continue;
      for (const line of (await readFile(join(this.#folder, name), 'utf8')).split('\n')) {
        if (line === '') continue;
        const [time, pid, text] = JSON.parse(line) as [number, number, string];
        entries.push({ time, unit, pid, text });
      }
    }
    entries.sort((one, other) => one.time - other.time);
    return options.last === undefined ? entries : entries.slice(-options.last);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = [...this.#held];
    this.#held.clear();
    if (batch.length > 0)
      this.#writing = this.#writing.then(() => this.#write(batch)).catch((error) => this.#fail(error));
    return this.#writing;
  }

  #fail(error: Error): void {
    if (!this.#troubled) this.#onTrouble(error);
    this.#troubled = true;
  }

  async #write(batch: readonly (readonly [unit: string, lines: readonly string[]])[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const [unit, lines] of batch) {
      const path = join(this.#folder, `${encodeURIComponent(unit)}.log`);
      const text = `${lines.join('\n')}\n`;
      const size =
        this.#sizes.get(unit) ??
        (await stat(path).then(
          (found) => found.size,
          () => 0,
        ));
      const bytes = Buffer.byteLength(text);
      if (size + bytes > fileBound && size > 0) await rename(path, `${path}.old`);
      this.#sizes.set(unit, size + bytes > fileBound && size > 0 ? bytes : size + bytes);
      await appendFile(path, text);
    }
  }
}
