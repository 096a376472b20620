import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { guestFolder } from '../compute/launcher.ts';
import type { Incident } from '../incident.ts';

/** A network namespace to be watched, and the settings below `/proc/sys/net` that it is to have. */
export interface Watched {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Seconds between two looks at the settings that the kernel says nothing about. */
const pace = 4;
/** Milliseconds until a watch that has ended is started again: twice as many after each end, until it has stood for the longest. */
const firstRest = 1_000;
const longestRest = 60_000;
/** Milliseconds in which it has to answer: one that hangs is ended, and another started. */
const patience = 3_000;

interface Told {
  /** Something in this network namespace is not as it was. */
  changed(namespace: string): void;
  mounts(): void;
  incident(incident: Incident): void;
}

/** Hears from the kernel what changes in network namespaces and mounts (`guest/kernel-watch.pl`). */
export class KernelWatch {
  readonly #told: Told;
  readonly #watched = new Map<string, Watched>();
  #child: ChildProcess;
  #flushing: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #rest = firstRest;
  #since = Date.now();

  constructor(told: Told) {
    this.#told = told;
    this.#child = this.#start();
  }

  /** From now on these and no others. */
  watch(namespaces: readonly Watched[]): void {
    const kept = new Set(namespaces.map(({ name }) => name));
    for (const name of [...this.#watched.keys()].filter((each) => !kept.has(each))) {
      this.#watched.delete(name);
      this.#say('forget', name);
    }
    for (const each of namespaces) {
      const former = this.#watched.get(each.name);
      this.#watched.set(each.name, each);
      if (!former || JSON.stringify(former.settings) !== JSON.stringify(each.settings)) this.#sayWatch(each);
    }
  }

  /** Resolves once everything that has happened so far was told. */
  flush(): Promise<void> {
    const child = this.#child;
    return new Promise((resolve) => {
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      this.#flushing.push(() => {
        clearTimeout(late);
        resolve();
      });
      if (!this.#say('flush')) this.#flushed();
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#child.stdin?.end();
    this.#flushed();
  }

  #start(): ChildProcess {
    const child = spawn('perl', [join(guestFolder, 'kernel-watch.pl'), process.arch, String(pace)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    });
    child.stdin?.on('error', () => undefined);
    createInterface({ input: child.stdout! }).on('line', (line) => this.#heard(line));
    child.once('error', (error) => this.#ended(error.message));
    child.once('exit', (code, signal) => this.#ended(`ended with ${signal ?? code}`));
    return child;
  }

  #heard(line: string): void {
    const [verb = '', name = '', ...said] = line.split(' ');
    if (verb === 'changed') this.#told.changed(name);
    if (verb === 'mounts') this.#told.mounts();
    if (verb === 'flushed') this.#flushing.shift()?.();
    if (verb === 'failed') this.#told.incident({ kind: 'failed', part: `watch of ${name}`, said: said.join(' ') });
  }

  /** What happened while nobody listened may be anything. */
  #ended(said: string): void {
    this.#flushed();
    if (this.#stopped || this.#timer) return;
    this.#told.incident({ kind: 'restarted', part: 'watch of the kernel', said });
    for (const name of this.#watched.keys()) this.#told.changed(name);
    this.#told.mounts();
    if (Date.now() - this.#since > longestRest) this.#rest = firstRest;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#since = Date.now();
      this.#child = this.#start();
      for (const each of this.#watched.values()) {
        this.#sayWatch(each);
        this.#told.changed(each.name);
      }
      this.#told.mounts();
    }, this.#rest).unref();
    this.#rest = Math.min(this.#rest * 2, longestRest);
  }

  #flushed(): void {
    for (const each of this.#flushing.splice(0)) each();
  }

  #sayWatch({ name, settings }: Watched): void {
    this.#say('watch', name, ...Object.entries(settings).map(([path, value]) => `${path}=${value}`));
  }

  #say(...fields: string[]): boolean {
    if (this.#timer || this.#stopped || !this.#child.stdin?.writable) return false;
    this.#child.stdin.write(`${fields.join('\t')}\n`);
    return true;
  }
}
