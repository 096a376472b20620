import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { balancingView } from '@terrace/cloud/views/balancing';
import { coveringFleet } from '@terrace/cloud/views/initial-fleet';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../ask/ask.ts';
import { type OpenFlow, openFlows } from '../ask/open-flows.ts';
import { intersect, isEmpty } from '../traffic/intervals.ts';
import { allTcp, trafficData } from '../traffic/traffic-set.ts';

interface Suggestion {
  readonly id: string;
  readonly verdict: 'allow' | 'forbid';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly protocol: string;
  readonly ports: string;
}

/**
 * Intents that the architecture evidently means, as a template's metadata: the internet to balancers that face it, balancers to their targets,
 * whoever is let into a database to it, and the internet to nobody else. Names are those of the resources.
 */
export function suggestedIntents(
  inventory: Inventory,
  network: NetworkView,
): { readonly 'Terrace::Intents': readonly Suggestion[] } {
  const fleet = coveringFleet(inventory);
  const { balancers, targetGroups } = balancingView(inventory, network, fleet);
  const facing = balancers.filter(({ internetFacing, listeners }) => internetFacing && listeners.length > 0);
  const fromInternet = facing.map((each) => ({
    ...allow('internet', logicalId(inventory, each.statedBy)),
    ports: [...new Set(each.listeners.map(({ port }) => port))].join(','),
  }));
  const toTargets = balancers.flatMap((balancer) =>
    targetGroups
      .filter(({ id }) => isForwarded(inventory, balancer.id, id))
      .flatMap((group) => {
        const owners = group.targets.map(({ address }) =>
          network.interfaces.find(({ addresses }) => addresses.includes(address)),
        );
        const names = [...new Set(owners.flatMap((each) => (each ? ownerName(inventory, each) : [])))];
        return names.map((name) => ({
          ...allow(logicalId(inventory, balancer.statedBy), name),
          ports: String(group.port),
        }));
      }),
  );
  const toDatabases = openFlows(openReach(network))
    .filter(({ from, to }) => from.key !== 'internet' && isDatabase(network, to.key) && !isDatabase(network, from.key))
    .filter(({ from }) => network.interfaces.some((each) => each.owner.kind === 'instance' && isOf(from.key, each)))
    .flatMap((flow): Suggestion[] => {
      const ports = databasePorts(flow);
      return ports === ''
        ? []
        : [{ ...allow(keyName(inventory, flow.from.key), keyName(inventory, flow.to.key)), ports }];
    });
  const open = new Set(facing.map((each) => logicalId(inventory, each.statedBy)));
  const others = [
    ...new Set(
      network.interfaces
        .filter(({ owner }) => owner.kind === 'instance' || owner.kind === 'database' || owner.kind === 'load-balancer')
        .map((each) => ownerName(inventory, each)),
    ),
  ].filter((name) => !open.has(name));
  const nobodyElse: Suggestion[] =
    others.length === 0
      ? []
      : [
          {
            id: 'internet-to-nobody-else',
            verdict: 'forbid',
            from: ['internet'],
            to: others,
            protocol: 'all',
            ports: 'all',
          },
        ];
  const all = [...fromInternet, ...toTargets, ...toDatabases, ...nobodyElse];
  return { 'Terrace::Intents': [...new Map(all.map((each) => [each.id, each])).values()] };
}

function allow(from: string, to: string): Omit<Suggestion, 'ports'> {
  return { id: `${from}-to-${to}`.toLowerCase(), verdict: 'allow', from: [from], to: [to], protocol: 'tcp' };
}

function logicalId(inventory: Inventory, key: string): string {
  return inventory.resources.find((each) => each.key === key)?.logicalId ?? key;
}

function ownerName(inventory: Inventory, each: NetworkInterface): string {
  return each.statedBy === null ? each.name : logicalId(inventory, each.statedBy);
}

/** A role's key is its resource and its subnet. */
function keyName(inventory: Inventory, key: string): string {
  return logicalId(inventory, key.split('@')[0] ?? key);
}

function isOf(key: string, each: NetworkInterface): boolean {
  return (each.statedBy ?? each.id) === key.split('@')[0];
}

function isDatabase(network: NetworkView, key: string): boolean {
  return network.interfaces.some((each) => each.owner.kind === 'database' && isOf(key, each));
}

function isForwarded(inventory: Inventory, balancer: string, group: string): boolean {
  const listeners = ofType(inventory, 'AWS::ElasticLoadBalancingV2::Listener').filter(
    ({ properties }) => properties.LoadBalancerArn === balancer,
  );
  const rules = ofType(inventory, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ properties }) =>
    listeners.some((each) => each.physicalId === properties.ListenerArn),
  );
  return [...listeners, ...rules].some(({ properties }) => JSON.stringify(properties).includes(JSON.stringify(group)));
}

/** The ports of a narrow opening; one for everything says nothing of what is meant. */
function databasePorts({ traffic }: OpenFlow): string {
  const tcp = intersect(traffic, allTcp);
  if (isEmpty(tcp)) return '';
  const ranges = trafficData(tcp).flatMap(({ ports }) => (ports ? [ports] : []));
  if (ranges.length === 0 || ranges.some(({ from, to }) => to - from > 100)) return '';
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
