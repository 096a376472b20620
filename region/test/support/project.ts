import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

  private constructor(directory: string) {
    this.directory = directory;
  }

  get assembly(): string {
    return join(this.directory, 'assembly');
  }

  /** Runs `terrace WORDS --json` and reads what it says. */
  async terrace<T>(...words: readonly string[]): Promise<Said<T>> {
    const [command = '', ...rest] = words;
    const dash = rest.indexOf('--');
    const all =
      dash < 0 ? [command, ...rest, '--json'] : [command, ...rest.slice(0, dash), '--json', ...rest.slice(dash)];
    try {
      const { stdout } = await run(process.execPath, [terraceCommand, ...all], {
        cwd: this.directory,
        maxBuffer: 2 ** 26,
      });
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
    await this.terrace('down', '--purge').catch(() => undefined);
    await rm(this.directory, { recursive: true, force: true });
  }
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
    process.once('exit', () => void rm(output, { recursive: true, force: true }));
    return output;
  })();
  return assembly;
}

/** Asks until `done` says so, and gives the last answer. */
export async function until<T>(ask: () => Promise<T>, done: (answer: T) => boolean, milliseconds = 20_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > end) throw new Error(`not so within ${milliseconds} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
