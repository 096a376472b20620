import type { Result } from '@terrace/cloud/mistake';
import type { DatabaseConfiguration, DatabaseEvent, RunningDatabase } from './configuration.ts';
import { PostgresqlPair } from './postgresql/pair.ts';
import { PostgresqlServer } from './postgresql/server.ts';

/**
 * Starts a database as its configuration says, in one zone or in two. It accepts connections when it resolves, on the
 * address of its `activeNode`; `failed-over` says when the name has to move to the other.
 */
export function startDatabase(
  configuration: DatabaseConfiguration,
  on: (event: DatabaseEvent) => void = () => {},
): Promise<Result<RunningDatabase>> {
  return configuration.standby === null
    ? PostgresqlServer.start(configuration, on)
    : PostgresqlPair.start(configuration, on);
}
