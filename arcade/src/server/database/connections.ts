import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, type ClientConfig, DatabaseError, Pool, type PoolClient } from 'pg';
import type { Credentials } from './credentials.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly caFiles: readonly string[];
}

export interface Limits {
  /** Connections held at most. */
  readonly connections: number;
  /** Milliseconds a statement may take before it is given up on both sides. */
  readonly statement: number;
}

/**
 * Connections to the database that follow its password: when a login is refused, the secret is read
 * again and the login tried once more, so a rotation needs no restart. TLS is always on, and the certificate
 * must be for the host's name and signed by one of the authorities given.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export class Connections implements PostgresPool {
  readonly #address: Address;
  readonly #limits: Limits;
  readonly #read: () => Promise<Credentials>;
  #current: Promise<Generation> | undefined;
  #trust: Promise<SecureContext> | undefined;
  #ended = false;

  constructor(address: Address, limits: Limits, read: () => Promise<Credentials>) {
    this.#address = address;
    this.#limits = limits;
    this.#read = read;
  }

  async connect(): Promise<PostgresPoolClient> {
    const generation = await this.#generation();
    try {
      return lease(await generation.pool.connect());
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      return lease(await (await this.#next(generation, error)).pool.connect());
    }
  }

  /** A single connection outside the pool, for `LISTEN`; it emits `end` when it is over, and the caller ends it. */
  async connectAlone(): Promise<Client> {
    const generation = await this.#generation();
    try {
      return await this.#open(generation.credentials);
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      return this.#open((await this.#next(generation, error)).credentials);
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    const generation = await this.#current?.catch(() => undefined);
    await generation?.pool.end();
  }

  #generation(): Promise<Generation> {
    if (this.#ended) throw new Error('the server is shutting down');
    this.#current ??= this.#begin().catch((error) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  async #begin(): Promise<Generation> {
    const [credentials, configuration] = await Promise.all([this.#read(), this.#configuration()]);
    return this.#generationOf(credentials, configuration);
  }

  #generationOf(credentials: Credentials, configuration: ClientConfig): Generation {
    const pool = new Pool({
      ...configuration,
      user: credentials.username,
      password: credentials.password,
      max: this.#limits.connections,
      idleTimeoutMillis: 60_000,
    });
    // An idle connection that breaks is dropped by the pool; without a listener it would end the process.
    pool.on('error', () => {});
    return { credentials, pool, readAt: Date.now() };
  }

  /** The generation after `refused`, read at most once a second however many logins are refused meanwhile. */
  async #next(refused: Generation, error: unknown): Promise<Generation> {
    const standing = this.#generation();
    const current = await standing;
    if (current !== refused) return current;
    if (this.#current !== standing) return this.#generation();
    if (Date.now() - refused.readAt < 1000) throw error;
    const next = this.#begin();
    this.#current = next;
    try {
      const fresh = await next;
      void refused.pool.end();
      return fresh;
    } catch (failure) {
      // What could not be read may be there a moment later: until then the former pool stands, with the connections it has.
      refused.readAt = Date.now();
      this.#current = Promise.resolve(refused);
      if (this.#ended) await refused.pool.end();
      throw failure;
    }
  }

  async #open(credentials: Credentials): Promise<Client> {
    const client = new Client({
      ...(await this.#configuration()),
      user: credentials.username,
      password: credentials.password,
    });
    // A server that shuts down says so, then hangs up: two errors. Unheard, each would end the process.
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  async #configuration(): Promise<ClientConfig> {
    const { host, port, name } = this.#address;
    return {
      host,
      port,
      database: name,
      application_name: 'arcade',
      ssl: { secureContext: await this.#trusted(), rejectUnauthorized: true },
      keepAlive: true,
      connectionTimeoutMillis: 2000,
      query_timeout: this.#limits.statement,
      statement_timeout: this.#limits.statement,
    };
  }

  /** Made once: RDS's list of authorities is long, and reading it for each connection would cost milliseconds. */
  #trusted(): Promise<SecureContext> {
    this.#trust ??= Promise.all(this.#address.caFiles.map((file) => readFile(file, 'utf8')))
      .then((ca) => createSecureContext({ ca }))
      .catch((error) => {
        this.#trust = undefined;
        throw error;
      });
    return this.#trust;
  }
}

interface Generation {
  readonly credentials: Credentials;
  readonly pool: Pool;
  /** When its secret was read, or could not be read again, in milliseconds of the clock. */
  readAt: number;
}

/** https://www.postgresql.org/docs/17/errcodes-appendix.html: class 28, invalid authorization. */
function isRefusedLogin(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code ?? '').startsWith('28');
}

/**
 * A client on loan. One on which anything went wrong but a statement that the database refused is not lent again.
 * The pool hears errors of idle clients only, and what nobody hears would end the process.
 */
function lease(client: PoolClient): PostgresPoolClient {
  let broken = false;
  const hear = () => {
    broken = true;
  };
  client.on('error', hear);
  const run = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query({ text, values: [...values] });
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.severity !== 'ERROR') broken = true;
      throw error;
    }
  };
  const release = () => {
    client.release(broken);
    client.off('error', hear);
  };
  return { query: run as unknown as PostgresPoolClient['query'], release };
}
