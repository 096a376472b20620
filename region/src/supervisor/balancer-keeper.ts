import type { Inventory } from '@terrace/cloud/inventory';
import { type BalancingView, balancingView } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { nodeConfiguration, targetGroupsUsed } from '../balancing/haproxy-node.ts';
import { backendName, serverName } from '../balancing/haproxy-target-group.ts';
import { NetworkNode } from '../balancing/network-node.ts';
import { NodeProcess, type ServerReport } from '../balancing/node-process.ts';
import { ProxyView } from '../balancing/proxy-view.ts';
import { draining, type TargetHealth, targetHealth } from '../balancing/target-health.ts';
import { namespaceOf } from '../fabric/compile-interface.ts';
import { digest } from '../fabric/names.ts';
import type { Outline } from './outline.ts';
import type { TargetSummary } from './summary.ts';

type CertificatesOf = (
  view: BalancingView,
  inventory: Inventory,
) => Promise<Readonly<Record<string, readonly string[]>>>;

/** The nodes of every load balancer. */
export class BalancerKeeper implements AsyncDisposable {
  readonly #proxies: ProxyView;
  readonly #nodes = new Map<string, NodeProcess>();
  readonly #networkNodes = new Map<string, NetworkNode>();
  #view: BalancingView = { balancers: [], targetGroups: [] };
  /** Who was taken out of a group, and may still be on the way. */
  #left: readonly Membership[] = [];
  /** PEM files of the certificates of a listener, by its ARN. */
  readonly #certificates: CertificatesOf;

  constructor(folder: string, certificates: CertificatesOf) {
    this.#proxies = new ProxyView(folder);
    this.#certificates = certificates;
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

  async apply({ inventory, network, fleet }: Outline): Promise<void> {
    const view = balancingView(inventory, network, fleet);
    const certificates = await this.#certificates(view, inventory);
    for (const file of Object.values(certificates).flat()) this.#proxies.own(file);
    this.#left = [...this.#left, ...goneFrom(this.#view, view)].filter((each) => !isRegistered(view, each));
    this.#view = view;
    await Promise.all(
      view.balancers.flatMap((balancer) =>
        balancer.nodes.map(async (each) => {
          const standing = network.interfaces.find(({ id }) => id === each.interface)!;
          const node = this.#nodes.get(each.interface) ?? this.#add(each.interface, namespaceOf(standing));
          const files = { control: node.control, serverState: node.serverState, certificates };
          await node.apply(nodeConfiguration(view, balancer, each, files));
          if (balancer.kind === 'network') {
            await this.#networkNode(each.interface, namespaceOf(standing), node).apply({ view, balancer, node: each });
          }
        }),
      ),
    );
  }

  /** What the nodes make of each target, those on their way out included. */
  async health(): Promise<TargetHealth[]> {
    const reports: ServerReport[] = [];
    for (const node of this.#nodes.values()) reports.push(...(await node.servers()));
    const used = new Set(
      this.#view.balancers.flatMap((each) => targetGroupsUsed(this.#view, each).map(({ id }) => id)),
    );
    const leaving = new Set([...this.#nodes.values()].flatMap((node) => [...node.leaving.keys()]));
    this.#left = this.#left.filter(({ group, target }) =>
      leaving.has(`${backendName(group.id)}/${serverName(target)}`),
    );
    return [
      ...this.#view.targetGroups.flatMap((group) =>
        group.targets.map((target) => targetHealth(group, target, used.has(group.id) ? reports : [])),
      ),
      ...this.#left.map(draining),
    ];
  }

  async targets(): Promise<TargetSummary[]> {
    return (await this.health()).map(({ group, target, health, reason }) => ({
      targetGroup: group.name,
      target: target.name,
      port: target.port,
      health,
      reason,
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#networkNodes.values()) each.stop();
    await Promise.all([...this.#nodes.values()].map((node) => node[Symbol.asyncDispose]()));
  }

  #networkNode(id: string, namespace: string, node: NodeProcess): NetworkNode {
    const known = this.#networkNodes.get(id) ?? new NetworkNode(namespace, node);
    this.#networkNodes.set(id, known);
    return known;
  }

  #add(id: string, namespace: string): NodeProcess {
    const node = new NodeProcess({ name: digest(id, 12), namespace, view: this.#proxies });
    this.#nodes.set(id, node);
    return node;
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
