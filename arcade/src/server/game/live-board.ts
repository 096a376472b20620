import { EventEmitter } from 'node:events';
import { sql } from 'kysely';
import type { Client } from 'pg';
import type { Database } from '../database/database.ts';
import { log } from '../log.ts';
import { type Board, boardLength, dayInSeoul, type Entry, readBoard } from './scores.ts';

const channel = 'arcade_board';
/** Milliseconds within which several new scores are read together. */
const gather = 150;
/** A board that was never announced to be stale is read again after this many milliseconds. */
const trust = 30_000;

/**
 * The board as this server knows it. A server that stores a score which belongs on it tells all servers through
 * PostgreSQL's NOTIFY; each reads the board once, however many pages it shows it to.
 *
 * https://www.postgresql.org/docs/17/sql-notify.html
 */
export class LiveBoard {
  readonly #database: Database;
  readonly #changes = new EventEmitter<{ change: [Board] }>();
  #board: Board | undefined;
  #readAt = 0;
  #reading: Promise<Board> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #listener: Client | undefined;
  #ended = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Listens until `end`, through whatever happens to the connection. */
  async start(): Promise<void> {
    for (let pause = 200; !this.#ended; pause = Math.min(pause * 2, 5000)) {
      try {
        await this.#listen(() => {
          pause = 200;
        });
      } catch (error) {
        log('the board is not live at the moment', error);
      }
      if (!this.#ended) await new Promise((resolve) => setTimeout(resolve, pause).unref());
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#gathering);
    await this.#listener?.end().catch(() => {});
  }

  /** What was read last, however long ago. */
  get last(): Board | undefined {
    return this.#board;
  }

  async read(): Promise<Board> {
    const fresh = Date.now() - this.#readAt < trust && dayInSeoul(Date.now()) === dayInSeoul(this.#readAt);
    return fresh && this.#board ? this.#board : this.#readAgain();
  }

  /** Calls `show` with every board that is read from now on. */
  watch(show: (board: Board) => void): void {
    this.#changes.on('change', show);
  }

  /** To be called once a score is stored: tells every server where the score belongs on the board. */
  async announce(points: number): Promise<void> {
    const board = await this.read();
    if (!belongs(points, board.today) && !belongs(points, board.allTime)) return;
    await this.#database.use((database) => sql`select pg_notify(${channel}, '')`.execute(database));
  }

  async #listen(listening: () => void): Promise<void> {
    await this.#database.use(async () => {}, 10_000);
    const client = await this.#database.connections.connectAlone();
    this.#listener = client;
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('notification', () => this.#readSoon());
    try {
      await client.query(`listen ${channel}`);
      listening();
      this.#readSoon();
      // A connection that a firewall forgot looks alive; a word each way now and then shows that it is.
      const beat = setInterval(() => {
        client.query('select 1').catch(() => client.end());
        // At midnight the list of today begins anew, also where nobody plays.
        if (dayInSeoul(Date.now()) !== dayInSeoul(this.#readAt)) this.#readSoon();
      }, 20_000);
      await ended.finally(() => clearInterval(beat));
    } finally {
      await client.end().catch(() => {});
    }
  }

  #readSoon(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#readAgain().catch((error) => log('the board could not be read', error));
    }, gather).unref();
  }

  #readAgain(): Promise<Board> {
    this.#reading ??= this.#database
      .use((database) => readBoard(database, dayInSeoul(Date.now())))
      .then((board) => {
        this.#board = board;
        this.#readAt = Date.now();
        this.#changes.emit('change', board);
        return board;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }
}

function belongs(points: number, entries: readonly Entry[]): boolean {
  const last = entries[boardLength - 1];
  return last === undefined || points > last.points;
}
