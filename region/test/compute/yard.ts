import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { InstanceSize } from '@terrace/cloud/instance-size';
import { build, type Plugin } from 'esbuild';
import { Authority } from '../../src/authority/authority.ts';
import type { UserDataResult } from '../../src/compute/cloud-init/boot.ts';
import type { Ground } from '../../src/compute/ground.ts';
import type { Execution } from '../../src/compute/guest.ts';
import type { JournalEntry } from '../../src/compute/journal.ts';
import type { InstanceEvent, InstanceState } from '../../src/compute/running-instance.ts';
import type { Userland } from '../../src/compute/userland/distributions.ts';
import { packageStore } from '../../src/host/package-store.ts';
import { findProgram } from '../../src/host/programs.ts';
import { existingToolkit } from '../../src/host/toolkit.ts';
import { hasSubordinateIds, isRootless } from '../../src/host/users.ts';
import { launch } from '../../src/namespaces/launch.ts';

export interface YardCalls {
  /** Network namespaces with a loopback and nothing else. */
  namespaces(names: readonly string[]): Promise<void>;
  /** AWS's endpoints and metadata on the loopback of a network namespace, for the instance `i-calls`. */
  services(network: string): Promise<void>;
  /** What the endpoints tell of the calls they had. */
  calls(): Promise<Record<string, unknown>[]>;
  /** A program beside the instances, as the supervisor would run it. */
  run(words: readonly string[]): Promise<string>;
  launch(given: {
    id: string;
    network: string;
    userData?: string;
    image?: string;
    size?: InstanceSize;
    /** Another host for the package repository than the one that listens. */
    repository?: string;
    userland?: Userland;
    forwards?: boolean;
  }): Promise<void>;
  userData(id: string): Promise<UserDataResult>;
  exec(
    id: string,
    words: readonly string[],
    options?: Pick<Execution, 'user' | 'terminal' | 'environment'> & { input?: string },
  ): Promise<{ code: number | null; signal: number | null; out: string; err: string }>;
  journal(id: string, unit?: string): Promise<JournalEntry[]>;
  stop(id: string): Promise<void>;
  start(id: string): Promise<void>;
  powerOff(id: string): Promise<void>;
  terminate(id: string): Promise<void>;
  image(id: string, name: string): Promise<void>;
  state(id: string): Promise<InstanceState>;
  events(): Promise<InstanceEvent[]>;
  /** Ends the launcher of instances without a warning. */
  killLauncher(): Promise<void>;
  /** Bytes of the machine's memory in use. */
  memory(): Promise<number>;
}

/** A yard of instances in namespaces of its own, and the calls to it. */
export type Yard = YardCalls & AsyncDisposable & { readonly processId: number; readonly folder: string };

/** Whether instances know many users: as root, and for an ordinary user with a range of subordinate ids. */
export const accounts: Ground['accounts'] =
  !isRootless() || (findProgram('newuidmap', null) !== undefined && hasSubordinateIds()) ? 'many' : 'one';

/** @param options.shiftable false where the state is to be on a file system whose owners the kernel cannot shift */
export async function openYard(options: { readonly shiftable?: boolean } = {}): Promise<Yard> {
  const script = await buildScript('compute/yard-process.ts');
  const services = await buildScript('compute/services-process.ts');
  const folder = mkdtempSync(join(tmpdir(), 'terrace-yard-'));
  const authority = await Authority.open(join(folder, 'authority'));
  const ground: Ground = {
    scratch: '/run/terrace/scratch',
    state: join(folder, 'state'),
    toolkit: existingToolkit(),
    usr: '/run/terrace/usr',
    packages: packageStore(),
    node: process.execPath,
    certificates: authority.certificateFile,
    rootless: isRootless(),
    accounts,
    region: 'ap-northeast-2',
  };
  const child = launch({
    stateDirectory: folder,
    script,
    words: [JSON.stringify(ground), folder, services, options.shiftable === false ? 'overlay' : 'folder'],
    detached: false,
    channel: true,
  });
  const lines = createInterface({ input: child.stdout! });
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const log = () => readFileSync(join(folder, 'supervisor.log'), 'utf8');
  let number = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      const error = new Error(`the yard ended (${code}): ${log()}`);
      reject(error);
      for (const each of pending.values()) each.reject(error);
    });
    lines.on('line', (line) => {
      const answer = JSON.parse(line) as { ready?: boolean; number?: number; value?: unknown; error?: string };
      if (answer.ready) return resolve();
      const call = pending.get(answer.number!);
      pending.delete(answer.number!);
      if (answer.error !== undefined) call?.reject(new Error(answer.error));
      else call?.resolve(answer.value);
    });
  });
  const own = {
    processId: child.pid!,
    folder,
    async [Symbol.asyncDispose]() {
      await end(child);
      const left = log();
      rmSync(folder, { recursive: true, force: true });
      if (left !== '') throw new Error(`the yard's log is not empty:\n${left}`);
    },
  };
  return new Proxy(own as unknown as Yard, {
    get(target, name) {
      if (name in own) return own[name as keyof typeof own];
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...words: unknown[]) =>
        new Promise((resolve, reject) => {
          number += 1;
          pending.set(number, { resolve, reject });
          child.stdin!.write(`${JSON.stringify({ number, name, words })}\n`);
          void target;
        });
    },
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

const scripts = new Map<string, Promise<string>>();

/** One script of a test with everything in it, since what runs in the namespaces is Node without a loader of TypeScript. Built once a worker. */
export function buildScript(path: string): Promise<string> {
  const script = scripts.get(path) ?? bundled(path);
  scripts.set(path, script);
  return script;
}

/** Renamed into its place: another worker may read the former one meanwhile. */
async function bundled(path: string): Promise<string> {
  const region = fileURLToPath(new URL('../..', import.meta.url));
  const outfile = join(region, 'dist/test', path.replaceAll('/', '-').replace(/\.ts$/, '.mjs'));
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [join(region, 'test', path)],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    logLevel: 'warning',
    plugins: [asIfAtItsPlace],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  await rename(unfinished, outfile);
  return outfile;
}

/** Lets a module find its neighbours from where its source stands, wherever it is bundled to. */
const asIfAtItsPlace: Plugin = {
  name: 'as if at its place',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};
