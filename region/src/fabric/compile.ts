import type { NetworkView } from '@terrace/cloud/views/network';
import { compileInterface } from './compile-interface.ts';
import { compileInternet, voidLink } from './compile-internet.ts';
import { compilePeering } from './compile-peering.ts';
import { compileRouter } from './compile-router.ts';
import { routerNamespace } from './names.ts';
import { indexNetwork } from './network-index.ts';
import type { FabricPlan, LinkPlan, NamespacePlan } from './plan.ts';

/**
 * The fabric of a network: a router for each VPC, a namespace for each owner of an interface, and the internet.
 *
 * Pure. Whatever the view says is carried out; what it does not say (no route, no rule) is silence, as on AWS.
 */
export function compileFabric(view: NetworkView): FabricPlan {
  const network = indexNetwork(view);
  const links: LinkPlan[] = [];
  const namespaces: NamespacePlan[] = [];
  for (const vpc of view.vpcs) {
    namespaces.push(compileRouter(network, vpc));
    links.push(voidLink(routerNamespace(vpc.id)));
  }
  for (const each of view.interfaces) {
    const compiled = compileInterface(network, each);
    links.push(compiled.link);
    namespaces.push(compiled.namespace);
  }
  for (const peering of view.peerings) {
    links.push(compilePeering(network, peering));
  }
  const world = compileInternet(network);
  links.push(...world.links);
  namespaces.push(world.namespace);
  return { namespaces: mergeByName(namespaces), links };
}

/** An instance with several interfaces is one namespace. */
function mergeByName(namespaces: readonly NamespacePlan[]): NamespacePlan[] {
  const merged = new Map<string, NamespacePlan>();
  for (const each of namespaces) {
    const before = merged.get(each.name);
    merged.set(each.name, before ? combine(before, each) : each);
  }
  return [...merged.values()];
}

function combine(one: NamespacePlan, other: NamespacePlan): NamespacePlan {
  return {
    name: one.name,
    settings: { ...one.settings, ...other.settings },
    linkSettings: { ...one.linkSettings, ...other.linkSettings },
    addresses: [...one.addresses, ...other.addresses],
    neighbours: [...one.neighbours, ...other.neighbours],
    routes: [...new Set([...one.routes, ...other.routes])],
    rules: [...one.rules, ...other.rules],
    rules6: [...one.rules6, ...other.rules6],
    ruleset: one.ruleset ?? other.ruleset,
  };
}
