import { setTimeout as wait } from 'node:timers/promises';
import type { Inventory } from '@terrace/cloud/inventory';
import { type BalancingView, balancingView } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { words } from '@terrace/cloud/words';
import type { PartAnswer } from '../../answering/part-watch.ts';
import { BalancerMetrics } from '../../balancing/balancer-metrics.ts';
import { emptyZones } from '../../balancing/empty-zones.ts';
import { isAway } from '../../balancing/haproxy/control-socket.ts';
import { backendName, serverName } from '../../balancing/haproxy/haproxy-target-group.ts';
import type { ProxyCounters } from '../../balancing/haproxy/proxy-counters.ts';
import { ProxyView } from '../../balancing/haproxy/proxy-view.ts';
import { type ServerReport, serverKey } from '../../balancing/haproxy/server-report.ts';
import { nodeConfiguration } from '../../balancing/haproxy-node.ts';
import { NetworkNode } from '../../balancing/network-node.ts';
import { NodeProcess } from '../../balancing/node-process.ts';
import { targetGroupsUsed } from '../../balancing/node-targets.ts';
import { draining, type TargetHealth, targetHealth, unavailable } from '../../balancing/target-health.ts';
import { namespaceOf } from '../../fabric/compile-interface.ts';
import { type Mechanism, mechanism } from '../../fabric/inspect.ts';
import { digest } from '../../fabric/names.ts';
import type { Incident } from '../../incident.ts';
import type { Measurement } from '../../metrics/metric.ts';
import type { Outline } from '../../outline.ts';
import type { TargetSummary } from '../summary.ts';
import type { AccessLogKeeper } from './access-log-keeper.ts';

type CertificatesOf = (
  view: BalancingView,
  inventory: Inventory,
) => Promise<Readonly<Record<string, readonly string[]>>>;

/** Milliseconds between two looks at what is still under way. */
const pace = 250;
/** Milliseconds in which a node that has ended is there again. */
const patience = 5_000;

/** The nodes of every load balancer. */
export class BalancerKeeper implements AsyncDisposable {
  readonly #proxies: ProxyView;
  readonly #nodes = new Map<string, NodeProcess>();
  readonly #networkNodes = new Map<string, NetworkNode>();
  #view: BalancingView = { balancers: [], targetGroups: [] };
  #outline: Outline | null = null;
  /** Instances that are out of their target groups for the while. */
  readonly #out = new Set<string>();
  /** Who was taken out of a group, and may still be on the way. */
  #left: readonly Membership[] = [];
  /** PEM files of the certificates of a listener, by its ARN. */
  readonly #certificates: CertificatesOf;
  #files: Readonly<Record<string, readonly string[]>> = {};
  readonly #accessLogs: AccessLogKeeper | null;
  readonly #metrics = new BalancerMetrics();
  readonly #on: (incident: Incident) => void;

  constructor(options: {
    /** Where the nodes' files are. */
    readonly folder: string;
    readonly certificates: CertificatesOf;
    readonly accessLogs: AccessLogKeeper | null;
    readonly on: (incident: Incident) => void;
  }) {
    this.#proxies = new ProxyView(options.folder);
    this.#certificates = options.certificates;
    this.#accessLogs = options.accessLogs;
    this.#on = options.on;
  }

  get view(): BalancingView {
    return this.#view;
  }

  /** Ends the nodes that go, before their interfaces do. */
  async retire({ network }: Outline): Promise<void> {
    for (const [id, node] of this.#nodes) {
      if (network.interfaces.some((each) => each.id === id)) continue;
      this.#nodes.delete(id);
      this.#networkNodes.get(id)?.stop();
      this.#networkNodes.delete(id);
      await node[Symbol.asyncDispose]();
    }
  }

