import { everywhere, parsePrefix } from '../../address.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import { flag, nameOf, number, text } from '../../property.ts';
import type { AclEntry, NetworkAcl, Vpc } from '../network.ts';
import { aclEntryTraffic } from './traffic.ts';

/** Each VPC's default ACL, which allows everything until entries are added to it, and the template's own. */
export function networkAclsOf(inventory: Inventory, vpcs: readonly Vpc[]): NetworkAcl[] {
  const entries = statedEntries(inventory);
  const described = new Set(ofType(inventory, 'AWS::EC2::NetworkAcl').map(({ physicalId }) => physicalId));
  const defaults = vpcs
    .filter((vpc) => !described.has(vpc.defaultNetworkAcl))
    .map(
      (vpc): NetworkAcl => ({
        id: vpc.defaultNetworkAcl,
        statedBy: null,
        name: `default ACL of ${vpc.name}`,
        vpc: vpc.id,
        isDefault: true,
        ingress: inOrder([allowAll, ...entriesOf(entries, vpc.defaultNetworkAcl, 'ingress')]),
        egress: inOrder([allowAll, ...entriesOf(entries, vpc.defaultNetworkAcl, 'egress')]),
      }),
    );
  const stated = ofType(inventory, 'AWS::EC2::NetworkAcl').flatMap((resource): NetworkAcl[] => {
    const vpc = vpcs.find((each) => each.id === text(resource.properties, 'VpcId'));
    if (!vpc) return [];
    return [
      {
        id: resource.physicalId,
        statedBy: resource.key,
        name: nameOf(resource),
        vpc: vpc.id,
        isDefault: vpc.defaultNetworkAcl === resource.physicalId,
        ingress: inOrder(entriesOf(entries, resource.physicalId, 'ingress')),
        egress: inOrder(entriesOf(entries, resource.physicalId, 'egress')),
      },
    ];
  });
  return [...defaults, ...stated, ...namedAcls(inventory, vpcs, [...defaults, ...stated])];
}

/** ACLs that an association names and no template makes: nothing is known of their entries. */
function namedAcls(inventory: Inventory, vpcs: readonly Vpc[], known: readonly NetworkAcl[]): NetworkAcl[] {
  return ofType(inventory, 'AWS::EC2::SubnetNetworkAclAssociation').flatMap(({ properties }, index, all) => {
    const id = text(properties, 'NetworkAclId');
    const subnet = ofType(inventory, 'AWS::EC2::Subnet').find(
      (each) => each.physicalId === text(properties, 'SubnetId'),
    );
    const vpc = vpcs.find((each) => subnet && each.id === text(subnet.properties, 'VpcId'));
    const isFirst = all.findIndex((each) => text(each.properties, 'NetworkAclId') === id) === index;
    if (id === undefined || !vpc || !isFirst || known.some((each) => each.id === id)) return [];
    return [{ id, statedBy: null, name: id, vpc: vpc.id, isDefault: false, ingress: [allowAll], egress: [allowAll] }];
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
const allowAll: AclEntry = {
  ruleNumber: 100,
  action: 'allow',
  traffic: { protocol: 'all' },
  range: everywhere,
  statedBy: null,
};

interface StatedEntry {
  readonly acl: string;
  readonly direction: 'ingress' | 'egress';
  readonly entry: AclEntry;
}

/** Entries for IPv4; those that name an IPv6 range concern no packet here. */
function statedEntries(inventory: Inventory): StatedEntry[] {
  return ofType(inventory, 'AWS::EC2::NetworkAclEntry').flatMap(({ key, properties }) => {
    const acl = text(properties, 'NetworkAclId');
    const range = parsePrefix(text(properties, 'CidrBlock') ?? '');
    const ruleNumber = number(properties, 'RuleNumber');
    if (!acl || !range || ruleNumber === undefined) return [];
    const action = text(properties, 'RuleAction')?.toLowerCase() === 'allow' ? 'allow' : 'deny';
    const direction = flag(properties, 'Egress') ? 'egress' : 'ingress';
    return {
      acl,
      direction,
      entry: { ruleNumber, action, traffic: aclEntryTraffic(properties), range, statedBy: key },
    };
  });
}

function entriesOf(entries: readonly StatedEntry[], acl: string, direction: 'ingress' | 'egress'): AclEntry[] {
  return entries.filter((each) => each.acl === acl && each.direction === direction).map((each) => each.entry);
}

function inOrder(entries: readonly AclEntry[]): AclEntry[] {
  return [...entries].sort((one, other) => one.ruleNumber - other.ruleNumber);
}
