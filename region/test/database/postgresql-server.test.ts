import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Authority } from '../../src/authority/authority.ts';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { asAdministrator } from '../../src/database/postgresql/administration.ts';
import { PostgresqlServer } from '../../src/database/postgresql/server.ts';
import { execFile } from '../../src/database/run.ts';
import { freePort, groundOf } from './database.fixture.ts';

let directory: string;
let authority: Authority;
let configuration: DatabaseConfiguration;

beforeAll(async () => {
  ({ directory, authority, configuration } = await groundOf({
    masterUser: 'arcade_admin',
    masterPassword: 'it\'s "a" pass\\word',
    settings: { max_connections: '50', work_mem: '8192' },
  }));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a PostgreSQL server', () => {
  test('is made with master user and database, serves TLS only, and keeps its data', async () => {
    {
      await using server = await started();
      expect(server.processId).toBeGreaterThan(0);
      const answer = await query(
        'SELECT current_database() AS name, current_setting($1) AS setting, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
        ['max_connections'],
      );
      expect(answer).toEqual([{ name: 'arcade', setting: '50', ssl: true }]);
      await query('CREATE TABLE scores (player text PRIMARY KEY, score int)');
      await query("INSERT INTO scores VALUES ('kim', 7)");
      await query('CREATE EXTENSION pgcrypto');
      await query('CREATE ROLE application LOGIN');
      // rds-postgres-15-forces-tls
      await expect(query('SELECT 1', [], { ssl: false })).rejects.toThrow(/no pg_hba.conf entry .* no encryption/);
      await expect(query('SELECT 1', [], { password: 'wrong' })).rejects.toThrow(/password authentication failed/);
      await expect(query('SELECT 1', [], { user: 'rdsadmin' })).rejects.toThrow(/rejects connection/);
      await expect(query("COPY scores TO PROGRAM 'id'")).rejects.toThrow(/permission denied/);
      await expect(query("SELECT pg_read_file('/etc/passwd')")).rejects.toThrow(/permission denied/);
    }
    await using again = await started();
    expect(again.processId).toBeGreaterThan(0);
    expect(await query('SELECT * FROM scores')).toEqual([{ player: 'kim', score: 7 }]);
  });

  test('runs as nobody in particular, and sees nothing of the machine', async () => {
    await using server = await started();
    const status = await readFile(`/proc/${server.processId}/status`, 'utf8');
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    if (configuration.user.kind === 'own') expect(status).toMatch(/^Uid:\s+61432\s/m);
    expect((await readdir(`/proc/${server.processId}/root/`)).sort()).not.toContain('home');
    // The administrator of the server itself, a superuser, as the worst that could be reached from a session.
    const seen = await asAdministrator(
      { socketDirectory: server.socketDirectory, port: configuration.port },
      async (client) =>
        (await client.query("SELECT pg_ls_dir('/') AS name UNION ALL SELECT pg_ls_dir('/etc')")).rows.map(
          (row) => row.name,
        ),
    );
    expect(seen).not.toContain('root');
    expect(seen).not.toContain('home');
    expect(seen).not.toContain('shadow');
  });

  test('comes back by itself when it is killed, with everything that was acknowledged', async () => {
    const events: DatabaseEvent[] = [];
    await using server = await started({}, (event) => events.push(event));
    await query("INSERT INTO scores VALUES ('lee', 9)");
    process.kill(server.processId!, 'SIGKILL');
    await expect.poll(() => events.map((event) => event.kind)).toEqual(['ready', 'crashed', 'ready']);
    expect(await query("SELECT score FROM scores WHERE player = 'lee'")).toEqual([{ score: 9 }]);
  });

  test('is given up, and told of, where it cannot be started again', async () => {
    const events: DatabaseEvent[] = [];
    const own = join(directory, 'moved');
    await using server = await started({ directory: own, port: await freePort() }, (event) => events.push(event));
    await rename(own, `${own}-away`);
    process.kill(server.processId!, 'SIGKILL');
    await expect.poll(() => events.map((event) => event.kind)).toEqual(['ready', 'given-up']);
  });

  test('takes a new password and lets connections without TLS in when told to, without a restart', async () => {
    await using server = await started();
    const before = server.processId;
    await server.configure({ ...configuration, masterPassword: 'new', forceTls: false });
    await expect
      .poll(() => query('SELECT 1 AS one', [], { ssl: false, password: 'new' }).catch((error: Error) => error.message))
      .toEqual([{ one: 1 }]);
    await expect(query('SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(server.processId).toBe(before);
    await server.configure(configuration);
  });

  test('starts over what a server that was killed left behind, whoever has its process id by now', async () => {
    await using server = await started();
    const left = [join(configuration.directory, 'data/postmaster.pid')];
    left.push(join(server.socketDirectory, `.s.PGSQL.${configuration.port}.lock`));
    const texts = await Promise.all(left.map((file) => readFile(file, 'utf8')));
    await server[Symbol.asyncDispose]();
    for (const [index, file] of left.entries()) {
      await writeFile(file, texts[index]!.replace(/^\d+/, String(process.pid)), { mode: 0o600 });
    }
    await using again = await started();
    expect(again.processId).toBeGreaterThan(0);
  });

  test('is refused a second time on the same data', async () => {
    await using _ = await started();
    const second = await PostgresqlServer.start({ ...configuration, port: await freePort() });
    expect(second.ok ? [] : second.mistakes.map((each) => each.code)).toEqual(['DATABASE_IN_USE']);
  });

  test('says which parameter the server did not take', async () => {
    const wrong = await PostgresqlServer.start({ ...configuration, settings: { work_mem: 'much' } });
    expect(wrong.ok ? [] : wrong.mistakes.map((each) => each.code)).toEqual(['DATABASE_PARAMETER_REFUSED']);
    expect(wrong.ok ? '' : wrong.mistakes[0]!.cause.en).toContain('work_mem');
  });

  // A small disk can only be had by mounting one.
  test.skipIf(process.getuid?.() !== 0)('refuses a disk without room (needs root, skipped for others)', async () => {
    const small = join(directory, 'small');
    await mkdir(small);
    await execFile('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', small]);
    try {
      const full = await PostgresqlServer.start({ ...configuration, directory: join(small, 'arcade') });
      expect(full.ok ? [] : full.mistakes.map((each) => each.code)).toEqual(['DISK_FULL']);
    } finally {
      await execFile('umount', [small]);
    }
  });

  test('refuses data of another major version', async () => {
    const file = join(configuration.directory, 'data', 'PG_VERSION');
    const version = await readFile(file);
    await writeFile(file, '16\n');
    const refused = await PostgresqlServer.start(configuration);
    await writeFile(file, version);
    await chmod(file, 0o600);
    expect(refused.ok ? [] : refused.mistakes.map((each) => each.code)).toEqual(['DATABASE_MAJOR_VERSION']);
  });
});

async function started(
  change: Partial<DatabaseConfiguration> = {},
  on?: (event: DatabaseEvent) => void,
): Promise<PostgresqlServer> {
  const result = await PostgresqlServer.start({ ...configuration, ...change }, on);
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

async function query(text: string, values: unknown[] = [], change: Record<string, unknown> = {}): Promise<unknown[]> {
  const client = new Client({
    host: '127.0.0.1',
    port: configuration.port,
    user: configuration.masterUser,
    password: configuration.masterPassword,
    database: 'arcade',
    ssl: { ca: authority.certificate },
    ...change,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
