import { setTimeout as wait } from 'node:timers/promises';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { replaceTable } from '../fabric/nftables.ts';
import { loadRuleset } from '../namespaces/network-namespace.ts';
import { backendName, serverName } from './haproxy-target-group.ts';
import type { NodeProcess } from './node-process.ts';
import { passThroughTable } from './pass-through.ts';

/** A node's ruleset, given which targets are healthy; `null` where it hands nothing on. */
export type RulesetOf = (isHealthy: (group: TargetGroup, target: Target) => boolean) => string | null;

/** Milliseconds between two looks at the targets' health. */
const pace = 250;

/** Keeps the part of a node that hands packets on in step with what its checks say of the targets. */
export class Forwarder {
  readonly #namespace: string;
  readonly #node: NodeProcess;
  readonly #stopped = new AbortController();
  #ruleset: RulesetOf = () => null;
  #loaded: string | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(namespace: string, node: NodeProcess) {
    this.#namespace = namespace;
    this.#node = node;
    void this.#follow();
  }

  /** @throws ProgramFailed where the kernel refuses */
  async apply(ruleset: RulesetOf): Promise<void> {
    this.#ruleset = ruleset;
    await this.#load();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await wait(pace, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#load().catch(() => undefined);
    }
  }

  #load(): Promise<void> {
    const next = this.#turn.then(async () => {
      const servers = await this.#node.servers();
      const up = new Set(
        servers
          .filter(({ status }) => /^(UP|no check)/.test(status))
          .map(({ backend, server }) => `${backend}/${server}`),
      );
      const desired = this.#ruleset((group, target) => up.has(`${backendName(group.id)}/${serverName(target)}`));
      if (desired === this.#loaded || this.#stopped.signal.aborted) return;
      await loadRuleset(this.#namespace, replaceTable(desired, passThroughTable));
      this.#loaded = desired;
    });
    this.#turn = next.catch(() => undefined);
    return next;
  }
}
