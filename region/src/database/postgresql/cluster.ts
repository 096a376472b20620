import { createHash, randomUUID } from 'node:crypto';
import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../exists.ts';
import type { PrivateView, ServerUser } from '../private-view.ts';
import { runInView } from '../run.ts';
import type { Binaries } from './binaries.ts';
import { administrator, inside } from './configuration-files.ts';

/**
 * An empty cluster, as every new database begins: made by `initdb` once for a version and a user, and copied from then on.
 * Resolves to the folder to copy.
 */
export async function emptyCluster(binaries: Binaries, cache: string, user: ServerUser): Promise<string> {
  const key = createHash('sha256')
    .update(`${binaries.version} ${user.kind} ${user.id} ${firstStatements}`)
    .digest('hex');
  const finished = join(cache, `postgresql-${binaries.major}-${key.slice(0, 12)}`);
  if (await exists(finished)) return finished;
  const building = join(cache, `building-${randomUUID()}`);
  await mkdir(join(building, 'data'), { recursive: true, mode: 0o700 });
  await mkdir(join(building, 'view'));
  if (user.kind === 'own') await chown(join(building, 'data'), user.id, user.id);
  try {
    const view = viewOf(binaries, user, building);
    await runInView(view, [`${inside.programs}/bin/initdb`, `--pgdata=${inside.data}`, ...initial]);
    const single = [
      `${inside.programs}/bin/postgres`,
      '--single',
      '-D',
      inside.data,
      '-c',
      'exit_on_error=on',
      'postgres',
    ];
    await runInView(view, single, firstStatements);
    await rename(join(building, 'data'), finished);
  } catch (error) {
    // Another region of this machine may have been quicker with the same.
    if (!(await exists(finished))) throw error;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return finished;
}

/** RDS's locale is en_US.UTF-8, which a machine may not have; C.UTF-8 comes with the server and sorts by code point. */
const initial = [
  `--username=${administrator}`,
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--auth=reject',
  '--no-sync',
  '--no-instructions',
];

/**
 * The roles that RDS has, by its names. One statement a line, as the single-user server reads them.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html
 */
const firstStatements = [
  'CREATE ROLE rds_superuser NOLOGIN;',
  'CREATE ROLE rds_replication NOLOGIN;',
  'CREATE ROLE rds_password NOLOGIN;',
  'CREATE ROLE rds_iam NOLOGIN;',
  'GRANT pg_monitor, pg_signal_backend, pg_checkpoint, pg_maintain, pg_use_reserved_connections, pg_create_subscription, rds_replication, rds_password TO rds_superuser WITH ADMIN OPTION;',
  '',
].join('\n');

function viewOf(binaries: Binaries, user: ServerUser, building: string): PrivateView {
  return {
    networkNamespace: null,
    user,
    mountPoint: join(building, 'view'),
    lockFile: join(building, 'lock'),
    leftovers: [],
    libraryPath: `${inside.programs}/lib`,
    binds: [
      { source: binaries.directory, target: inside.programs, writable: false },
      { source: join(building, 'data'), target: inside.data, writable: true },
    ],
  };
}
