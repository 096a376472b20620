import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import { replaceTable } from '../fabric/nftables.ts';
import { differing, objectsOnceLoaded, readObjects } from '../fabric/ruleset-objects.ts';
import { run } from '../host/run.ts';
import { failed, type Incident } from '../incident.ts';
import { configure, inNamespace, loadRuleset } from '../namespaces/network-namespace.ts';
import { Turns } from '../turns.ts';
import { Generations, type GroupAtNode } from './generations.ts';
import { backendName, openBackendName, serverName } from './haproxy/haproxy-target-group.ts';
import { idleSeconds } from './haproxy/idle-timeout.ts';
import { leastHealthy } from './health-thresholds.ts';
import { keepLooking } from './keep-looking.ts';
import type { NodeProcess } from './node-process.ts';
import { targetGroupsUsed, targetsOfNode } from './node-targets.ts';
import { lacksToSpeakAsClients, speakAsClients } from './pass-through/client-addresses.ts';
import {
  asksAsClient,
  passThroughRuleset,
  passThroughTable,
  silenceRuleset,
  silenceTable,
} from './pass-through/pass-through.ts';
import { type TargetHealth, targetHealth } from './target-health.ts';

/** What a node stands for. */
interface Standing {
  readonly view: BalancingView;
  readonly balancer: LoadBalancer;
  readonly node: BalancerNode;
}

/** Milliseconds between two looks at the targets' health. */
const pace = 250;

const nothingLacking: ReturnType<typeof lacksToSpeakAsClients> = { lacking: [], priorities: new Set() };

/**
 * What a node of a Network Load Balancer does beside HAProxy: hands packets on with the address of who sent them, and ends the connections of
 * targets that are no longer to have any.
 */
export class NetworkNode {
  readonly #namespace: string;
  readonly #process: NodeProcess;
  readonly #stopped = new AbortController();
  readonly #generations = new Generations();
  #standing: Standing | null = null;
  #loaded: string | null = null;
  #silence: string | null = null;
  #speaksAsClients = false;
  readonly #turns = new Turns();

  constructor(namespace: string, process: NodeProcess, on: (incident: Incident) => void) {
    this.#namespace = namespace;
    this.#process = process;
    void keepLooking(() => this.#look(), {
      pace,
      signal: this.#stopped.signal,
      failed: (error) => on(failed(`packets of a load balancer in ${namespace}`, error)),
    });
  }

  /** @throws ProgramFailed where the kernel refuses */
  async apply(standing: Standing): Promise<void> {
    this.#standing = standing;
    await this.#look();
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Tables, routes and rules that the kernel does not have. */
  async missing(): Promise<string[]> {
    const { tables, speaking } = await this.#lacks();
    return [...tables.map((name) => `table ${name}`), ...speaking.lacking];
  }

  /** Puts back what is missing. A table takes the place of its former self in one step. */
  mend(): Promise<void> {
    return this.#turns.take(async () => {
      const { tables, speaking } = await this.#lacks();
      if (speaking.lacking.length > 0 && this.#standing) {
        await configure(this.#namespace, {}, speakAsClients(this.#standing.node.address, speaking.priorities));
      }
      if (tables.includes(silenceTable)) await loadRuleset(this.#namespace, replaceTable(this.#silence, silenceTable));
      if (tables.includes(passThroughTable)) {
        await loadRuleset(this.#namespace, replaceTable(this.#loaded, passThroughTable));
      }
    });
  }

  get namespace(): string {
    return this.#namespace;
  }

  async #lacks(): Promise<{ tables: string[]; speaking: ReturnType<typeof lacksToSpeakAsClients> }> {
    const wanted = await objectsOnceLoaded(`${this.#silence ?? ''}${this.#loaded ?? ''}`);
    const speaking = this.#speaksAsClients && this.#standing ? await this.#asked(this.#standing) : nothingLacking;
    if (wanted.size === 0) return { tables: [], speaking };
    const present = readObjects(await run(...inNamespace(this.#namespace, 'nft', '-j', '-s', 'list', 'ruleset')));
    const isLacking = (name: string) => differing(wanted.get(name)!, present.get(name) ?? new Map()).length > 0;
    return { tables: [...wanted.keys()].filter(isLacking), speaking };
  }

  async #asked({ node }: Standing): Promise<ReturnType<typeof lacksToSpeakAsClients>> {
    const ask = (...words: string[]) => run('ip', ['-n', this.#namespace, '-j', ...words]);
    const [rules, routes] = await Promise.all([ask('rule', 'show'), ask('route', 'show', 'table', 'all')]);
    return lacksToSpeakAsClients(node.address, { rules, routes });
  }

  #look(): Promise<void> {
    return this.#turns.take(async () => {
      if (!this.#standing || this.#stopped.signal.aborted) return;
      const { view, balancer, node } = this.#standing;
      const groups = await this.#groups(this.#standing);
      const memory = Math.max(...balancer.listeners.map(idleSeconds), 0) * 1000;
      const over = this.#generations.follow(groups, Date.now(), memory + 10_000);
      const desired = passThroughRuleset(view, balancer, node, this.#generations);
      if (!this.#speaksAsClients && asksAsClient(view, balancer)) {
        await configure(this.#namespace, {}, speakAsClients(node.address));
        this.#speaksAsClients = true;
      }
      const silence = silenceRuleset(view, balancer, node);
      if (silence !== this.#silence) {
        await loadRuleset(this.#namespace, replaceTable(silence, silenceTable));
        this.#silence = silence;
      }
      if (desired !== this.#loaded) {
        await loadRuleset(this.#namespace, replaceTable(desired, passThroughTable));
        this.#loaded = desired;
      }
      for (const { group, target } of over) {
        for (const backend of [backendName(group.id), openBackendName(group.id)]) {
          await this.#process.ask(`shutdown sessions server ${backend}/${serverName(target)}`);
        }
      }
    });
  }

  /** By HAProxy's checks on this node; with too few healthy targets all of them are taken. */
  async #groups({ view, balancer, node }: Standing): Promise<GroupAtNode[]> {
    const reports = await this.#process.servers();
    return targetGroupsUsed(view, balancer).map((group) => {
      const registered = targetsOfNode(balancer, group, node);
      const found = registered.map((target) => targetHealth(group, target, reports));
      const those = (health: TargetHealth['health']) => found.filter((each) => each.health === health);
      const healthy = those('healthy').map(({ target }) => target);
      const enough = healthy.length >= leastHealthy(group, registered.length, 'unhealthy_state_routing');
      return {
        group,
        registered,
        taken: enough && healthy.length > 0 ? healthy : registered,
        unhealthy: those('unhealthy').map(({ target }) => target),
      };
    });
  }
}
