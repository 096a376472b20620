import type { Inventory } from '@terrace/cloud/inventory';
import type { NetworkView } from '@terrace/cloud/views/network';
import { openReach } from './ask.ts';
import { type OpenFlow, openFlows } from './open-flows.ts';
import { trafficData } from './traffic-set.ts';

/** Intents of the template's own tiers, to begin with: what is open on few ports now, and a first thing to forbid. */
export function exampleIntents(inventory: Inventory, network: NetworkView): string {
  const flows = openFlows(openReach(network));
  const narrow = flows.filter((flow) => onePort(flow) !== undefined && flow.from.key !== flow.to.key);
  const allowed = narrow.slice(0, 3).map((flow) => ({
    id: `${flow.from.name}-to-${flow.to.name}`.toLowerCase(),
    verdict: 'allow',
    from: [referenceTo(inventory, flow.from)],
    to: [referenceTo(inventory, flow.to)],
    protocol: 'tcp',
    ports: String(onePort(flow)),
  }));
  const database = network.interfaces.find((each) => each.owner.kind === 'database') ?? network.interfaces[0];
  const forbidden = {
    id: 'internet-not-to-data',
    verdict: 'forbid',
    from: ['internet'],
    to: [database?.name ?? 'Database'],
    protocol: 'all',
    ports: 'all',
  };
  const intents = [...new Map([...allowed, forbidden].map((each) => [each.id, each])).values()];
  return JSON.stringify({ 'Terrace::Intents': intents }, null, 2);
}

function onePort({ traffic }: OpenFlow): number | undefined {
  const [first, more] = trafficData(traffic);
  return first?.protocol === 'tcp' && more === undefined && first.ports?.from === first.ports?.to
    ? first.ports?.from
    : undefined;
}

function referenceTo(inventory: Inventory, role: OpenFlow['from']): string {
  const [key] = role.key.split('@');
  return inventory.resources.find((each) => each.key === key)?.logicalId ?? role.name;
}
