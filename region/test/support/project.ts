import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { existingToolkit } from '../../src/host/toolkit.ts';
import { SmallDisk } from './small-disk.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
/** The command itself, for a test that starts it by its own means. */
export const terraceCommand = join(root, 'cli/bin/terrace.js');

/** What a command said and ended with. */
export interface Said<T> {
  readonly value: T;
  readonly status: number;
}

/**
 * A project of its own in a temporary folder, with the blueprint's assembly in it, used as its user would: by the command line. Its region
 * ends with it.
 */
export class Project implements AsyncDisposable {
  readonly directory: string;
  /** What every command is run by: nothing, or what makes it an ordinary user's. */
  #prefix: readonly string[];

  static async make(): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'terrace-project-')));
    await cp(await synthesized(), project.assembly, { recursive: true });
    return project;
  }

  /** With one template of a test's own, `template.yaml`. */
  static async ofTemplate(template: string): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'terrace-project-')));
    await writeFile(join(project.directory, 'template.yaml'), template);
    return project;
  }

  /** For an ordinary user without any right, who has the toolkit: for tests that root runs. */
  static async ofOrdinaryUser(): Promise<Project> {
    const directory = await mkdtemp(join(tmpdir(), 'terrace-project-'));
    const cache = join(directory, 'cache');
    const toolkit = existingToolkit();
    if (toolkit)
      await cp(toolkit, join(cache, 'terrace/toolkit'), {
        recursive: true,
        dereference: false,
        verbatimSymlinks: true,
      });
    const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
    const path = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin';
    const project = new Project(directory, [
      ...nobody,
      'env',
      '-i',
      `HOME=${directory}`,
      `XDG_CACHE_HOME=${cache}`,
      path,
    ]);
    await cp(await synthesized(), project.assembly, { recursive: true });
    await run('chown', ['65534:65534', directory]);
    await run('chown', ['-R', '65534:65534', cache, project.assembly]);
    return project;
  }

  /** From now on as after `apt-get install uidmap` and a line for the ordinary user in `/etc/subuid` and `/etc/subgid`. */
  async giveRange(): Promise<void> {
    this.#prefix = [...(await withRange(join(this.directory, 'etc'))), ...this.#prefix];
  }

  /** From now on its state is on a disk of its own, which belongs to whoever runs the commands. */
  async giveDisk(): Promise<SmallDisk> {
    const owner = this.#prefix.includes('--reuid') ? 65534 : 0;
    const disk = await SmallDisk.mount(join(this.directory, '.terrace'), owner);
    this.#prefix = [...disk.prefix(this.directory), ...this.#prefix];
    return disk;
  }

  /** The same folder in the hands of whoever runs the tests. */
  asRoot(): Project {
    return new Project(this.directory);
  }

  private constructor(directory: string, prefix: readonly string[] = []) {
    this.directory = directory;
    this.#prefix = prefix;
  }

  get assembly(): string {
    return join(this.directory, 'assembly');
  }

  /** Runs `terrace WORDS --json` and reads what it says. What a test's own region loses by a change or a purge may be lost. */
  async terrace<T>(...words: readonly string[]): Promise<Said<T>> {
    const [command = ''] = words;
    const isPurge = command === 'down' && words.includes('--purge');
    return this.terraceUnasked(...words, ...(command === 'up' || isPurge ? ['--yes'] : []));
  }

  /** The same as a script that was told nothing more: without `--yes`. */
  async terraceUnasked<T>(...words: readonly string[]): Promise<Said<T>> {
    const [command = '', ...rest] = words;
    const dash = rest.indexOf('--');
    const all =
      dash < 0 ? [command, ...rest, '--json'] : [command, ...rest.slice(0, dash), '--json', ...rest.slice(dash)];
    try {
      const [program = '', ...before] = [...this.#prefix, process.execPath, terraceCommand];
      const { stdout } = await run(program, [...before, ...all], { cwd: this.directory, maxBuffer: 2 ** 26 });
      return { value: JSON.parse(stdout) as T, status: 0 };
    } catch (error) {
      const { stdout = '', code, stderr } = error as { stdout?: string; code?: number; stderr?: string };
      if (stdout.trim() === '') throw new Error(`terrace ${all.join(' ')} ended with ${code}: ${stderr}`);
      return { value: JSON.parse(stdout) as T, status: code ?? 1 };
    }
  }

  /** Changes the text of every template of the assembly. */
  async edit(change: (template: string) => string): Promise<void> {
    for (const name of await readdir(this.assembly)) {
      if (!name.endsWith('.template.json')) continue;
      const file = join(this.assembly, name);
      await writeFile(file, change(await readFile(file, 'utf8')));
    }
  }

  /** Changes the resources of every template: a resource for which `change` gives `undefined` is taken out. */
  async editResources(change: (logicalId: string, resource: Template) => Template | undefined): Promise<void> {
    await this.edit((text) => {
      const template = JSON.parse(text) as { Resources: Record<string, Template> };
      const resources = Object.entries(template.Resources).flatMap(([id, resource]) => {
        const changed = change(id, resource);
        return changed ? [[id, changed] as const] : [];
      });
      return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) }, null, 1);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.terrace('down').catch(() => undefined);
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** What runs a command where `/etc` is a copy in which nobody has a range of ids; the machine's own stays as it is. */
async function withRange(etc: string): Promise<string[]> {
  await run('cp', ['-a', '/etc', etc]);
  for (const name of ['subuid', 'subgid']) await writeFile(join(etc, name), '65534:1000000:65536\n', { mode: 0o644 });
  const script = 'mount --bind "$1" /etc && shift && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', etc];
}

export interface Template {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

let assembly: Promise<string> | undefined;

/** The blueprint's assembly, synthesized once for all tests of a file. */
function synthesized(): Promise<string> {
  assembly ??= (async () => {
    const output = await mkdtemp(join(tmpdir(), 'terrace-assembly-'));
    await run(process.execPath, [join(root, 'blueprint/dist/app.js')], {
      cwd: root,
      env: { ...process.env, CDK_OUTDIR: output, CDK_DEFAULT_REGION: 'ap-northeast-2' },
    });
    process.once('exit', () => rmSync(output, { recursive: true, force: true }));
    return output;
  })();
  return assembly;
}

/** Milliseconds, as `--wait`, for a probe: silence is told apart soon, what gets through may take longer on a busy machine. */
export function waitFor(outcome: string): string {
  return outcome === 'timeout' ? '700' : '15000';
}

/** Asks until `done` says so, and gives the last answer. The limit is for a busy machine: what comes about ends the wait. */
export async function until<T>(ask: () => Promise<T>, done: (answer: T) => boolean, milliseconds = 60_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > end) throw new Error(`not so within ${milliseconds} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
