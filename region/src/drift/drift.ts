import { ProgramFailed } from '../host/run.ts';
import type { DriftEvent, DriftSummary } from './drift-record.ts';

/** Something that is missing in one place, as one keeper of the kernel's state found it. */
export interface Fault {
  /** The network namespace, or `mounts`. */
  readonly where: string;
  readonly missing: readonly string[];
}

/** Who knows what the kernel is to hold of one kind, and can put it back. */
export interface Mendable {
  /** @param places network namespaces in which something has changed */
  find(places: ReadonlySet<string>): Promise<readonly Fault[]>;
  /** Puts back what is missing and leaves the rest alone. */
  repair(faults: readonly Fault[]): Promise<void>;
}

interface Told {
  event(event: DriftEvent): void;
  /** It is time to mend, when nothing else changes the region. */
  due(): void;
}

/** Milliseconds from the first word of a change until it is looked at: what is done in several steps is looked at once. */
const patience = 250;
/** Milliseconds between two attempts at the same: twice as many after each failure. */
const firstRest = 2_000;
const longestRest = 60_000;
/** So often within a minute the same is repaired at once; someone who goes on taking it away has to wait. */
const mostAMinute = 6;
/** So many places of the region's own doing are looked at in one go. */
const mostSettling = 4;
/** As many are remembered. */
const mostRecords = 20;

interface Drifted extends DriftSummary {
  readonly mendable: Mendable;
  /** Before this moment it is not tried again. */
  readonly restsUntil: number;
}

/** Holds the kernel to what it was given: what others take away is found, put back and told. */
export class Drift {
  readonly #mendables: readonly Mendable[];
  readonly #told: Told;
  #changed = new Set<string>();
  /** What the region itself has changed: looked at a few at a time, in case that somebody else did too. */
  readonly #settling = new Set<string>();
  #records: readonly Drifted[] = [];
  #timer: { readonly at: number; readonly handle: NodeJS.Timeout } | undefined;
  #stopped = false;

  /** @param mendables in the order in which they are asked: who stands on another comes after it */
  constructor(mendables: readonly Mendable[], told: Told) {
    this.#mendables = mendables;
    this.#told = told;
  }

  /** The latest last. */
  get summaries(): DriftSummary[] {
    return this.#records.map(({ mendable: _mendable, restsUntil: _restsUntil, ...summary }) => summary);
  }

  changed(place: string): void {
    this.#changed.add(place);
    this.#wake(patience);
  }

