import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface UpSummary {
  readonly app: string | null;
  /** Milliseconds since `terrace up` began. */
  readonly timings: Readonly<Record<string, number>>;
  readonly failures: readonly { readonly code: string; readonly cause: { readonly en: string } }[];
  readonly instances: readonly { readonly name: string; readonly address: string; readonly state: string }[];
}

/** A region of a project of its own, driven by the command as a user drives it. */
export class RegionUnderTest implements AsyncDisposable {
  readonly directory: string;

  static async make(): Promise<RegionUnderTest> {
    return new RegionUnderTest(await mkdtemp(join(tmpdir(), 'terrace-bench-')));
  }

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** The blueprint's assembly; synthesis is not a part of what is measured. */
  async synthesize(): Promise<string> {
    const assembly = join(this.directory, 'assembly');
    await run(process.execPath, [join(root, 'blueprint/dist/app.js')], {
      cwd: root,
      env: { ...process.env, CDK_OUTDIR: assembly, CDK_DEFAULT_REGION: 'ap-northeast-2' },
    });
    return assembly;
  }

  async write(name: string, text: string): Promise<string> {
    const file = join(this.directory, name);
    await writeFile(file, text);
    return file;
  }

  async up(...words: readonly string[]): Promise<UpSummary> {
    const summary = (await this.terrace('up', '--detach', '--yes', ...words)) as UpSummary;
    if (summary.failures.length > 0) throw new Error(JSON.stringify(summary.failures));
    return summary;
  }

  async terrace(...words: readonly string[]): Promise<unknown> {
    const dash = words.indexOf('--');
    const all = dash < 0 ? [...words, '--json'] : [...words.slice(0, dash), '--json', ...words.slice(dash)];
    const { stdout } = await run(process.execPath, [join(root, 'cli/bin/terrace.js'), ...all], {
      cwd: this.directory,
      maxBuffer: 2 ** 28,
    });
    return JSON.parse(stdout);
  }

  /** A process of the region, by a part of its command line: a way into its namespaces. */
  processNamed(mark: string): number {
    const [found] = this.#processes(mark);
    if (found === undefined) throw new Error(`no process of the region is called ${mark}`);
    return found;
  }

  /** What all processes of the region have taken so far, those that have ended among them; or those that are called so. */
  processorSeconds(mark = ''): number {
    return this.#processes(mark).reduce((sum, each) => sum + processorSecondsOf(each), 0);
  }

  #processes(mark: string): number[] {
    return readdirSync('/proc').flatMap((name) => {
      if (!/^\d+$/.test(name)) return [];
      try {
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return words.includes(mark) && isBelow(Number(name), this.directory) ? [Number(name)] : [];
      } catch {
        return []; // It has ended in the meantime.
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.terrace('down', '--purge', '--yes').catch(() => undefined);
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Whether a process descends from the launcher of the region in this folder. */
function isBelow(pid: number, directory: string): boolean {
  for (let each = pid; each > 1; ) {
    const words = readFileSync(`/proc/${each}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (words.includes(join(directory, '.terrace'))) return true;
    const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
    each = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  }
  return false;
}

/** Its own and that of the children it has seen end: `utime`, `stime`, `cutime`, `cstime`. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processorSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
    return ticks / ticksASecond;
  } catch {
    return 0; // It has ended in the meantime, and its parent has its time.
  }
}

/** `USER_HZ`, the same on every Linux. */
const ticksASecond = 100;
