import { Kysely, PostgresDialect, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { type Address, Connections } from './connections.ts';
import type { Credentials } from './credentials.ts';
import { isUpToDate, migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

/**
 * The database as the server sees it: perhaps not there yet, perhaps gone for a while, never a reason to
 * stop. `start` prepares the tables as soon as it can be reached.
 */
export class Database {
  readonly connections: Connections;
  readonly #kysely: Kysely<Schema>;
  readonly #address: Address;
  readonly #read: () => Promise<Credentials>;
  #preparing: Promise<void> | undefined;
  #ended = false;

  constructor(address: Address, read: () => Promise<Credentials>) {
    this.#address = address;
    this.#read = read;
    this.connections = new Connections(address, { connections: 10, statement: 2000 }, read);
    this.#kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: this.connections }) });
  }

  /**
   * What `work` resolves to, given a database whose tables are prepared.
   * Throws `DatabaseUnreachable` where that has not come about within `milliseconds`.
   */
  async use<T>(work: (database: Kysely<Schema>) => Promise<T>, milliseconds = 2500): Promise<T> {
    return within(
      milliseconds,
      this.#prepared().then(() => work(this.#kysely)),
    );
  }

  /** Keeps trying in the background until the tables are prepared. */
  async start(): Promise<void> {
    for (let pause = 200; !this.#ended; pause = Math.min(pause * 2, 2000)) {
      try {
        return await this.#prepared();
      } catch (error) {
        log('the database is not ready yet', error);
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
  }

  async ping(): Promise<void> {
    await this.use((database) => sql`select 1`.execute(database), 1500);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.connections.end();
  }

  #prepared(): Promise<void> {
    this.#preparing ??= this.#prepare().catch((error) => {
      this.#preparing = undefined;
      throw error;
    });
    return this.#preparing;
  }

  async #prepare(): Promise<void> {
    if (!(await isUpToDate(this.#kysely))) await this.#migrate();
  }

  /** On connections of their own: a migration may take longer than any request may. */
  async #migrate(): Promise<void> {
    const connections = new Connections(this.#address, { connections: 2, statement: 60_000 }, this.#read);
    const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: connections }) });
    try {
      await migrate(kysely);
    } finally {
      await connections.end();
    }
  }
}

/** The database did not answer, or not in time; `cause` says what was seen. */
export class DatabaseUnreachable extends Error {
  constructor(cause: unknown) {
    super('the database cannot be reached', { cause });
  }
}

/**
 * Whether the database was there and said something: a statement refused is a bug of ours, and a refusal of a player's
 * request is no failure at all. Classes 08 (connection), 28 (login), 53 (resources) and 57 (shutting down) say
 * that it is not there for us.
 */
function isAnswer(error: unknown): boolean {
  if (error instanceof DatabaseError) return !/^(08|28|53|57)/.test(error.code ?? '');
  return error instanceof Refusal;
}

/** What was seen of an absent database, in words that give away no name, address or user; the log has the rest. */
export function seenAs(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (error instanceof DatabaseError) return code.startsWith('28') ? 'login refused' : 'not accepting connections';
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name not found';
  if (/certificate|altname/i.test(message)) return 'certificate not trusted';
  if (/credentials|secret/i.test(message)) return 'no credentials';
  return code === 'ETIMEDOUT' || /timeout|timed out|no answer within/i.test(message) ? 'timeout' : 'connection lost';
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw isAnswer(error) ? error : new DatabaseUnreachable(error);
  } finally {
    clearTimeout(timer);
  }
}