  /** What has changed so far was the region's own doing. */
  settle(): void {
    for (const each of this.#changed) this.#settling.add(each);
    this.#changed = new Set();
    if (this.#settling.size > 0) this.#wake(patience);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer?.handle);
  }

  /**
   * Looks at the places that have changed, and at those that could not be repaired before; never while something else changes the region.
   *
   * @param before whether a change of the region waits for it: then a place is repaired that has to wait, and what is settling is left for later
   */
  async mend(before: 'a-change' | 'nothing'): Promise<void> {
    const atOnce = before === 'a-change';
    const settling = atOnce ? [] : [...this.#settling].slice(0, mostSettling);
    for (const each of settling) this.#settling.delete(each);
    const places = new Set([...this.#changed, ...settling, ...this.#open().map(({ where }) => where)]);
    this.#changed = new Set();
    if (this.#settling.size > 0) this.#wake(patience);
    if (places.size === 0) return;
    for (const each of this.#mendables) await this.#mendOne(each, places, atOnce);
    const rests = this.#open().map(({ restsUntil }) => restsUntil - Date.now());
    if (rests.length > 0) this.#wake(Math.max(patience, Math.min(...rests)));
  }

  async #mendOne(mendable: Mendable, places: ReadonlySet<string>, atOnce: boolean): Promise<void> {
    const found = await mendable.find(places);
    this.#close(mendable, places, found);
    const due = found.filter((each) => this.#isNew(mendable, each, atOnce));
    if (due.length === 0) return;
    const failure = await mendable.repair(due).then(
      () => null,
      (error: Error) => {
        if (error instanceof ProgramFailed) return error;
        throw error;
      },
    );
    const left = await mendable.find(new Set(due.map(({ where }) => where)));
    for (const each of due) {
      const still = left.find(({ where }) => where === each.where);
      this.#tried(mendable, each, still ? (failure ? reasonOf(failure) : stillMissing(still)) : null);
    }
  }

  #open(): Drifted[] {
    return this.#records.filter(({ repairedAt }) => repairedAt === null);
  }

  #openAt(mendable: Mendable, where: string): Drifted | undefined {
    return this.#open().find((each) => each.mendable === mendable && each.where === where);
  }

  /** What is no longer missing, whoever put it back. */
  #close(mendable: Mendable, places: ReadonlySet<string>, found: readonly Fault[]): void {
    for (const each of this.#open()) {
      if (each.mendable !== mendable || !places.has(each.where)) continue;
      if (found.some(({ where }) => where === each.where)) continue;
      this.#replace(each, { ...each, repairedAt: new Date().toISOString(), said: null });
      this.#told.event({ kind: 'drift', state: 'repaired', where: each.where, missing: each.missing, said: null });
    }
  }

  /** Remembers it, and gives whether it is to be repaired now. */
  #isNew(mendable: Mendable, { where, missing }: Fault, atOnce: boolean): boolean {
    const known = this.#openAt(mendable, where);
    if (known) {
      this.#replace(known, { ...known, missing });
      return atOnce || known.restsUntil <= Date.now();
    }
    const minute = Date.now() - 60_000;
    const isSame = (each: Drifted) => each.where === where && each.missing.join() === missing.join();
    const lately = this.#records.filter((each) => isSame(each) && Date.parse(each.foundAt) > minute).length;
    const rest = lately < mostAMinute || atOnce ? 0 : longestRest / 2;
    this.#add({
      where,
      missing,
      foundAt: new Date().toISOString(),
      repairedAt: null,
      attempts: 0,
      said: null,
      mendable,
      restsUntil: Date.now() + rest,
    });
    this.#told.event({ kind: 'drift', state: 'found', where, missing, said: null });
    return rest === 0;
  }

  /** A failure is told the first time, and counted from then on. */
  #tried(mendable: Mendable, { where, missing }: Fault, said: string | null): void {
    const known = this.#openAt(mendable, where);
    if (!known) return;
    const attempts = known.attempts + 1;
    if (said === null) {
      this.#replace(known, { ...known, attempts, said: null, repairedAt: new Date().toISOString() });
      this.#told.event({ kind: 'drift', state: 'repaired', where, missing, said: null });
      return;
    }
    const rest = Math.min(firstRest * 2 ** known.attempts, longestRest);
    this.#replace(known, { ...known, attempts, said, restsUntil: Date.now() + rest });
    if (known.said === null) this.#told.event({ kind: 'drift', state: 'not-repaired', where, missing, said });
  }

  #add(record: Drifted): void {
    const kept = [...this.#records, record];
    const past = kept.filter(({ repairedAt }) => repairedAt !== null).slice(0, Math.max(0, kept.length - mostRecords));
    this.#records = kept.filter((each) => !past.includes(each));
  }

  #replace(former: Drifted, present: Drifted): void {
    this.#records = this.#records.map((each) => (each === former ? present : each));
  }

  #wake(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#stopped || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.handle);
    const handle = setTimeout(() => {
      this.#timer = undefined;
      this.#told.due();
    }, milliseconds).unref();
    this.#timer = { at, handle };
  }
}

function reasonOf({ said, message }: ProgramFailed): string {
  return said.trim().split('\n')[0] || message;
}

function stillMissing({ missing }: Fault): string {
  return `still missing: ${missing.slice(0, 3).join('; ')}`;
}
