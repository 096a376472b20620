import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseDescription } from '../src/supervisor/keepers/database-description.ts';
import { Project, until } from './support/project.ts';

interface Hello {
  readonly visits: number;
  readonly database: { readonly address: string };
}

interface Metrics {
  readonly metrics: readonly {
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly datapoints: readonly { readonly average: number; readonly sum: number }[];
  }[];
}

interface Mistaken {
  readonly mistakes: readonly { readonly code: string }[];
}

/** What RDS does to a database when it is asked to, seen by the application through all tiers. */
describe('the blueprint’s database, in two zones, backed up and protected', () => {
  let project: Project;
  let app: string;

  beforeAll(async () => {
    project = await Project.make();
    await configure({ databaseMultiZone: true, databaseDeletionProtection: true, databaseBackupDays: 2 });
    const up = await project.terrace<{ app: string; failures: readonly unknown[] }>('up', '--detach');
    expect(up.value.failures).toEqual([]);
    app = up.value.app;
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  test('fails over to its standby when told to, and the application follows its name', async () => {
    const before = await database();
    expect(before).toMatchObject({ engineVersion: '17.9', deletionProtection: true, zone: 'ap-northeast-2a' });
    expect(before.runs).toMatch(/^17\./);
    expect(before.backups).toMatchObject({ retentionDays: 2, window: '17:00-17:30' });
    const { address } = (await hello()).database;
    await until(database, ({ standby }) => standby?.state === 'in-sync');

    const done = await project.terrace<{ milliseconds: number; database: DatabaseDescription }>(
      ...['database', 'failover', 'DatabaseInstance'],
    );
    expect(done.status).toBe(0);
    expect(done.value.database.zone).toBe(before.standby?.zone);
    const after = await until(hello, (each) => each.database.address !== address);
    expect(after.database.address).toMatch(/^172\.16\./);
  });

  test('is measured: who is connected, what it takes and what is free', async () => {
    const after = new Date(Date.now() + 120_000).toISOString();
    await project.terrace('clock', '--until', after);
    const { metrics: all } = (await project.terrace<Metrics>('metrics', 'AWS/RDS')).value;
    const last = (name: string) =>
      all.find((each) => each.name === name && 'DBInstanceIdentifier' in each.dimensions)!.datapoints.at(-1)!.average;
    expect(last('DatabaseConnections')).toBeGreaterThan(0);
    expect(last('FreeStorageSpace')).toBeGreaterThan(19 * 1024 ** 3);
    expect(last('FreeStorageSpace')).toBeLessThan(20 * 1024 ** 3);
  });

  test('measures the way out through the NAT gateway', async () => {
    const out = async (): Promise<number> => {
      const { value } = await project.terrace<Partial<Metrics>>('metrics', 'AWS/NATGateway/BytesOutToDestination');
      return value.metrics?.[0]?.datapoints.reduce((sum, { sum: each }) => sum + each, 0) ?? 0;
    };
    const before = await out();
    await project.terrace('exec', 'web/0', '--', 'aws', 'sts', 'get-caller-identity');
    // Parts are not measured twice within a second of the wall's time, however far the clock is set.
    const aMinuteLater = async () => {
      const { clock } = (await project.terrace<{ clock: { region: string } }>('status')).value;
      await project.terrace('clock', '--until', new Date(Date.parse(clock.region) + 60_000).toISOString());
      return out();
    };
    await until(aMinuteLater, (bytes) => bytes > before + 1000);
  });

  test('is restored to a moment before a mistake, and to one before that, from the one that bore its name then', async () => {
    expect((await terrace('restore', '--to', 'latest')).value).toMatchObject({
      mistakes: [{ code: 'DATABASE_NOT_RESTORABLE' }],
    });
    expect((await terrace('backup')).status).toBe(0);
    const first = await moment();
    for (let visit = 0; visit < 5; visit++) await hello();
    const second = await moment();
    for (let visit = 0; visit < 5; visit++) await hello();

    for (const { visits, time } of [second, first]) {
      const done = await terrace<{ outageMilliseconds: number; moment: string }>('restore', '--to', time);
      expect(done.status).toBe(0);
      expect(done.value.moment).toBe(time.replace(/\.\d+Z$/, 'Z'));
      expect(done.value.outageMilliseconds).toBeLessThan(30_000);
      const after = await until(
        () => fetch(`${app}api/hello`),
        ({ ok }) => ok,
      );
      expect(((await after.json()) as Hello).visits).toBe(visits + 1);
    }
    expect((await database()).zone).toBe('ap-northeast-2a');

    const { visits } = await hello();
    expect((await terrace('restore', '--to', 'latest')).status).toBe(0);
    expect((await hello()).visits).toBe(visits + 1);
  });

  test('stopped, it says so to whoever asks something of it', async () => {
    expect((await terrace('stop')).status).toBe(0);
    expect((await terrace('backup')).value).toMatchObject({
      mistakes: [{ code: 'DATABASE_NOT_RUNNING', next: { en: expect.stringContaining('terrace database start') } }],
    });
    expect((await terrace('start')).status).toBe(0);
  });

  test('refuses to be deleted, by a purge and by a change, until protection is off', async () => {
    const purge = await project.terrace<Mistaken>('down', '--purge');
    expect(purge).toMatchObject({ status: 2, value: { mistakes: [{ code: 'DATABASE_PROTECTED' }] } });
    await writeFile(
      join(project.directory, 'empty.json'),
      JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }),
    );
    const change = await project.terrace<Mistaken>('up', '--template', 'empty.json');
    expect(change).toMatchObject({ status: 2, value: { mistakes: [{ code: 'DATABASE_PROTECTED' }] } });
    expect((await hello()).visits).toBeGreaterThan(0);

    await configure({ databaseDeletionProtection: false, databaseBackupDays: 0 });
    expect((await project.terrace('up')).status).toBe(0);
    expect(await database()).toMatchObject({ deletionProtection: false, backups: null, standby: null });
    expect((await terrace('backup')).value).toMatchObject({ mistakes: [{ code: 'DATABASE_BACKUPS_OFF' }] });
    expect((await terrace('failover')).value).toMatchObject({ mistakes: [{ code: 'DATABASE_NOT_MULTI_AZ' }] });
    expect(await project.terrace('down', '--purge')).toEqual({ status: 0, value: { stopped: true, purged: true } });
  });

  function terrace<T>(action: string, ...options: readonly string[]) {
    return project.terrace<T>('database', action, 'DatabaseInstance', ...options);
  }

  async function database(): Promise<DatabaseDescription> {
    const said = await project.terrace<{ databases: readonly DatabaseDescription[] }>('database');
    return said.value.databases[0]!;
  }

  async function hello(): Promise<Hello> {
    return (
      await until(
        () => fetch(`${app}api/hello`),
        ({ ok }) => ok,
      )
    ).json() as Promise<Hello>;
  }

  /** A moment, and how many visits the application counted until then. */
  async function moment(): Promise<{ time: string; visits: number }> {
    const { visits } = await hello();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const time = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { time, visits };
  }

  async function configure(context: Readonly<Record<string, unknown>>): Promise<void> {
    const blueprint = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
    const configuration = { app: `${process.execPath} ${blueprint}`, context };
    await writeFile(join(project.directory, 'cdk.json'), JSON.stringify(configuration));
  }
});
