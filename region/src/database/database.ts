import type { Result } from '@terrace/cloud/mistake';
import type { DatabaseInstance } from '@terrace/cloud/views/database';
import { serverOf } from './compile.ts';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from './configuration.ts';
import { mariadbBinaries } from './mariadb/binaries.ts';
import { MariadbServer } from './mariadb/server.ts';
import { PostgresqlPair } from './postgresql/pair.ts';
import { becomeSingle } from './postgresql/pair-state.ts';
import { PostgresqlServer } from './postgresql/server.ts';

/** Engines that really run on this machine; the others are modelled. */
export function isCarriedOut({ engine }: Pick<DatabaseInstance, 'engine'>): boolean {
  const server = serverOf(engine);
  return server === 'postgresql' || (server === 'mariadb' && mariadbBinaries() !== undefined);
}

/**
 * Starts a database as its configuration says, in one zone or in two. It accepts connections when it resolves, on the
 * address of its `activeNode`; `failed-over` says when the name has to move to the other.
 */
export async function startDatabase(
  configuration: DatabaseConfiguration,
  on: (event: DatabaseEvent) => void = () => {},
): Promise<Result<RunningDatabase>> {
  if (configuration.engine === 'mariadb') return MariadbServer.start(configuration, on);
  if (configuration.standby !== null) return PostgresqlPair.start(configuration, on);
  await becomeSingle(configuration.directory);
  return PostgresqlServer.start(configuration, on);
}
