import type { Inventory } from '../inventory.ts';
import type { Json, JsonObject } from '../json.ts';
import { text, texts } from '../property.ts';
import type { Standing } from './standing.ts';

/**
 * Of what stands, the things that the templates name, by whatever way they come to their ids (parameters, lookups, literals, imports), with
 * everything that is in the same VPC or in one that is peered with it: that decides who reaches what as well.
 */
export function standingInUse(standing: readonly Standing[], { resources, stacks }: Inventory): Standing[] {
  if (standing.length === 0) return [];
  const named = identifiersIn(resources.map(({ properties }) => properties));
  const regions = new Set(stacks.map(({ id }) => id.split(':')[3]));
  const vpcOfSubnet = new Map(
    standing.flatMap(({ list, id, resources: [own] }) =>
      list === 'Subnets' && own ? [[id, text(own.properties, 'VpcId') ?? ''] as const] : [],
    ),
  );
  const vpcsOf = (each: Standing) => [
    ...Object.keys(each.amends ?? {}),
    ...each.resources.flatMap(({ properties }) => vpcsNamed(properties, vpcOfSubnet)),
  ];
  const isNamed = (each: Standing) => named.has(each.id) && regions.has(each.region) && each.id !== 'default';
  const vpcs = new Set(standing.filter(isNamed).flatMap((each) => (each.list === 'Vpcs' ? [each.id] : vpcsOf(each))));
  const peerings = standing.filter(({ list }) => list === 'VpcPeeringConnections');
  for (let before = -1; before !== vpcs.size; ) {
    before = vpcs.size;
    for (const each of peerings) {
      const ends = vpcsOf(each);
      if (ends.some((id) => vpcs.has(id))) for (const id of ends) vpcs.add(id);
    }
  }
  const inUse = standing.filter((each) =>
    each.list === 'Vpcs' ? vpcs.has(each.id) : isNamed(each) || vpcsOf(each).some((id) => vpcs.has(id)),
  );
  const balancers = new Set(inUse.flatMap(({ list, id }) => (list === 'LoadBalancers' ? [id] : [])));
  const isListenerOf = ({ list, resources: [own] }: Standing) =>
    list === 'Listeners' && own !== undefined && balancers.has(text(own.properties, 'LoadBalancerArn') ?? '');
  return [...inUse, ...standing.filter((each) => isListenerOf(each) && !inUse.includes(each))];
}

function vpcsNamed(properties: JsonObject, vpcOfSubnet: ReadonlyMap<string, string>): string[] {
  const stated = ['VpcId', 'PeerVpcId'].flatMap((name) => text(properties, name) ?? []);
  const subnets = [...texts(properties, 'SubnetIds'), ...[text(properties, 'SubnetId') ?? []].flat()];
  return [...stated, ...subnets.flatMap((id) => vpcOfSubnet.get(id) ?? [])];
}

/** Every text within, and the ids of the network that stand in longer texts, such as ARNs. */
export function identifiersIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: Json): void => {
    if (typeof each === 'string') {
      found.add(each);
      for (const [id] of each.matchAll(/\b(?:vpc|subnet|sg|rtb|acl|igw|nat|eni|i|pcx|vpce)-[0-9a-f]{8,17}\b/g))
        found.add(id);
    } else if (Array.isArray(each)) each.forEach(visit);
    else if (typeof each === 'object' && each !== null) Object.values(each).forEach(visit);
  };
  visit(value);
  return found;
}
