import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asAdministrator } from '../src/database/postgresql/administration.ts';
import { openToOthers } from './support/open-to-others.ts';
import { processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';
import type { SmallDisk } from './support/small-disk.ts';
import { type Writing, writeOn } from './support/writing.ts';

interface Mistaken {
  readonly code: string;
  readonly place: { readonly file: string };
  readonly cause: { readonly en: string; readonly ko: string };
  readonly next: { readonly en: string };
}
interface Status {
  readonly failures: readonly Mistaken[];
  readonly databases: readonly { readonly state: string }[];
}

/** Both are tried by root, who may mount; an ordinary user's commands run as one. */
describe.skipIf(process.getuid?.() !== 0).each([
  ['root with a database in two zones', () => Project.make(), { databaseMultiZone: true }],
  ['an ordinary user', () => Project.ofOrdinaryUser(), null],
])('a region of %s whose disk becomes full', (_user, make, context) => {
  const upWords = ['up', '--detach', ...(context ? [] : ['--app', 'assembly'])];
  let project: Project;
  let disk: SmallDisk;
  let app: string;
  let writing: Writing;
  const supervisor = () =>
    processesOf(project.directory).find(({ words }) => words.includes('supervisor/main.js'))?.pid;
  let before: number | undefined;
  /** What the server said that it has written down. */
  const numbers: number[] = [];
  const server = async (text: string) => {
    const [database = ''] = readdirSync(disk.path('databases'));
    const { active } = context
      ? (JSON.parse(readFileSync(disk.path('databases', database, 'pair.json'), 'utf8')) as { active: string })
      : { active: 'primary' };
    const socketDirectory = disk.path('databases', database, ...(active === 'standby' ? ['standby'] : []), 'socket');
    const answer = await asAdministrator({ socketDirectory, port: 5432 }, (client) => client.query(text));
    return answer.rows as readonly { readonly number: number }[];
  };

  beforeAll(async () => {
    project = await make();
    disk = await project.giveDisk();
    if (context) {
      const blueprint = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
      const configuration = { app: `${process.execPath} ${blueprint}`, context };
      await writeFile(join(project.directory, 'cdk.json'), JSON.stringify(configuration));
    }
    const up = await project.terrace<{ app: string; failures: readonly unknown[] }>(...upWords);
    expect(up.value.failures).toEqual([]);
    app = up.value.app;
    before = supervisor();
    expect(before).toBeGreaterThan(0);
    writing = writeOn(app);
  });
  afterAll(async () => {
    await writing?.end();
    await project?.[Symbol.asyncDispose]();
    await disk?.[Symbol.asyncDispose]();
  });

  test('keeps all that it has for its owner alone', () => {
    expect(openToOthers(disk.path())).toEqual([]);
  });

  test('says which disk, and refuses a change without touching what runs', async () => {
    await until(
      async () => writing.acknowledged,
      (count) => count > 20,
    );
    await disk.fill();
    const { status, value } = await project.terrace<Status>('status');
    expect(status).toBe(1);
    expect(value.failures).toEqual([
      expect.objectContaining({ code: 'DISK_FULL', place: { file: join(project.directory, '.terrace') } }),
    ]);
    const full = /^The disk mounted at \S+\/\.terrace has 0 MiB free and 16 MiB are needed\./;
    expect(value.failures[0]!.cause.en).toMatch(full);
    const up = await project.terrace<{ mistakes: readonly Mistaken[] }>(...upWords);
    expect(up).toMatchObject({ status: 2, value: { mistakes: [{ code: 'DISK_FULL' }] } });
    expect(up.value.mistakes[0]!.cause.en).toMatch(full);
    expect(supervisor()).toBe(before);
    expect((await fetch(app)).status).toBe(200);
  });

  // Who may come in through the server's socket from outside is root.
  test.skipIf(context === null)('refuses writes that find no room, when a new file of its log is due', async () => {
    await disk.fill(2 ** 21);
    await server('CREATE TABLE numbers (number int PRIMARY KEY)');
    for (let number = 0; ; number += 1) {
      const written = server(`INSERT INTO numbers VALUES (${number})`).then(() => {
        numbers.push(number);
        return server('SELECT pg_switch_wal()');
      });
      const late = new Promise<null>((resolve) => setTimeout(resolve, 5000, null));
      if ((await Promise.race([written, late]).catch(() => null)) === null) break;
    }
    expect(supervisor()).toBe(before);
    expect((await project.terrace<Status>('status')).status).toBe(1);
  });

  test('has its database down for want of room, and lives on', async () => {
    await disk.fill();
    for (const { pid, words } of processesOf(project.directory)) {
      if (/bin\/postgres -D/.test(words)) process.kill(pid, 'SIGKILL');
    }
    const { value } = await until(
      () => project.terrace<Status>('status'),
      (said) => said.value.databases[0]?.state === 'storage-full',
    );
    expect(value.failures[0]!.cause.en).toContain('is down until it has room, with everything that it acknowledged');
    expect(supervisor()).toBe(before);
  });

  test('heals by itself when there is room, with everything that was acknowledged', async () => {
    await disk.makeRoom();
    await until(
      () => project.terrace<Status>('status'),
      ({ status }) => status === 0,
    );
    const from = writing.acknowledged;
    await until(
      async () => writing.acknowledged,
      (count) => count > from + 5,
    );
    await writing.end();
    const { visits } = (await (await fetch(`${app}api/hello`)).json()) as { visits: number };
    expect(visits).toBeGreaterThan(writing.acknowledged);
    expect(writing.twice).toEqual([]);
    if (context) {
      const kept = await server('SELECT number FROM numbers');
      expect(kept.map(({ number }) => number)).toEqual(expect.arrayContaining(numbers));
    }
    expect(supervisor()).toBe(before);
    await until(
      async () => readFileSync(disk.path('supervisor.log'), 'utf8'),
      (log) => /log: \d+ lines \(\d+ bytes\) since \S+ were dropped: the disk was full/.test(log),
    );
  });
});
