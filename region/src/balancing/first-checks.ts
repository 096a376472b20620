import { setTimeout as wait } from 'node:timers/promises';
import { isAway } from './haproxy/control-socket.ts';
import { type ServerReport, serverKey } from './haproxy/server-report.ts';

/** What the watch needs of a node: its control socket, and what it says of its servers. */
interface Asked {
  ask(command: string): Promise<string>;
  servers(): Promise<readonly ServerReport[]>;
}

/**
 * A new target takes requests after one passed check, not after as many as a failed one needs to come back. An instance of a Classic Load Balancer
 * takes them after as many.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class FirstChecks {
  /** Servers whose first success has been seen: later ones count by the thresholds. */
  readonly #settled = new Set<string>();
  /** Since when the others are asked. */
  readonly #waiting = new Map<string, number>();
  /** Until when what is known of a server is of an earlier time. */
  readonly #distrusted = new Map<string, number>();
  readonly #failed: (error: Error) => void;
  #watching = new AbortController();

  /** @param failed told what ended the watch, other than that the node does not answer */
  constructor(failed: (error: Error) => void) {
    this.#failed = failed;
  }

  /** Milliseconds for which a server has been asked without one success; `null` once there was one. */
  waitingFor(key: string): number | null {
    const since = this.#waiting.get(key);
    return since === undefined ? null : Date.now() - since;
  }

  forget(key: string): void {
    this.#settled.delete(key);
    this.#waiting.delete(key);
  }

  distrust(key: string, milliseconds: number): void {
    this.#distrusted.set(key, Date.now() + milliseconds);
  }

  forgetAll(): void {
    this.#settled.clear();
    this.#waiting.clear();
  }

  stop(): void {
    this.#watching.abort();
  }

  /**
   * Watches those that are not settled yet, until they are.
   *
   * @param isPatient whether a server waits for as many passed checks as its threshold says
   */
  watch(node: Asked, isPatient: (key: string) => boolean = () => false): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    this.#follow(node, isPatient, signal).catch((error: Error) => {
      if (!signal.aborted && !isAway(error)) this.#failed(error);
    });
  }

  async #follow(node: Asked, isPatient: (key: string) => boolean, signal: AbortSignal): Promise<void> {
    const checked = (await node.servers()).filter(({ status }) => status !== 'no check' && !status.startsWith('MAINT'));
    for (const key of checked.map(serverKey).filter((each) => !this.#settled.has(each) && !this.#waiting.has(each))) {
      this.#waiting.set(key, Date.now());
      await node.ask(`set server ${key} health down`);
    }
    while (this.#waiting.size > 0 && !signal.aborted) {
      for (const each of await node.servers()) {
        const key = serverKey(each);
        if (!this.#waiting.has(key)) continue;
        if ((this.#distrusted.get(key) ?? 0) > Date.now()) continue;
        const succeeded = /^\*? ?L[467]OK/.test(each.check);
        const isEnough = succeeded && !isPatient(key);
        if (isEnough) await node.ask(`set server ${key} health up`);
        if (isEnough || each.status.startsWith('UP')) {
          this.#waiting.delete(key);
          this.#settled.add(key);
        }
      }
      await wait(200, undefined, { signal });
    }
  }
}
