import { type Prefix, parsePrefix } from '../../address.ts';
import type { Resource } from '../../inventory.ts';
import type { Json } from '../../json.ts';
import type { Mistake, Place } from '../../mistake.ts';

/** The resources that a check of the network reads, found by what they are called. */
export interface NetworkSite {
  ofType(...types: readonly string[]): readonly Resource[];
  /** The same, and what stands without the templates. */
  standing(type: string): readonly Resource[];
  /** Whether no template makes it: of its parts, some may not be known here. */
  isOutside(resource: Resource): boolean;
  /** The resource with this physical id; a security group by its id or name. */
  find(id: Json | undefined): Resource | undefined;
  /** Where a property of a resource is written. */
  at(resource: Resource, ...path: readonly (string | number)[]): Place;
  report(mistake: Mistake): void;
  warn(mistake: Mistake): void;
  /** Ranges of a VPC that are well formed, its own first. */
  rangesOf(vpc: Resource): readonly Prefix[];
  /** Whether two VPCs are peered, by their physical ids; one that no template makes may be. */
  arePeered(one: string, other: string): boolean;
  /** Whether one is made after the other, by what it depends on and what that depends on. */
  waitsFor(one: Resource, other: Resource): boolean;
}

export function networkSite(
  resources: readonly Resource[],
  outside: readonly Resource[],
  at: NetworkSite['at'],
  report: NetworkSite['report'],
  warn: NetworkSite['warn'],
): NetworkSite {
  const byType = new Map<string, Resource[]>();
  const byId = new Map<string, Resource>();
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  for (const resource of resources) {
    const same = byType.get(resource.type) ?? [];
    byType.set(resource.type, same);
    same.push(resource);
    byId.set(resource.physicalId, resource);
    // A group of the default VPC is called by its name and by its id.
    if (typeof resource.attributes.GroupId === 'string') byId.set(resource.attributes.GroupId, resource);
  }
  for (const each of outside) byId.set(each.physicalId, each);
  const ofType = (...types: readonly string[]) => types.flatMap((type) => byType.get(type) ?? []);
  const standing = (type: string) => [...ofType(type), ...outside.filter((each) => each.type === type)];
  const outsiders = new Set(
    outside.filter(({ attributes }) => attributes.IsDefault !== undefined).map(({ physicalId }) => physicalId),
  );
  const peered = new Set(
    ofType('AWS::EC2::VPCPeeringConnection').flatMap(({ properties: { VpcId, PeerVpcId } }) => [
      `${VpcId} ${PeerVpcId}`,
      `${PeerVpcId} ${VpcId}`,
    ]),
  );
  return {
    ofType,
    standing,
    isOutside: (resource) => outside.includes(resource),
    find: (id) => (typeof id === 'string' ? byId.get(id) : undefined),
    at,
    report,
    warn,
    rangesOf: (vpc) =>
      [vpc, ...standing('AWS::EC2::VPCCidrBlock').filter((block) => block.properties.VpcId === vpc.physicalId)].flatMap(
        (each) => parsePrefix(String(each.properties.CidrBlock)) ?? [],
      ),
    arePeered: (one, other) => peered.has(`${one} ${other}`) || outsiders.has(one) || outsiders.has(other),
    waitsFor: (one, other) => {
      const before = new Set<string>();
      const open = [...one.dependsOn];
      for (let key = open.pop(); key !== undefined; key = open.pop()) {
        if (before.has(key)) continue;
        before.add(key);
        open.push(...(byKey.get(key)?.dependsOn ?? []));
      }
      return before.has(other.key);
    },
  };
}

export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
