import type { ServerReport } from './haproxy/server-report.ts';
import { serverKey } from './haproxy/server-report.ts';
import { keepLooking } from './keep-looking.ts';
import type { Leaving, ServerDefinition } from './node-configuration.ts';

/** A server that was taken out and may still have connections. */
interface Departure {
  readonly server: ServerDefinition;
  /** When its time is over, in milliseconds of the clock. */
  readonly until: number;
  readonly cut: boolean;
  /** Whether the process in force still knows it; one that has taken over from another does not. */
  known: boolean;
  /** Whether what was left of it has been cut. */
  isCut: boolean;
}

/** What a departure needs of its node. */
interface Node {
  ask(command: string): Promise<string>;
  servers(): Promise<readonly ServerReport[]>;
  /** Cuts the connections to an address that processes hold which are no longer in force. */
  cutElsewhere(server: ServerDefinition): Promise<void>;
  /** Told what kept it from being done, other than that the node does not answer. */
  failed(error: Error): void;
}

/** Milliseconds between two looks at what has ended. */
const pace = 250;

/**
 * Targets on their way out: they get nothing new, and what is under way has its time to end. Connections to others are not
 * touched.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
export class Departures {
  readonly #node: Node;
  readonly #leaving = new Map<string, Departure>();
  readonly #stopped = new AbortController();
  #following = false;

  constructor(node: Node) {
    this.#node = node;
  }

  /** Milliseconds of the clock when each one's time is over, by `BACKEND/SERVER`. */
  get until(): ReadonlyMap<string, number> {
    return new Map([...this.#leaving].map(([key, { until }]) => [key, until]));
  }

  /** @param known whether the process in force has it */
  add(key: string, server: ServerDefinition, leaving: Leaving, known: boolean): void {
    const until = Date.now() + leaving.seconds * 1000;
    this.#leaving.set(key, { server, until, cut: leaving.cut, known, isCut: false });
    if (!this.#following) void this.#follow();
  }

  /** What the process in force still knows of a server that comes back; it is on its way out no longer. */
  takeBack(key: string): ServerDefinition | null {
    const found = this.#leaving.get(key);
    this.#leaving.delete(key);
    return found?.known ? found.server : null;
  }

  /** The process in force is another one, which was told of nobody that leaves. */
  processReplaced(): void {
    for (const each of this.#leaving.values()) each.known = false;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #follow(): Promise<void> {
    this.#following = true;
    await keepLooking(() => this.#look(), {
      pace,
      signal: this.#stopped.signal,
      failed: (error) => this.#node.failed(error),
      over: () => this.#leaving.size === 0,
    });
    this.#following = false;
  }

  async #look(): Promise<void> {
    const sessions = new Map((await this.#node.servers()).map((each) => [serverKey(each), each.sessions]));
    for (const [key, departure] of this.#leaving) {
      const over = Date.now() >= departure.until;
      if (over && departure.cut && !departure.isCut) {
        departure.isCut = true;
        if (departure.known) await this.#node.ask(`shutdown sessions server ${key}`);
        await this.#node.cutElsewhere(departure.server);
      }
      // It is gone with its last connection, and shown as leaving until its time is over.
      if (departure.known && (sessions.get(key) ?? 0) === 0) {
        const said = await this.#node.ask(`del server ${key}`);
        departure.known = !/Server deleted|No such server/i.test(said);
      }
      if (over && !departure.known) this.#leaving.delete(key);
    }
  }
}
