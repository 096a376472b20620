import type { Guest } from '../guest.ts';
import { linesOf } from '../lines.ts';
import type { Trouble } from '../trouble.ts';
import { readCloudConfig } from './cloud-config.ts';
import { type BootSteps, type Step, type StepImage, stepsOf } from './steps.ts';
import { type Part, partsOf } from './user-data.ts';

export interface UserDataResult {
  readonly outcome: 'none' | 'succeeded' | 'failed';
  readonly parts: readonly UserDataPartResult[];
  /** Steps that were refused while it ran, whatever it returned. */
  readonly troubles: readonly Trouble[];
}

interface UserDataPartResult {
  readonly name: string;
  /** `null` where a signal ended it, or where it was not run. */
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly milliseconds: number;
  /** The last twenty lines of its output, or why it was not run. */
  readonly lastLines: readonly string[];
  /** The first line of its output that reads as an error; `null` where none does. */
  readonly firstError: string | null;
}

export interface BootSurroundings {
  readonly instance: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly image: Omit<StepImage, 'folder'>;
  readonly onLine: (line: string) => void;
}

const outputLog = '/var/log/cloud-init-output.log';
const log = '/var/log/cloud-init.log';
const perBoot = '/var/lib/cloud/scripts/per-boot';

/**
 * What cloud-init does at an instance's first boot: the steps of its cloud-configs, then its scripts, one after another as root, by the names of their
 * files. What fails does not keep the next from running.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 * https://cloudinit.readthedocs.io/en/latest/explanation/boot.html
 */
export async function runUserData(
  guest: Guest,
  userData: string,
  around: BootSurroundings,
): Promise<Omit<UserDataResult, 'troubles'>> {
  const boot = new Boot(guest, around);
  const folder = folderOf(around);
  try {
    for (const name of [`${folder}/scripts`, perBoot, '/run/cloud-init']) await guest.makeFolder(name);
    await guest.link(`instances/${around.instance}`, '/var/lib/cloud/instance');
    await guest.write(`${folder}/user-data.txt`, userData, '0600');
    const parts = partsOf(userData);
    const steps = await boot.read(parts);
    await boot.boothooks(parts);
    for (const step of [...steps.everyBoot, ...steps.once]) await boot.step(step);
    for (const part of scriptsOf(parts))
      await guest.write(`${folder}/scripts/${fileName(part.name)}`, part.content, '0700');
    await boot.scripts(perBoot);
    if (steps.runsScripts) await boot.scripts(`${folder}/scripts`);
    if (steps.message !== null) await boot.say(steps.message);
  } catch (error) {
    around.onLine(`user data: ${(error as Error).message}`);
    boot.notRun('user data', (error as Error).message);
  }
  await boot.finish();
  return { outcome: boot.outcome(), parts: boot.results };
}

/** What cloud-init does at every boot after the first: boot hooks, `bootcmd`, scripts of `per-boot`, and user scripts where the cloud-config says so. */
export async function runEveryBoot(guest: Guest, userData: string, around: BootSurroundings): Promise<void> {
  const boot = new Boot(guest, around);
  try {
    const parts = partsOf(userData);
    const steps = await boot.read(parts);
    await boot.boothooks(parts);
    for (const step of steps.everyBoot) await boot.step(step);
    await boot.scripts(perBoot);
    if (steps.scriptsEveryBoot) await boot.scripts(`${folderOf(around)}/scripts`);
  } catch (error) {
    around.onLine(`cloud-init: ${(error as Error).message}`);
  }
}

const folderOf = ({ instance }: BootSurroundings) => `/var/lib/cloud/instances/${instance}`;
const fileName = (part: string) => part.replace(/[^\w.-]/g, '_');

function scriptsOf(parts: readonly Part[]) {
  return parts.flatMap((part) => (part.kind === 'script' ? [part] : []));
}

/** One boot, with what became of each of its steps. */
class Boot {
  readonly results: UserDataPartResult[] = [];
  readonly #guest: Guest;
  readonly #around: BootSurroundings;

  constructor(guest: Guest, around: BootSurroundings) {
    this.#guest = guest;
    this.#around = around;
  }

