import {
  type Address,
  formatAddress,
  holdsAddress,
  overlap,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../address.ts';
import { holdsAddress6, type Prefix6, parseAddress6, parsePrefix6 } from '../address6.ts';
import { constructPath } from '../construct.ts';
import { ends } from '../families/registry.ts';
import { everyResource, type Inventory, ofType, type Resource } from '../inventory.ts';
import { failure, type Mistake, mistake, type Place, type Result, success } from '../mistake.ts';
import { closest, nearest } from '../nearest.ts';
import { attribute, nameOf, text } from '../property.ts';
import { words } from '../words.ts';
import { groupId } from './network/security-groups.ts';
import type { GatewayEndpoint, NetworkInterface, NetworkView } from './network.ts';

/** Who or what a reference means: interfaces of the view, the internet, and a range of addresses that may hold both. */
export interface Endpoints {
  /** As it was written. */
  readonly reference: string;
  readonly interfaces: readonly NetworkInterface[];
  /** Every machine outside is meant too: `internet` and `any`. */
  readonly internet: boolean;
  /** A range or one address (`/32`) was written; interfaces in it are listed, the rest of it is outside or nobody. */
  readonly range: Prefix | null;
  /** The same where it was written in IPv6. */
  readonly range6?: Prefix6;
  /** An internet-facing load balancer: its name gives public addresses to whoever asks. */
  readonly byPublicAddress: boolean;
  /** What the range is called: the prefix list of a service. */
  readonly label?: string;
}

/**
 * What a word on the command line or in an intent means: `internet`, `any`, an address, a range, a logical id
 * (with or without its stack), a physical id, a Name tag or name, the path of a CDK construct or its end (`Service/Web`, `Web`), a DNS name, a
 * member of a group (`web/0`), a node of a load balancer (`Balancer/ap-northeast-2a`). Case does not matter where one thing is meant.
 *
 * Mistakes: `UNKNOWN_REFERENCE` with the nearest name, `AMBIGUOUS_REFERENCE` with the candidates, `NOTHING_TO_REACH` for a resource
 * that has no address.
 *
 * @param place where the reference stands, for what is wrong with it
 */
export function resolveReference(
  reference: string,
  inventory: Inventory,
  view: NetworkView,
  place: Place = {},
): Result<Endpoints> {
  const network = withServices(view);
  const found = (interfaces: readonly NetworkInterface[], more: Partial<Endpoints> = {}): Result<Endpoints> =>
    success({
      reference,
      interfaces,
      internet: false,
      range: null,
      byPublicAddress: facesInternet(interfaces),
      ...more,
    });
  if (reference === 'internet') return found([], { internet: true });
  if (reference === 'any') return found(network.interfaces, { internet: true, byPublicAddress: false });
  const address = parseAddress(reference);
  const range = address === undefined ? parsePrefix(reference) : ({ family: 4, base: address, length: 32 } as const);
  if (range) return found(interfacesIn(range, network), { range, byPublicAddress: holdsPublic(range, network) });
  const list = network.prefixLists.find((each) => each.statedBy === null && [each.id, each.name].includes(reference));
  if (list?.entries[0]) return found([], { range: list.entries[0], label: list.name });
  const called = (same: typeof exactly) =>
    network.interfaces.filter((each) => same(each.id, reference) || same(each.name, reference));
  const exact = called(exactly);
  const direct = exact.length > 0 ? exact : called(inAnyCase);
  const named = resourcesNamed(reference, inventory);
  const matches = named.length > 0 ? named : byPublicName(reference, inventory);
  if (matches.length > 1) return failure([ambiguous(reference, matches, place)]);
  if (matches.length === 0) {
    const members = direct.length > 0 ? [] : membersNamed(reference, inventory, network);
    if (members.length > 0) return found(members);
    if (direct.length === 0) return failure([unknown(reference, inventory, network, place)]);
    const owners = new Set(direct.map((each) => each.statedBy));
    if (owners.size > 1) return failure([ambiguousInterface(reference, direct, place)]);
    return found(direct);
  }
  const match = matches[0]!;
  if (ends[match.type] === 'address') return resolveReference(elasticAddress(match), inventory, view, place);
  const endpoint = network.gatewayEndpoints.find((each) => each.id === match.physicalId);
  if (endpoint) return failure([gatewayEndpointHasNoAddress(reference, endpoint, network, place)]);
  const members = interfacesOf(match, inventory, network);
  if (members) return found(members);
  return direct.length > 0 ? found(direct) : failure([nothingToReach(matches[0]!, reference, place)]);
}

/** The same for a question that may be about IPv6: an address or a range of that family is one too. */
export function resolveEndpoint(reference: string, inventory: Inventory, view: NetworkView): Result<Endpoints> {
  const address = parseAddress6(reference);
  const range6 = address === undefined ? parsePrefix6(reference) : { first: address, last: address, length: 128 };
  if (!range6) return resolveReference(reference, inventory, view);
  const held = view.modelled?.ipv6.addresses ?? {};
  const interfaces = view.interfaces.filter(({ id }) => held[id]?.some((each) => holdsAddress6(range6, each)));
  return success({ reference, interfaces, internet: false, range: null, range6, byPublicAddress: false });
}

/** A service's interface is meant wherever it may stand; it has no address to be named by unless it stands already. */
function withServices(view: NetworkView): NetworkView {
  const services = view.modelled?.serviceInterfaces ?? [];
  return services.length === 0 ? view : { ...view, interfaces: [...view.interfaces, ...services] };
}

function elasticAddress(resource: Resource): string {
  return attribute(resource, 'PublicIp') ?? resource.physicalId;
}

/** A DNS name that AWS gives a resource: a load balancer's, a database's, an instance's. */
function byPublicName(reference: string, inventory: Inventory): Resource[] {
  if (!reference.includes('.')) return [];
  const name = reference.toLowerCase().replace(/\.$/, '');
  const answers = ({ attributes }: Resource) =>
    Object.values(attributes).some((value) => typeof value === 'string' && value.toLowerCase() === name);
  const named = inventory.resources.filter(answers);
  const own = named.filter(isOwner);
  return own.length > 0 ? own : named.slice(0, 1);
}

function gatewayEndpointHasNoAddress(
  reference: string,
  endpoint: GatewayEndpoint,
  network: NetworkView,
  place: Place,
): Mistake {
  const list = network.prefixLists.find((each) => each.id === endpoint.prefixList)?.name ?? endpoint.prefixList;
  return mistake('GATEWAY_ENDPOINT_HAS_NO_ADDRESS', place, {
    cause: words(
      `${reference} is a gateway endpoint: a route to the addresses of ${list}, with no address of its own.`,
      `${reference}{은/는} 게이트웨이 엔드포인트입니다. ${list}의 주소로 가는 경로이며 자기 주소는 없습니다.`,
    ),
    next: words(`Ask for the service's prefix list: ${list}.`, `서비스의 접두사 목록으로 물어보세요: ${list}`),
  });
}

/** The interfaces that belong to a resource, or lie in it; `undefined` for a type that has to do with no interface. */
function interfacesOf(
  resource: Resource,
  inventory: Inventory,
  network: NetworkView,
): readonly NetworkInterface[] | undefined {
  const id = resource.physicalId;
  if (inventory.neighbours?.includes(resource))
    return network.interfaces.filter((each) => each.statedBy === resource.key);
  switch (ends[resource.type]) {
    case 'group':
      return network.interfaces.filter((each) => each.securityGroups.includes(groupId(resource)));
    case 'subnet':
      return network.interfaces.filter((each) => each.subnet === id);
    case 'vpc':
      return network.interfaces.filter((each) => each.vpc === id);
    case 'instance':
      return network.interfaces.filter((each) => each.owner.kind === 'instance' && each.owner.id === id);
    case 'cluster': {
      const members = ofType(inventory, 'AWS::RDS::DBInstance').filter(
        (each) => each.properties.DBClusterIdentifier === id,
      );
      return network.interfaces.filter((each) => members.some((member) => member.key === each.statedBy));
    }
    case 'owner':
      return network.interfaces.filter((each) => each.statedBy === resource.key);
    default: {
      const services = network.interfaces.filter((each) => each.statedBy === resource.key);
      return services.length > 0 ? services : undefined;
    }
  }
}

/** What interfaces lie in. What holds some of its own goes before it, where one name means both. */
function isContainer({ type }: Resource): boolean {
  const end = ends[type];
  return end === 'group' || end === 'subnet' || end === 'vpc';
}

function isOwner(resource: Resource): boolean {
  return ends[resource.type] !== undefined && !isContainer(resource);
}

/**
 * The resources that a word names in the strictest sense that names any: key, logical id, physical id, Name tag or name, construct path, the end of
 * such a path, a construct around it. Each sense is tried as written first, and all of them then in any case.
 */
export function resourcesNamed(reference: string, inventory: Inventory): Resource[] {
  const senses: ((resource: Resource) => readonly (string | undefined)[])[] = [
    ({ key }) => [key],
    ({ logicalId }) => [logicalId],
    ({ physicalId }) => [physicalId],
    (resource) => [resource.tags.Name, ...statedNames(resource)],
    (resource) => [constructPath(resource), fullPath(resource)],
    (resource) => endsOf(constructPath(resource)),
    (resource) => endsOf(fullPath(resource)),
    (resource) => constructsAround(constructPath(resource)),
  ];
  for (const same of [exactly, inAnyCase]) {
    for (const sense of senses) {
      const matches = [...everyResource(inventory), ...(inventory.neighbours ?? [])].filter((each) =>
        sense(each).some((name) => same(name, reference)),
      );
      const addressable = [matches.filter(isOwner), matches.filter(isContainer)];
      const best = addressable.find((each) => each.length > 0) ?? matches.slice(0, 1);
      if (best.length > 0) return best;
    }
  }
  return [];
}

function exactly(name: string | undefined, reference: string): boolean {
  return name === reference;
}

function inAnyCase(name: string | undefined, reference: string): boolean {
  return name?.toLowerCase() === reference.toLowerCase();
}

/** Names that a template gives to what AWS knows by an ARN or an id. */
function statedNames({ type, properties }: Resource): (string | undefined)[] {
  const stated =
    type === 'AWS::EC2::SecurityGroup' ? ['GroupName'] : ['Name', 'LoadBalancerName', 'AutoScalingGroupName'];
  return stated.map((name) => text(properties, name));
}

function fullPath({ metadata }: Resource): string | undefined {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' ? path : undefined;
}

/** `Live/Service/Web` ends with `Service/Web` and with `Web`. */
function endsOf(path: string | undefined): string[] {
  const parts = path?.split('/') ?? [];
  return parts.slice(1).map((_, at) => parts.slice(at + 1).join('/'));
}

/** `Live/Service/Web` is within `Live`, `Live/Service` and `Service`: a construct may be named for the one server in it. */
function constructsAround(path: string | undefined): string[] {
  const around = path?.split('/').slice(0, -1) ?? [];
  return around.flatMap((_, end) => around.slice(0, end + 1).map((_, start) => around.slice(start, end + 1).join('/')));
}

/** A member of a group or a node of a balancer by any name of its owner: `Web/0`, `alb/ap-northeast-2a`. */
function membersNamed(reference: string, inventory: Inventory, network: NetworkView): NetworkInterface[] {
  const end = reference.slice(reference.lastIndexOf('/')).toLowerCase();
  return allMembers(reference, inventory, network).filter(({ name }) => name.toLowerCase().endsWith(end));
}

/** All members of the group, or nodes of the balancer, one of which a reference names. */
function allMembers(reference: string, inventory: Inventory, network: NetworkView): readonly NetworkInterface[] {
  const at = reference.lastIndexOf('/');
  const owner = at > 0 ? resourcesNamed(reference.slice(0, at), inventory) : [];
  return owner.length === 1 ? (interfacesOf(owner[0]!, inventory, network) ?? []) : [];
}

function interfacesIn(range: Prefix, network: NetworkView): NetworkInterface[] {
  return network.interfaces.filter((each) => {
    const subnet = each.addresses.length === 0 && network.subnets.find(({ id }) => id === each.subnet);
    if (subnet && overlap(subnet.range, range)) return true;
    return [...each.addresses, ...(each.publicAddress === null ? [] : [each.publicAddress])].some((address: Address) =>
      holdsAddress(range, address),
    );
  });
}

function holdsPublic(range: Prefix, network: NetworkView): boolean {
  return network.interfaces.some((each) => each.publicAddress !== null && holdsAddress(range, each.publicAddress));
}

function facesInternet(interfaces: readonly NetworkInterface[]): boolean {
  return (
    interfaces.length > 0 &&
    interfaces.every((each) => each.owner.kind === 'load-balancer' && each.publicAddress !== null)
  );
}

function unknown(reference: string, inventory: Inventory, network: NetworkView, place: Place): Mistake {
  const known = [...knownNames(inventory, network)];
  const near = nearest(reference, known);
  const members = allMembers(reference, inventory, network).map(({ name }) => name);
  const list = [...new Set([...members, ...closest(reference, known, 5)])].slice(0, 5).join(', ');
  return mistake('UNKNOWN_REFERENCE', place, {
    cause: words(`Nothing here is called ${reference}.`, `${reference}{이라/라}는 이름은 없습니다.`),
    next: near
      ? words(`Did you mean ${near}? Nearest names: ${list}.`, `${near}{을/를} 뜻하셨나요? 가까운 이름: ${list}`)
      : words(
          `Nearest names: ${list}; also internet and any.`,
          `가까운 이름: ${list}. internet과 any도 쓸 수 있습니다.`,
        ),
  });
}

/** What can be named: members and nodes, resources as they are shown, and the ids of constructs and templates. */
function knownNames(inventory: Inventory, network: NetworkView): ReadonlySet<string> {
  const resources = inventory.resources.filter(({ type }) => ends[type] !== undefined);
  return new Set([
    ...network.interfaces.map((each) => each.name),
    ...resources.flatMap((each) => [nameOf(each), ...(constructPath(each)?.split('/').slice(-1) ?? [each.logicalId])]),
  ]);
}

function ambiguous(reference: string, matches: readonly Resource[], place: Place): Mistake {
  const shown = nearestFirst(reference, matches).slice(0, 6);
  const more = matches.length - shown.length;
  const candidates = shown.map((each) => `${constructPath(each) ?? each.key} (${each.type})`).join(', ');
  const example = constructPath(shown[0]!) ?? shown[0]!.key;
  return mistake('AMBIGUOUS_REFERENCE', place, {
    cause: words(
      `${reference} means more than one thing: ${candidates}${more > 0 ? ` and ${more} more` : ''}.`,
      `${reference}에 해당하는 것이 여럿입니다: ${candidates}${more > 0 ? ` 외 ${more}개` : ''}`,
    ),
    next: words(`Name one of them, for example ${example}.`, `하나를 지정하세요. 예: ${example}`),
  });
}

/** Constructs close to the root of the app before those deep in others. */
function nearestFirst(reference: string, matches: readonly Resource[]): Resource[] {
  const depth = (each: Resource) => (constructPath(each) ?? each.key).split('/').length;
  const named = (each: Resource) => Number(!nameOf(each).endsWith(reference));
  return [...matches].sort((one, other) => named(one) - named(other) || depth(one) - depth(other));
}

function ambiguousInterface(reference: string, matches: readonly NetworkInterface[], place: Place): Mistake {
  const candidates = matches.map((each) => `${each.id} (${formatAddress(each.addresses[0]!)})`).join(', ');
  return mistake('AMBIGUOUS_REFERENCE', place, {
    cause: words(
      `${reference} means more than one thing: ${candidates}.`,
      `${reference}에 해당하는 것이 여럿입니다: ${candidates}`,
    ),
    next: words(`Name one of them, for example ${matches[0]!.id}.`, `하나를 지정하세요. 예: ${matches[0]!.id}`),
  });
}

function nothingToReach(resource: Resource, reference: string, place: Place): Mistake {
  return mistake('NOTHING_TO_REACH', place, {
    cause: words(
      `${reference} is an ${resource.type}, which has no address in a network.`,
      `${reference}{은/는} ${resource.type}이며 네트워크 주소가 없습니다.`,
    ),
    next: words(
      'Name an instance, a group of instances, a load balancer, a database, a security group, a subnet, a VPC, an address or internet.',
      '인스턴스, Auto Scaling 그룹, 로드 밸런서, 데이터베이스, 보안 그룹, 서브넷, VPC, 주소, internet 중 하나를 지정하세요.',
    ),
  });
}
