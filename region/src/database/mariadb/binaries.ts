import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram } from '../../host/programs.ts';
import { existingToolkit } from '../../host/toolkit.ts';

/** Debian's MariaDB: on the host, or taken apart in the toolkit. */
export interface MariadbBinaries {
  /** `…/usr`, with `sbin/mariadbd` and `share/mysql` in it. */
  readonly prefix: string;
  /** Whether the server's libraries are not the host's own. */
  readonly ownLibraries: boolean;
  /** Changes with the program. */
  readonly mark: string;
}

/** The Debian package that has the server. */
export const mariadbPackage = { program: 'mariadbd', package: 'mariadb-server-core' } as const;

/** `undefined` where the package is not there: the engines that need it are then modelled. */
export function mariadbBinaries(): MariadbBinaries | undefined {
  const program = findProgram(mariadbPackage.program, existingToolkit());
  if (program === undefined) return undefined;
  const prefix = dirname(dirname(program));
  if (!existsSync(join(prefix, 'share/mysql/mysql_system_tables.sql'))) return undefined;
  const { size, mtimeMs } = statSync(program);
  const mark = createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12);
  return { prefix, ownLibraries: prefix !== '/usr', mark };
}

/** The statements that make an empty data folder's own tables, in the order in which `mariadb-install-db` runs them. */
export function systemTables({ prefix }: MariadbBinaries): string {
  const files = ['system_tables', 'performance_tables', 'system_tables_data'].map((name) => `mysql_${name}.sql`);
  const texts = [...files, 'fill_help_tables.sql', 'maria_add_gis_sp_bootstrap.sql'].map((name) =>
    readFileSync(join(prefix, 'share/mysql', name), 'utf8'),
  );
  return ['CREATE DATABASE mysql;', 'USE mysql;', 'SET @auth_root_socket=NULL;', ...texts, ''].join('\n');
}
