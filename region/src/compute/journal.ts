import { appendFile, mkdir, readdir, readFile, rename, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { hasRoom } from '../keeping/disk-room.ts';

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
  readonly #mayWrite: () => boolean;
  /** Entries of each unit that found no room, since it was last written. */
  readonly #dropped = new Map<string, number>();

  /**
   * @param onTrouble told of what keeps it from writing, once until it writes again; entries are dropped then, and the instance goes on
   * @param mayWrite whether the disk has room for what is no data
   */
  constructor(folder: string, onTrouble: (error: Error) => void = () => undefined, mayWrite = () => hasRoom(folder)) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#mayWrite = mayWrite;
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
        entries.push(entryOf(unit, line, entries.at(-1)?.time ?? 0));
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
    for (const [unit, lines] of batch)
      this.#writing = this.#writing
        .then(() => this.#write(unit, lines))
        .catch((error) => this.#drop(unit, lines, error));
    return this.#writing;
  }

  #drop(unit: string, lines: readonly string[], error: Error): void {
    const isFirst = this.#dropped.size === 0;
    this.#dropped.set(unit, (this.#dropped.get(unit) ?? 0) + lines.length);
    if (isFirst) this.#onTrouble(error);
  }

  async #write(unit: string, lines: readonly string[]): Promise<void> {
    if (!this.#mayWrite()) throw noRoom();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, `${encodeURIComponent(unit)}.log`);
    const dropped = this.#dropped.get(unit);
    const note = dropped === undefined ? [] : [droppedLine(dropped, lines[0]!)];
    const text = `${[...note, ...lines].join('\n')}\n`;
    const size =
      this.#sizes.get(unit) ??
      (await stat(path).then(
        (found) => found.size,
        () => 0,
      ));
    const bytes = Buffer.byteLength(text);
    if (size + bytes > fileBound && size > 0) await rename(path, `${path}.old`);
    const before = size + bytes > fileBound && size > 0 ? 0 : size;
    this.#sizes.set(unit, before);
    try {
      await appendFile(path, text, { mode: 0o600 });
    } catch (error) {
      // A part of a line would run into the next one.
      await truncate(path, before).catch(() => undefined);
      throw error;
    }
    this.#sizes.set(unit, before + bytes);
    this.#dropped.delete(unit);
  }
}

/** A line that is none, as after a power failure, is shown as what it is; the others are not lost for it. */
function entryOf(unit: string, line: string, before: number): JournalEntry {
  try {
    const [time, pid, text] = JSON.parse(line) as [number, number, string];
    return { time, unit, pid, text };
  } catch {
    return { time: before, unit, pid: 1, text: `A damaged line of this journal: ${line}` };
  }
}

/** @param next the line before which it stands */
function droppedLine(count: number, next: string): string {
  const [time] = JSON.parse(next) as [number];
  return JSON.stringify([time, 1, `Dropped ${count} messages: the journal could not be written`]);
}

function noRoom(): Error {
  return Object.assign(new Error('no space left on device for logs'), { code: 'ENOSPC' });
}