  async apply(outline: Outline): Promise<void> {
    const { inventory, network, fleet } = outline;
    this.#outline = outline;
    this.#files = await this.#certificates(balancingView(inventory, network, fleet), inventory);
    for (const file of Object.values(this.#files).flat()) this.#proxies.own(file);
    await this.#carryOut(outline);
  }

  /** Takes instances out of their target groups until they are registered again; where that fails, they stay in them. */
  async deregister(...instances: readonly string[]): Promise<void> {
    for (const each of instances) this.#out.add(each);
    try {
      await this.#carryOutAgain();
    } catch (error) {
      for (const each of instances) this.#out.delete(each);
      throw error;
    }
  }

  /** Resolves once nothing is under way at one that is out of its groups, or its time is over. */
  async idle(instance: string): Promise<void> {
    while (await this.#isBusy(instance)) await wait(pace);
  }

  /**
   * Takes instances out that are to be ended, and resolves once nothing is under way at them. What is applied next registers those of them that
   * it still has.
   *
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html
   */
  async release(instances: readonly string[]): Promise<void> {
    if (instances.length === 0) return;
    for (const each of instances) this.#out.add(each);
    try {
      await this.#carryOutAgain();
      await Promise.all(instances.map((each) => this.idle(each)));
    } finally {
      for (const each of instances) this.#out.delete(each);
    }
  }

  /** Registers those again that are there: each is new to its groups. */
  async register(...instances: readonly string[]): Promise<void> {
    for (const each of instances) this.#out.delete(each);
    if (this.#outline?.fleet.instances.some(({ id }) => instances.includes(id))) await this.#carryOutAgain();
  }

  /** What the nodes make of each target, those on their way out included, and which zones have none. */
  async look(): Promise<{ readonly health: TargetHealth[]; readonly emptyZones: Map<string, Set<string>> }> {
    const reports = new Map<string, readonly ServerReport[]>();
    for (const [id, node] of this.#nodes) {
      const said = await unlessSilent(node);
      if (said) reports.set(id, said);
    }
    const all = [...reports.values()].flat();
    const isEverybodyAsked = reports.size === this.#nodes.size;
    const foundBy = (group: TargetGroup, target: Target) => {
      const found = targetHealth(group, target, used.has(group.id) ? all : []);
      return found.health === 'unused' && used.has(group.id) && !isEverybodyAsked ? unavailable(found) : found;
    };
    const used = new Set(
      this.#view.balancers.flatMap((each) => targetGroupsUsed(this.#view, each).map(({ id }) => id)),
    );
    const leaving = new Set([...this.#nodes.values()].flatMap((node) => [...node.leaving.keys()]));
    this.#left = this.#left.filter(({ group, target }) => leaving.has(keyOf(group, target)));
    return {
      health: [
        ...this.#view.targetGroups.flatMap((group) => group.targets.map((target) => foundBy(group, target))),
        ...this.#left.map(draining),
      ],
      emptyZones: emptyZones(
        this.#view,
        (node, group, target) => targetHealth(group, target, reports.get(node.interface) ?? []).health === 'healthy',
      ),
    };
  }

  async targets(): Promise<TargetSummary[]> {
    const { health: all } = await this.look();
    // Who took a member's place is called as it was: while that one drains, it is told by its identifier.
    const isCalledSo = ({ group, target }: TargetHealth) =>
      all.some(
        (each) => each.group.id === group.id && each.target.name === target.name && each.target.id !== target.id,
      );
    return all.map(({ group, target, health, reason }) => ({
      targetGroup: group.name,
      target: health === 'draining' && isCalledSo({ group, target, health, reason }) ? target.id : target.name,
      port: target.port,
      health,
      reason,
    }));
  }

  /** What load balancers have counted since they were last measured, and their targets' health. */
  async measure(): Promise<Measurement[]> {
    const { health } = await this.look();
    const counters = new Map<string, readonly ProxyCounters[]>();
    for (const [id, node] of this.#nodes) {
      const said = node.isSilent ? null : await node.counters().catch(() => null);
      if (said) counters.set(id, said);
    }
    return this.#metrics.measure(this.#view, counters, health);
  }

  /** Asks each node now. */
  answers(): Promise<PartAnswer[]> {
    return Promise.all([...this.#nodes.values()].map((node) => node.answers()));
  }

  /** Whether the nodes do what they were told, by asking them and the kernel. */
  async inspect(): Promise<Mechanism> {
    const looked = await Promise.all([
      ...[...this.#nodes.values()].map((node) => node.missing()),
      ...this.networkNodes.map(async (node) => (await node.missing()).map((each) => `${node.namespace}: ${each}`)),
    ]);
    return mechanism(
      words('load balancers: HAProxy, and what hands packets on', '로드 밸런서: HAProxy와 패킷을 전달하는 규칙'),
      looked.length,
      looked.flat(),
    );
  }

  /** The nodes that hand packets on by rules of the kernel's. */
  get networkNodes(): readonly NetworkNode[] {
    return [...this.#networkNodes.values()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#networkNodes.values()) each.stop();
    await Promise.all([...this.#nodes.values()].map((node) => node[Symbol.asyncDispose]()));
    await this.#accessLogs?.[Symbol.asyncDispose]();
  }

  async #carryOutAgain(): Promise<void> {
    if (this.#outline) await this.#carryOut(this.#outline);
  }

  async #carryOut({ inventory, network, fleet }: Outline): Promise<void> {
    const view = without(balancingView(inventory, network, fleet), this.#out);
    this.#left = [...this.#left, ...goneFrom(this.#view, view)].filter((each) => !isRegistered(view, each));
    this.#view = view;
    this.#accessLogs?.apply(view, inventory);
    await Promise.all(
      view.balancers.flatMap((balancer) =>
        balancer.nodes.map(async (each) => {
          const standing = network.interfaces.find(({ id }) => id === each.interface)!;
          const node = this.#nodes.get(each.interface) ?? this.#add(each.interface, namespaceOf(standing));
          const files = { control: node.control, serverState: node.serverState, certificates: this.#files };
          await node.apply(nodeConfiguration(view, balancer, each, files));
          if (balancer.kind === 'network') {
            await this.#networkNode(each.interface, namespaceOf(standing), node).apply({ view, balancer, node: each });
          }
        }),
      ),
    );
  }

  async #isBusy(instance: string): Promise<boolean> {
    const keys = new Set(
      this.#left.filter(({ target }) => target.id === instance).map(({ group, target }) => keyOf(group, target)),
    );
    for (const node of this.#nodes.values()) {
      const { leaving } = node;
      const leavingHere = new Set([...keys].filter((key) => (leaving.get(key) ?? 0) > Date.now()));
      if (leavingHere.size === 0) continue;
      // A node that is just being replaced does not answer; it is asked again.
      const servers = await node.servers().catch(() => null);
      if (servers === null) return true;
      if (servers.some((each) => leavingHere.has(serverKey(each)) && each.sessions > 0)) return true;
    }
    return false;
  }

  #networkNode(id: string, namespace: string, node: NodeProcess): NetworkNode {
    const known = this.#networkNodes.get(id) ?? new NetworkNode(namespace, node, this.#on);
    this.#networkNodes.set(id, known);
    return known;
  }

  #add(id: string, namespace: string): NodeProcess {
    const said = (line: string) => this.#accessLogs?.took(id, line);
    const node = new NodeProcess({ name: digest(id, 12), namespace, view: this.#proxies, said, on: this.#on });
    this.#nodes.set(id, node);
    return node;
  }
}

/** What a node says of its servers; `null` where it does not answer. */
async function unlessSilent(node: NodeProcess): Promise<readonly ServerReport[] | null> {
  if (node.isSilent) return null;
  try {
    return await patiently(() => node.servers());
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return null;
    throw error;
  }
}

/** A node that ends is started again at once: who asks in the meantime has the answer a moment later. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patience; ; await wait(pace / 10)) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error) || Date.now() > end) throw error;
    }
  }
}

interface Membership {
  readonly group: TargetGroup;
  readonly target: Target;
}

function goneFrom(former: BalancingView, present: BalancingView): Membership[] {
  return former.targetGroups.flatMap((group) =>
    group.targets.map((target) => ({ group, target })).filter((each) => !isRegistered(present, each)),
  );
}

function isRegistered({ targetGroups }: BalancingView, { group, target }: Membership): boolean {
  return targetGroups.some(
    ({ id, targets }) => id === group.id && targets.some((each) => serverName(each) === serverName(target)),
  );
}

function without(view: BalancingView, instances: ReadonlySet<string>): BalancingView {
  if (instances.size === 0) return view;
  const targetGroups = view.targetGroups.map((group) => ({
    ...group,
    targets: group.targets.filter(({ id }) => !instances.has(id)),
  }));
  return { ...view, targetGroups };
}

function keyOf(group: TargetGroup, target: Target): string {
  return serverKey({ backend: backendName(group.id), server: serverName(target) });
}
