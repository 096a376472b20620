import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../src/authority/authority.ts';
import type { DatabaseConfiguration } from '../../src/database/configuration.ts';
import { availableUser } from '../../src/database/private-view.ts';

/** Where a test's database stands: a new folder, which is the test's to remove, and all that a database is told, with a test's own wishes in it. */
export async function groundOf(
  wishes: Partial<DatabaseConfiguration>,
): Promise<{ directory: string; authority: Authority; configuration: DatabaseConfiguration }> {
  const directory = await mkdtemp(join(tmpdir(), 'database-'));
  const authority = await Authority.open(join(directory, 'authority'));
  const configuration: DatabaseConfiguration = {
    id: 'arcade',
    engine: 'postgresql',
    place: { logicalId: 'Database' },
    major: 17,
    directory: join(directory, 'arcade'),
    cache: join(directory, 'cache'),
    networkNamespace: null,
    address: '127.0.0.1',
    standby: null,
    port: await freePort(),
    user: await availableUser(),
    certificate: await authority.issue({ dns: ['localhost', 'db.example.com'], addresses: ['127.0.0.1'] }),
    masterUser: 'arcade',
    masterPassword: 'password',
    databaseName: 'arcade',
    forceTls: true,
    backupRetention: 0,
    settings: {},
    ...wishes,
  };
  return { directory, authority, configuration };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
