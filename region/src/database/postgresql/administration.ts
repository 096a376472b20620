import { type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Client } from 'pg';
import { administrator } from './configuration-files.ts';
import { scramVerifier } from './scram.ts';

/**
 * Runs `work` as RDS's administrator, through the server's socket: whichever network the server is in. With a `signal` it is over when that says
 * so, whether the server answers or not.
 */
export async function asAdministrator<T>(
  server: ServerAddress,
  work: (client: Client) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  // A socket's path has 107 characters at most and a project's folder may be deep: through the open folder it is short.
  const folder: FileHandle = await open(server.socketDirectory, 'r');
  // Read when it is needed: a database whose data is there comes up without a question.
  const { Client } = await import('pg');
  const socket = new Socket();
  const cut = () => socket.destroy();
  signal?.addEventListener('abort', cut);
  const client = new Client({
    stream: () => socket,
    host: `/proc/self/fd/${folder.fd}`,
    port: server.port,
    user: administrator,
    database: server.database ?? 'postgres',
    application_name: 'region',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
    signal?.removeEventListener('abort', cut);
    await folder.close();
  }
}

export interface ServerAddress {
  readonly socketDirectory: string;
  readonly port: number;
  readonly database?: string;
}

/**
 * The master user with what RDS gives it, and the first database, owned by it.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
export async function createMaster(
  client: Client,
  master: { user: string; password: string; database: string | null },
): Promise<void> {
  const user = client.escapeIdentifier(master.user);
  await client.query(`
    CREATE ROLE ${user} LOGIN INHERIT CREATEROLE CREATEDB PASSWORD ${client.escapeLiteral(scramVerifier(master.password))} VALID UNTIL 'infinity';
    GRANT rds_superuser TO ${user} WITH ADMIN OPTION;
    ALTER DATABASE postgres OWNER TO ${user};
    ALTER DATABASE template1 OWNER TO ${user}`);
  if (master.database !== null && master.database !== 'postgres') {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(master.database)} OWNER ${user}`);
  }
}

export async function changePassword(client: Client, user: string, password: string): Promise<void> {
  await client.query(
    `ALTER ROLE ${client.escapeIdentifier(user)} PASSWORD ${client.escapeLiteral(scramVerifier(password))}`,
  );
}
