import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Authority } from '../../src/authority/authority.ts';
import type { DatabaseConfiguration, DatabaseEvent } from '../../src/database/configuration.ts';
import { mariadbPackage } from '../../src/database/mariadb/binaries.ts';
import { MariadbServer } from '../../src/database/mariadb/server.ts';
import { addToToolkit } from '../../src/host/toolkit.ts';
import { groundOf } from './database.fixture.ts';

let directory: string;
let authority: Authority;
let configuration: DatabaseConfiguration;

beforeAll(async () => {
  await addToToolkit([mariadbPackage]);
  ({ directory, authority, configuration } = await groundOf({
    engine: 'mariadb',
    masterUser: 'admin',
    masterPassword: "it's a \\password",
    settings: { max_connections: '60' },
  }));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a MariaDB server', () => {
  test('is made with master user and database, asks for TLS where told to, and keeps its data', async () => {
    {
      await using server = await started();
      expect(server.processId).toBeGreaterThan(0);
      const [row] = await query('SELECT DATABASE() AS name, @@max_connections AS setting');
      expect(row).toEqual({ name: 'arcade', setting: 60 });
      await query('CREATE TABLE scores (player varchar(20) PRIMARY KEY, score int)');
      await query("INSERT INTO scores VALUES ('kim', 7)");
      await query("CREATE USER 'application'@'%' IDENTIFIED BY 'x'");
      await expect(query('SELECT 1', { tls: false })).rejects.toThrow(/Access denied|insecure transport/);
      await expect(query('SELECT 1', { password: 'wrong' })).rejects.toThrow(/Access denied/);
      await expect(query("SELECT LOAD_FILE('/etc/passwd') AS text")).resolves.toEqual([{ text: null }]);
    }
    await using again = await started();
    expect(again.processId).toBeGreaterThan(0);
    expect(await query('SELECT * FROM scores')).toEqual([{ player: 'kim', score: 7 }]);
  });

  test('comes back by itself when it is killed, and takes a new password', async () => {
    const events: DatabaseEvent[] = [];
    await using server = await started({}, (event) => events.push(event));
    await query("INSERT INTO scores VALUES ('lee', 9)");
    process.kill(server.processId!, 'SIGKILL');
    await expect.poll(() => events.map((event) => event.kind)).toEqual(['ready', 'crashed', 'ready']);
    expect(await query("SELECT score FROM scores WHERE player = 'lee'")).toEqual([{ score: 9 }]);
    await server.configure({ ...configuration, masterPassword: 'new', forceTls: false });
    expect(await query('SELECT 1 AS one', { password: 'new', tls: false })).toEqual([{ one: 1 }]);
    await server.configure(configuration);
  });

  test('is started again where it hangs, says so meanwhile, and writes nothing of the questions into its log', async () => {
    const events: DatabaseEvent[] = [];
    await using server = await started({ patience: { server: 3_000, standby: 3_000 } }, (event) => events.push(event));
    const log = () => readFile(join(configuration.directory, 'log'), 'utf8');
    const before = await log();
    for (let asked = 0; asked < 5; asked += 1) expect(await server.silentFor()).toBeNull();
    expect(await log()).toBe(before);
    process.kill(server.processId!, 'SIGSTOP');
    expect(await server.silentFor()).toBeGreaterThan(0);
    await expect.poll(() => events.map((event) => event.kind)).toEqual(['ready', 'silent', 'hung', 'crashed', 'ready']);
    expect(await server.silentFor()).toBeNull();
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('says which parameter the server did not take', async () => {
    const wrong = await MariadbServer.start({ ...configuration, settings: { no_such_thing: '1' } });
    expect(wrong.ok ? [] : wrong.mistakes.map((each) => each.code)).toEqual(['DATABASE_PARAMETER_REFUSED']);
  });
});

async function started(
  change: Partial<DatabaseConfiguration> = {},
  on?: (event: DatabaseEvent) => void,
): Promise<MariadbServer> {
  const result = await MariadbServer.start({ ...configuration, ...change }, on);
  if (!result.ok) throw new Error(result.mistakes.map((each) => each.cause.en).join('\n'));
  return result.value;
}

async function query(text: string, by: { tls?: boolean; password?: string } = {}): Promise<RowDataPacket[]> {
  const connection = await createConnection({
    host: '127.0.0.1',
    port: configuration.port,
    user: 'admin',
    password: by.password ?? configuration.masterPassword,
    database: 'arcade',
    ...(by.tls === false ? {} : { ssl: { ca: authority.certificate } }),
  });
  try {
    return (await connection.query<RowDataPacket[]>(text))[0];
  } finally {
    await connection.end();
  }
}