  /** The steps of the parts; what is not carried out of them is a failure by its name. */
  async read(parts: readonly Part[]): Promise<BootSteps> {
    for (const part of parts) if (part.kind === 'refused') await this.#refuse(part.name, part.reason);
    const documents = parts.flatMap((part) => (part.kind === 'cloud-config' ? [part] : []));
    const { config, refused, warnings } = await readCloudConfig(documents);
    for (const { name, reason } of refused) await this.#refuse(name, reason);
    for (const warning of warnings) {
      await this.#note('WARNING', warning);
      await this.say(`cloud-init: ${warning}`);
    }
    return stepsOf(config, { ...this.#around.image, folder: folderOf(this.#around) });
  }

  async boothooks(parts: readonly Part[]): Promise<void> {
    for (const part of parts) {
      if (part.kind !== 'boothook') continue;
      const path = `${folderOf(this.#around)}/boothooks/${fileName(part.name)}`;
      await this.#guest.makeFolder(`${folderOf(this.#around)}/boothooks`);
      await this.#guest.write(path, part.content, '0700');
      const words = part.content.startsWith('#!') ? [path] : ['/bin/sh', path];
      await this.#run(part.name, words);
    }
  }

  async step(step: Step): Promise<void> {
    if ('reason' in step) return this.#refuse(step.module, step.reason);
    const path = `/run/cloud-init/${step.module}`;
    await this.#guest.makeFolder('/run/cloud-init');
    await this.#guest.write(path, step.script, '0700');
    await this.#run(step.module, ['/bin/sh', path]);
  }

  /** Those of a folder, in the order of their names. */
  async scripts(folder: string): Promise<void> {
    for (const name of [...(await this.#guest.list(folder)).keys()].sort())
      await this.#run(name, [`${folder}/${name}`]);
  }

  async say(line: string): Promise<void> {
    this.#around.onLine(line);
    await this.#guest.append(outputLog, `${line}\n`).catch(() => undefined);
  }

  notRun(name: string, reason: string): void {
    const nothing = { exitCode: null, signal: null, milliseconds: 0, firstError: null };
    this.results.push({ name, ...nothing, lastLines: [reason] });
  }

  outcome(): UserDataResult['outcome'] {
    if (this.results.length === 0) return 'none';
    return this.results.every(({ exitCode }) => exitCode === 0) ? 'succeeded' : 'failed';
  }

  /** What `cloud-init status` and others that wait for the end look at. */
  async finish(): Promise<void> {
    const errors = this.results.flatMap(({ name, exitCode }) => (exitCode === 0 ? [] : [`('${name}', 'failed')`]));
    const result = { v1: { datasource: 'DataSourceEc2Local', errors } };
    const time = new Date().toISOString();
    await this.#guest
      .write('/run/cloud-init/result.json', `${JSON.stringify(result, null, 1)}\n`)
      .catch(() => undefined);
    await this.#guest.write(`${folderOf(this.#around)}/boot-finished`, `${time}\n`).catch(() => undefined);
  }

  async #refuse(name: string, reason: string): Promise<void> {
    await this.#note('WARNING', `${name}: ${reason}`);
    await this.say(`${name}: ${reason}`);
    this.notRun(name, reason);
  }

  async #run(name: string, words: readonly string[]): Promise<void> {
    const begun = Date.now();
    const lastLines: string[] = [];
    let firstError: string | null = null;
    const { onOutput, end } = linesOf((text) => {
      if (firstError === null && readsAsError.test(text)) firstError = text;
      lastLines.push(text);
      if (lastLines.length > 20) lastLines.shift();
      this.#around.onLine(text);
    });
    const environment = { ...this.#around.environment, INSTANCE_ID: this.#around.instance };
    const process = await this.#guest.spawn({ words, environment, copyTo: outputLog, onOutput });
    const { code, signal } = await process.ended;
    end();
    this.results.push({ name, exitCode: code, signal, milliseconds: Date.now() - begun, lastLines, firstError });
    const how = code === null ? `signal ${signal}` : `exit status ${code}`;
    if (code !== 0) await this.say(`user data: ${name} failed, ${how}`);
    await this.#note(
      code === 0 ? 'DEBUG' : 'WARNING',
      code === 0 ? `${name} ran successfully` : `Failed to run ${name}: ${how}`,
    );
  }

  #note(level: 'DEBUG' | 'WARNING', text: string): Promise<void> {
    const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
    return this.#guest.append(log, `${time} - cloud-init[${level}]: ${text}\n`).catch(() => undefined);
  }
}

/** How programs of a boot begin to say that something failed. */
const readsAsError =
  /\b(error|fatal|failed|failure|cannot|can't|unable to|not found|no such|denied|refused|timed out|invalid)\b|^E: /i;
