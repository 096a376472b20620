import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../src/authority/authority.ts';
import type { DatabaseConfiguration } from '../../src/database/configuration.ts';
import { availableUser } from '../../src/database/private-view.ts';
import { isRootless } from '../../src/host/users.ts';

/** Where a test's database stands: a new folder, which is the test's to remove, and all that a database is told, with a test's own wishes in it. */
export async function groundOf(
  wishes: Partial<DatabaseConfiguration>,
): Promise<{ directory: string; authority: Authority; configuration: DatabaseConfiguration }> {
  const directory = await mkdtemp(join(tmpdir(), 'database-'));
  if (isRootless()) await asInARegion(directory);
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
    backupWindow: null,
    deletionProtection: false,
    settings: {},
    patience: { server: 60_000, standby: 10_000 },
    ...wishes,
  };
  return { directory, authority, configuration };
}

/**
 * An ordinary user's region starts its servers as root of a user namespace. A test is no region: for it each server has one of its own, from
 * an `unshare` that is found first and makes it. A user's PATH has no `sbin`, a region's has.
 */
async function asInARegion(directory: string): Promise<void> {
  const programs = join(directory, 'programs');
  await mkdir(programs);
  const script = '#!/bin/sh\nexec /usr/bin/unshare --user --map-root-user "$@"\n';
  await writeFile(join(programs, 'unshare'), script, { mode: 0o755 });
  process.env.PATH = `${programs}:/usr/sbin:/sbin:${process.env.PATH}`;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
