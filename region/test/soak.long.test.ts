import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random as randomFrom } from '../../lenses/differential/random.ts';
import { type Process, processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';
import type { SmallDisk } from './support/small-disk.ts';
import { type Writing, writeOn } from './support/writing.ts';

/** `SOAK_MINUTES` for a shorter look, `SOAK_SEED` for the same faults again. */
const minutes = Number(process.env.SOAK_MINUTES ?? 60);
const seed = Number(process.env.SOAK_SEED ?? 20261129);
const minute = 60_000;

interface Status {
  readonly app: string;
  readonly failures: readonly { readonly code: string }[];
  readonly databases: readonly { readonly state: string; readonly standby: string | null }[];
}

/** One kind of misfortune; `undo` where it does not pass by itself. */
interface Fault {
  readonly what: string;
  bring(): void | Promise<void>;
  undo?(): Promise<void>;
}

let project: Project;
let disk: SmallDisk;
let writing: Writing;
let app: string;

beforeAll(async () => {
  project = await Project.make();
  disk = await project.giveDisk();
  const blueprint = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
  const configuration = { app: `${process.execPath} ${blueprint}`, context: { databaseMultiZone: true } };
  await writeFile(join(project.directory, 'cdk.json'), JSON.stringify(configuration));
  const settings = { databaseHangSeconds: 10, standbyHangSeconds: 5 };
  await writeFile(join(project.directory, 'terrace.json'), JSON.stringify(settings));
  const up = await project.terrace<Status>('up', '--detach');
  expect(up.value.failures).toEqual([]);
  app = up.value.app;
  await whole();
  writing = writeOn(app);
}, 4 * minute);

afterAll(async () => {
  await writing?.end();
  await project?.[Symbol.asyncDispose]();
  await disk?.[Symbol.asyncDispose]();
}, 4 * minute);

const faults: readonly Fault[] = [
  ...[
    ['a load balancer', /haproxy -db -f \S*balancers/],
    ['the ingress', /haproxy -db -f \S*ingress/],
    ['a VPC’s services', /vpc-services\/process/],
    ['AWS’s endpoints', /endpoints-process/],
    ['a database server', /postgresql\/bin\/postgres/],
    ['a web server', /nginx: master/],
    ['the watch of the kernel', /terrace-kernel-watch/],
  ].flatMap(([what, words]): Fault[] => [
    { what: `${what} is killed`, bring: () => signal(words as RegExp, 'SIGKILL') },
    ...(what === 'a web server' ? [] : [{ what: `${what} hangs`, bring: () => signal(words as RegExp, 'SIGSTOP') }]),
  ]),
  { what: 'an interface is taken away', bring: () => inRouter('link delete', links()) },
  { what: 'an interface is set down', bring: () => inRouter('link set down', links()) },
  {
    what: 'the rules of a router are flushed',
    bring: () => void inRegion('nsenter', `--net=${router()}`, 'nft', 'flush', 'ruleset'),
  },
  {
    what: 'the disk is full',
    bring: async () => {
      await disk.fill();
      await delay(5_000);
    },
    undo: () => disk.makeRoom(),
  },
  {
    what: 'an instance forks without end',
    bring: () => hog('i=0; while [ $i -lt 300 ]; do sleep 20 & i=$((i+1)); done'),
  },
  { what: 'an instance fills its disk', bring: () => hog('head -c 200M /dev/zero > /var/tmp/hog; rm -f /var/tmp/hog') },
];

test(`${minutes} minutes of faults lose no write that was acknowledged and leave nothing behind`, {
  timeout: (minutes + 30) * minute,
}, async () => {
  const random = randomFrom(seed);
  const end = Date.now() + minutes * minute;
  const supervisor = supervisorOf();
  const tally = new Map<string, number>();
  await delay(10_000);
  const before = { memory: residentKilobytes(supervisor.pid), disk: diskBytes() };
  while (Date.now() < end) {
    const fault = random.pick(faults);
    tally.set(fault.what, (tally.get(fault.what) ?? 0) + 1);
    try {
      await fault.bring();
      await delay(2_000 + random.below(6_000));
      await fault.undo?.();
      await whole();
    } catch (error) {
      throw new Error(`after "${fault.what}" (${[...tally.values()].reduce((sum, each) => sum + each, 0)} faults)`, {
        cause: error,
      });
    }
    const from = writing.acknowledged;
    await until(
      async () => writing.acknowledged,
      (count) => count > from + 5,
      2 * minute,
    );
    expect(processesOf(project.directory).map(({ pid }) => pid)).toContain(supervisor.pid);
    await delay(5_000 + random.below(10_000));
  }
  const after = { memory: residentKilobytes(supervisor.pid), disk: diskBytes() };
  await writing.end();
  const { visits } = (await (await fetch(`${app}api/hello`)).json()) as { visits: number };
  process.stdout.write(
    `${JSON.stringify({ minutes, seed, faults: Object.fromEntries(tally), acknowledged: writing.acknowledged, visits, before, after })}\n`,
  );
  expect(writing.twice).toEqual([]);
  expect(visits).toBeGreaterThan(writing.acknowledged);
  expect(after.memory).toBeLessThan(before.memory + 100_000);
  // Archived WAL and the journals of servers that started anew grow; a leak would take more.
  expect(after.disk).toBeLessThan(before.disk + minutes * 12 * 2 ** 20 + 200 * 2 ** 20);
  expect((await project.terrace('down')).status).toBe(0);
  expect(processesOf(project.directory)).toEqual([]);
});

/** Waits until status finds nothing amiss, both servers of the database and the page included. */
async function whole(): Promise<void> {
  await until(
    // Asking costs a process of its own each time.
    () => delay(1_500).then(() => project.terrace<Status>('status')),
    ({ status, value }) =>
      status === 0 && value.databases.every(({ state, standby }) => state === 'available' && standby === 'in-sync'),
    4 * minute,
  );
  await until(
    () =>
      fetch(`${app}api/hello`, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ok) => ok,
    // Where both web servers were killed in turn, their group replaces them after its grace period only, as on AWS.
    8 * minute,
  );
}

function supervisorOf(): Process {
  const [found] = processesOf(project.directory)
    .filter(({ words }) => /^\S*node\S* .*supervisor\/main\.js/.test(words))
    // One that it is just starting has its words until it runs its own program.
    .sort((one, other) => one.pid - other.pid);
  if (!found) throw new Error('the supervisor has ended');
  return found;
}

function signal(words: RegExp, kind: NodeJS.Signals): void {
  const found = processesOf(project.directory).filter((each) => words.test(each.words));
  if (found.length === 0) throw new Error(`nobody is called ${words}`);
  // The first of several: of a server with many processes that is the one that begot the others.
  process.kill(found[0]!.pid, kind);
}

/** In the region's own mounts and processes. */
function inRegion(...command: readonly string[]): string {
  const words = ['--target', String(supervisorOf().pid), '--mount', '--pid', ...command];
  return execFileSync('nsenter', words, { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
}

function router(): string {
  const name = inRegion('ls', '/run/netns')
    .trim()
    .split('\n')
    .find((each) => each.startsWith('router-'))!;
  return `/run/netns/${name}`;
}

function links(): string {
  const all = inRegion('nsenter', `--net=${router()}`, 'ip', '-o', 'link').split('\n');
  return all.map((line) => /^\d+: (e[0-9a-f]+)@/.exec(line)?.[1]).find((each) => each !== undefined)!;
}

function inRouter(what: 'link delete' | 'link set down', link: string): void {
  const words = what === 'link delete' ? ['link', 'delete', link] : ['link', 'set', link, 'down'];
  inRegion('nsenter', `--net=${router()}`, 'ip', ...words);
}

async function hog(script: string): Promise<void> {
  await project.terrace('exec', 'web/0', '--', 'sh', '-c', script);
}

function residentKilobytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

function diskBytes(): number {
  return Number(execFileSync('du', ['-sb', disk.path()], { encoding: 'utf8' }).split('\t')[0]);
}
