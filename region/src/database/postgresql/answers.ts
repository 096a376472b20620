import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { asAdministrator, type ServerAddress } from './administration.ts';

/** What a server that takes writes says besides that it does: positions in its log, in bytes since its beginning. */
export interface Positions {
  readonly here: bigint;
  /** What the standby has written, and what it has made of it; `null` where no standby is connected. */
  readonly standby: { readonly flushed: bigint; readonly replayed: bigint } | null;
}

/**
 * Asks a server to commit, on a connection of its own, for which a place is kept free (`superuser_reserved_connections`): a message in its log that
 * nobody reads, on the disk when this resolves. Whether its standby answers does not matter to it.
 *
 * @returns `null` where it answers, but with an error
 */
export async function commitLocally(
  server: ServerAddress,
  standby: string | null,
  signal: AbortSignal,
): Promise<Positions | null> {
  const commit = "SET synchronous_commit = local; SELECT pg_logical_emit_message(true, 'region', '')";
  const position = (column: string) => `pg_wal_lsn_diff(${column}, '0/0')::text`;
  const positions = `SELECT ${position('pg_current_wal_flush_lsn()')} AS here, ${position('flush_lsn')} AS flushed, ${position('replay_lsn')} AS replayed
    FROM (SELECT) AS one LEFT JOIN pg_stat_replication ON application_name = $1
    ORDER BY flush_lsn DESC NULLS LAST LIMIT 1`;
  try {
    return await asAdministrator(
      server,
      async (client) => {
        await client.query(commit);
        if (standby === null) return null;
        const { rows } = await client.query<Record<'here' | 'flushed' | 'replayed', string | null>>(positions, [
          standby,
        ]);
        const { here, flushed, replayed } = rows[0]!;
        const known = flushed !== null && replayed !== null;
        return {
          here: BigInt(here!),
          standby: known ? { flushed: BigInt(flushed), replayed: BigInt(replayed) } : null,
        };
      },
      signal,
    );
  } catch (error) {
    if (isServersOwn(error)) return null;
    throw error;
  }
}

/**
 * Asks a standby, which serves nothing: whether it speaks TLS there. A process that it makes for this connection answers that before it asks who
 * connects, and writes nothing of it into its log.
 *
 * https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-SSL
 */
export async function speaks({ socketDirectory, port }: ServerAddress, signal: AbortSignal): Promise<void> {
  const folder = await open(socketDirectory, 'r');
  const socket = connect(`/proc/self/fd/${folder.fd}/.s.PGSQL.${port}`);
  try {
    socket.write(tlsRequest);
    await once(socket, 'data', { signal });
  } finally {
    socket.destroy();
    await folder.close();
  }
}

const tlsRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Whether between two answers of the server that takes writes its standby has come as far as the first, or at least further than it was. */
export function follows(before: Positions, after: Positions): boolean {
  if (!after.standby) return false;
  const { flushed, replayed } = after.standby;
  const came = (to: bigint, from: bigint | undefined) => to >= before.here || (from !== undefined && to > from);
  return came(flushed, before.standby?.flushed) && came(replayed, before.standby?.replayed);
}

/** An error with SQLSTATE was said by the server; all others are of the connection. */
function isServersOwn(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '') && 'severity' in (error as object);
}
