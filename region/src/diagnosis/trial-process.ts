import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import pg from 'pg';
import type { Observation, Trial } from './observation.ts';

/** Runs inside the sender's network namespace: a trial on standard input, the observation on standard output. */
const trial = JSON.parse(await text(process.stdin)) as Trial;
const name = await resolved(trial);
const connection = { address: trial.address, port: trial.port, outcome: await connected(trial) };
const secured = connection.outcome === 'accepted' ? await encrypted(trial) : { tls: null, credentials: null };
const observation: Observation = { name, connection, ...secured };
process.stdout.write(JSON.stringify(observation));

async function resolved({ name, resolver, milliseconds }: Trial): Promise<Observation['name']> {
  if (name === null) return null;
  const asking = new Resolver({ timeout: milliseconds, tries: 1 });
  asking.setServers([resolver]);
  try {
    return { asked: name, addresses: await asking.resolve4(name), error: null };
  } catch (error) {
    return { asked: name, addresses: [], error: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

function connected({ address, port, milliseconds }: Trial): Promise<Observation['connection']['outcome']> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (outcome: Observation['connection']['outcome']) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(end, milliseconds, 'timeout');
    socket.once('connect', () => end('accepted'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'timeout'));
  });
}

async function encrypted(trial: Trial): Promise<Pick<Observation, 'tls' | 'credentials'>> {
  if (trial.database) return loggedIn(trial, trial.database);
  if (trial.authority === null) return { tls: null, credentials: null };
  return { tls: await handshake(trial), credentials: null };
}

function handshake({ address, port, name, authority, milliseconds }: Trial): Promise<Observation['tls']> {
  return new Promise((resolve) => {
    const socket = connectTls({
      host: address,
      port,
      ca: authority!,
      servername: name ?? address,
      timeout: milliseconds,
    });
    const end = (version: string | null, error: string | null) => {
      socket.destroy();
      resolve({ version, error });
    };
    socket.once('secureConnect', () => end(socket.getProtocol(), null));
    socket.once('timeout', () => end(null, 'no answer'));
    socket.once('error', (error) => end(null, error.message));
  });
}

/** A login tells both rungs: what PostgreSQL itself refuses came through TLS. */
async function loggedIn(
  { address, port, name, authority, milliseconds }: Trial,
  database: NonNullable<Trial['database']>,
): Promise<Pick<Observation, 'tls' | 'credentials'>> {
  const client = new pg.Client({
    host: address,
    port,
    user: database.user,
    password: database.password,
    database: database.name,
    connectionTimeoutMillis: milliseconds,
    ssl: { ca: authority ?? undefined, ...(name === null ? {} : { servername: name }) },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('select version from pg_stat_ssl where pid = pg_backend_pid()');
    return {
      tls: { version: rows[0]?.version ?? null, error: null },
      credentials: { user: database.user, error: null },
    };
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    // SQLSTATE has five characters: the server spoke, so TLS is up.
    if (/^[0-9A-Z]{5}$/.test(code)) {
      return { tls: { version: 'TLS', error: null }, credentials: { user: database.user, error: message } };
    }
    return { tls: { version: null, error: message }, credentials: null };
  } finally {
    await client.end().catch(() => undefined);
  }
}
