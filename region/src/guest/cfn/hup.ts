import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { element } from '../service-call.ts';
import { valueAt } from './get-metadata.ts';
import { type HupConfiguration, type HupHook, parseHooks, parseMain } from './hup-configuration.ts';
import { BuildLog } from './log.ts';
import { describeStackResource } from './metadata.ts';
import { reasonIn, run } from './run.ts';

/**
 * `cfn-hup`: asks for a resource's metadata again and again, and runs a hook's action where it changed.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-hup.html
 */
export async function cfnHup(words: readonly string[]): Promise<number> {
  const { values, flags } = parseOptions(words, {
    valued: ['--config'],
    flags: ['--no-daemon', '--verbose'],
    short: { '-c': '--config', '-v': '--verbose' },
    exitCode: 1,
  });
  const folder = values.get('--config') ?? '/etc/cfn';
  const { main, hooks } = readConfiguration(folder);
  const log = new BuildLog(flags.has('--verbose') || main.verbose, 'cfn-hup');
  if (flags.has('--no-daemon')) {
    await look(main, hooks, log);
    return 0;
  }
  // Process 1 starts it as a unit's program; from a shell it goes on by itself.
  if (process.ppid !== 1 && process.env.CFN_HUP_DETACHED === undefined) {
    const env = { ...process.env, CFN_HUP_DETACHED: '1' };
    spawn(process.argv[1]!, words, { detached: true, stdio: 'ignore', env }).unref();
    return 0;
  }
  log.info(`cfn-hup looks every ${main.minutes} minutes`);
  for (;;) {
    await look(main, hooks, log).catch((error: Error) => log.error(error.message));
    await new Promise((resolve) => setTimeout(resolve, main.minutes * 60_000));
  }
}

function readConfiguration(folder: string): {
  readonly main: HupConfiguration;
  readonly hooks: readonly HupHook[];
} {
  const refuse = (text: string) => new Refusal(text, 1, `Error: ${text}`);
  const file = join(folder, 'cfn-hup.conf');
  if (!existsSync(file)) throw refuse(`Could not find main configuration at ${file}`);
  const main = parseMain(readFileSync(file, 'utf8'));
  if (typeof main === 'string') throw refuse(main);
  const below = join(folder, 'hooks.d');
  const files = [
    join(folder, 'hooks.conf'),
    ...(existsSync(below) ? readdirSync(below).sort() : []).map((name) => join(below, name)),
  ].filter((each) => existsSync(each) && statSync(each).isFile());
  const hooks = files.flatMap((each) => parseHooks(readFileSync(each, 'utf8')));
  const wrong = hooks.find((each) => 'reason' in each);
  if (wrong && 'reason' in wrong) throw refuse(wrong.reason);
  if (hooks.length === 0) throw refuse(`No valid hooks found at ${folder}`);
  return { main, hooks: hooks.filter((each): each is HupHook => !('reason' in each)) };
}

const store = '/var/lib/cfn-hup/data';

/** One round: each hook whose value changed runs; one that fails is tried again in the next. */
async function look(main: HupConfiguration, hooks: readonly HupHook[], log: BuildLog): Promise<void> {
  mkdirSync(store, { recursive: true });
  const file = join(store, 'metadata.json');
  const known = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, unknown>;
  for (const hook of hooks) {
    const key = `${hook.name}|${hook.path}`;
    const before = known[key] ?? null;
    const now = await readValue(main, hook);
    const trigger = triggerOf(before, now);
    if (trigger === null || !hook.triggers.includes(trigger)) {
      known[key] = now;
      continue;
    }
    log.info(`${trigger}: action for ${hook.name} will be run`);
    const name = /\.PhysicalResourceId$/i.test(hook.path) ? 'PHYSICAL_RESOURCE_ID' : 'METADATA';
    const environment = {
      ...(process.env as Record<string, string>),
      ...(before === null ? {} : { [`CFN_OLD_${name}`]: asText(before) }),
      ...(now === null ? {} : { [`CFN_NEW_${name}`]: asText(now) }),
    };
    const action = hook.runAs === null ? hook.action : ['su', hook.runAs, '-c', hook.action];
    const ended = run(action, { environment });
    if (ended.status === 0) known[key] = now;
    else log.warn(`Action for ${hook.name} exited with ${reasonIn(ended)}; will retry on next iteration`);
  }
  writeFileSync(file, JSON.stringify(known));
}

type Trigger = 'post.add' | 'post.update' | 'post.remove';

export function triggerOf(before: unknown, now: unknown): Trigger | null {
  if (before === null) return now === null ? null : 'post.add';
  if (now === null) return 'post.remove';
  return JSON.stringify(before) === JSON.stringify(now) ? null : 'post.update';
}

/** `null` where nothing stands at the path. */
async function readValue(main: HupConfiguration, { path }: HupHook): Promise<unknown> {
  const [, resource = '', what = '', below] = /^Resources\.([^.]+)\.([^.]+)(?:\.(.+))?$/i.exec(path) ?? [];
  const values = new Map(
    Object.entries({ '--region': main.region, '--role': main.role, '--credential-file': main.credentialFile }).flatMap(
      ([name, value]) => (value === null ? [] : [[name, value] as const]),
    ),
  );
  const detail = await describeStackResource(values, main.stack, resource);
  if (what.toLowerCase() === 'physicalresourceid') return element(detail, 'PhysicalResourceId') ?? null;
  const metadata = JSON.parse(element(detail, 'Metadata') ?? 'null') as unknown;
  return (below === undefined ? metadata : valueAt(metadata, below)) ?? null;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
