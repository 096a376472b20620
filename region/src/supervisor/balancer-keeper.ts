import type { Inventory } from '@terrace/cloud/inventory';
import { type BalancingView, balancingView } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { Forwarder, type RulesetOf } from '../balancing/forwarder.ts';
import { nodeConfiguration, targetGroupsUsed } from '../balancing/haproxy-node.ts';
import { backendName, serverName } from '../balancing/haproxy-target-group.ts';
import { NodeProcess, type ServerReport } from '../balancing/node-process.ts';
import { passThroughRuleset } from '../balancing/pass-through.ts';
import { ProxyView } from '../balancing/proxy-view.ts';
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
  readonly #forwarders = new Map<string, Forwarder>();
  #view: BalancingView = { balancers: [], targetGroups: [] };
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
      this.#forwarders.get(id)?.stop();
      this.#forwarders.delete(id);
      await node[Symbol.asyncDispose]();
    }
  }

  async apply({ inventory, network, fleet }: Outline): Promise<void> {
    const view = balancingView(inventory, network, fleet);
    const certificates = await this.#certificates(view, inventory);
    for (const file of Object.values(certificates).flat()) this.#proxies.own(file);
    this.#view = view;
    await Promise.all(
      view.balancers.flatMap((balancer) =>
        balancer.nodes.map(async (each) => {
          const standing = network.interfaces.find(({ id }) => id === each.interface)!;
          const node = this.#nodes.get(each.interface) ?? this.#add(each.interface, namespaceOf(standing));
          const files = { control: node.control, serverState: node.serverState, certificates };
          await node.apply(nodeConfiguration(view, balancer, each, files));
          await this.#passThrough(each.interface, namespaceOf(standing), node, (isHealthy) =>
            balancer.kind === 'network' ? passThroughRuleset(view, balancer, each, isHealthy) : null,
          );
        }),
      ),
    );
  }

  /** What the nodes make of each target, in AWS's words. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states */
  async targets(): Promise<TargetSummary[]> {
    const reports: ServerReport[] = [];
    for (const node of this.#nodes.values()) reports.push(...(await node.servers()));
    const used = new Set(
      this.#view.balancers.flatMap((each) => targetGroupsUsed(this.#view, each).map(({ id }) => id)),
    );
    return this.#view.targetGroups.flatMap((group) =>
      group.targets.map((target) =>
        summary(group, target, used.has(group.id) ? reportsOf(reports, group, target) : []),
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const forwarder of this.#forwarders.values()) forwarder.stop();
    await Promise.all([...this.#nodes.values()].map((node) => node[Symbol.asyncDispose]()));
  }

  async #passThrough(id: string, namespace: string, node: NodeProcess, ruleset: RulesetOf): Promise<void> {
    const standing = this.#forwarders.get(id);
    if (!standing && ruleset(() => true) === null) return;
    const forwarder = standing ?? new Forwarder(namespace, node);
    this.#forwarders.set(id, forwarder);
    await forwarder.apply(ruleset);
  }

  #add(id: string, namespace: string): NodeProcess {
    const node = new NodeProcess({ name: digest(id, 12), namespace, view: this.#proxies });
    this.#nodes.set(id, node);
    return node;
  }
}

function reportsOf(reports: readonly ServerReport[], group: TargetGroup, target: Target): ServerReport[] {
  return reports.filter((each) => each.backend === backendName(group.id) && each.server === serverName(target));
}

/** Healthy where any node finds it so. */
function summary(group: TargetGroup, target: Target, reports: readonly ServerReport[]): TargetSummary {
  const said = (health: string, reason: string | null): TargetSummary => ({
    targetGroup: group.name,
    target: target.name,
    port: target.port,
    health,
    reason,
  });
  if (reports.length === 0) return said('unused', 'Target.NotInUse');
  if (reports.some(({ status }) => status.startsWith('UP') || status === 'no check')) return said('healthy', null);
  // A star stands before the last result while the next check is under way.
  const failed = reports.find(({ check }) => /^(\* )?(L[467]|SOCK)/.test(check));
  if (!failed) return said('initial', 'Elb.InitialHealthChecking');
  return said('unhealthy', reasonOf(failed));
}

function reasonOf({ check, detail }: ServerReport): string {
  if (check.includes('L7STS')) return `Target.ResponseCodeMismatch: ${detail}`;
  if (check.endsWith('TOUT')) return 'Target.Timeout';
  return `Target.FailedHealthChecks: ${detail || check}`;
}
