import {
  type Address,
  formatAddress,
  holdsAddress,
  lastAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
  prefixSize,
} from '../address.ts';
import type { Allocations, ResourceKey } from '../inventory.ts';
import { hashNumber } from './identifier.ts';

/**
 * Every private and public address of an inventory comes from here: those of the template's own resources while it is loaded, those of
 * Auto Scaling members when a fleet is made. An address is looked for from a place that the owner's name decides
 * (a hash), and what was found is written down in `Allocations`, so that nothing is renumbered by what others do.
 */
export interface AddressRequest {
  /** Who it is for; see `instanceOwner`, `memberOwner`, `nodeOwner`. Within one subnet an owner has one address. */
  readonly owner: string;
  readonly subnet: ResourceKey;
  readonly range: Prefix;
  /** The address that the template states; it is given in any case, and to nobody else who asks in the same batch or later. */
  readonly wanted?: Address;
}

/** The owner's name for the interface of this device index of an instance that a template states; also for a network interface. */
export function instanceOwner(instance: ResourceKey, deviceIndex = 0): string {
  return deviceIndex === 0 ? instance : `${instance}@${deviceIndex}`;
}

/** The owner's name for a member of an Auto Scaling group. */
export function memberOwner(group: ResourceKey, ordinal: number): string {
  return `${group}#${ordinal}`;
}

/** The owner's name for what has an interface in several subnets or is one: load balancer, database, endpoint, NAT gateway. */
export function nodeOwner(resource: ResourceKey): string {
  return resource;
}

interface Allocated {
  /** In the order of the requests; `undefined` where the subnet is full. */
  readonly addresses: readonly (Address | undefined)[];
  readonly allocations: Allocations;
}

/** Gives each request its address: the one it states, the one it had if that still fits, or a new one. */
export function allocateAddresses(allocations: Allocations, requests: readonly AddressRequest[]): Allocated {
  const book = new AddressBook(allocations);
  for (const request of requests) if (request.wanted !== undefined) book.give(request);
  return { addresses: requests.map((request) => book.give(request)), allocations: book.allocations() };
}

/** One address; `undefined` where the subnet is full. Calls that each take up what the one before gave are as quick as a batch. */
export function allocateAddress(
  allocations: Allocations,
  request: AddressRequest,
): { readonly address: Address | undefined; readonly allocations: Allocations } {
  const book = books.get(allocations) ?? new AddressBook(allocations);
  const before = book.revision;
  const address = book.give(request);
  if (book.revision === before) {
    books.set(allocations, book);
    return { address, allocations };
  }
  books.delete(allocations);
  const next = book.allocations();
  books.set(next, book);
  return { address, allocations: next };
}

/** The book that stands at exactly these allocations, so that the next request need not read all of them. */
const books = new WeakMap<Allocations, AddressBook>();

/** The address that an owner was given in a subnet. */
export function addressOf(allocations: Allocations, subnet: ResourceKey, owner: string): Address | undefined {
  const text = allocations[addressKey(subnet, owner)];
  return text === undefined ? undefined : parseAddress(text);
}

/** Public and Elastic IP addresses of every region: a range for benchmarks, so that nothing real is ever named. */
const publicRange: Prefix = parsePrefix('198.18.0.0/16')!;

const publicPool = 'public';

/** The owner's name for the public address of a load balancer's node in one of its subnets. */
export function publicNodeOwner(loadBalancer: ResourceKey, subnet: ResourceKey): string {
  return `${loadBalancer}@${subnet}`;
}

/** The public address of an owner: an Elastic IP's resource key, `instanceOwner`, `memberOwner`, `publicNodeOwner`. */
export function publicAddressRequest(owner: string): AddressRequest {
  return { owner, subnet: publicPool, range: publicRange };
}

/**
 * Whether AWS would give this address to an interface: not the first four and not the last of the range.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function isAssignable(range: Prefix, address: Address): boolean {
  return holdsAddress(range, address) && address >= range.base + 4 && address < lastAddress(range);
}

/** How often another has taken an owner's place. */
export function replacementsOf(allocations: Allocations, owner: string): number {
  return countIn(allocations[replacementsKey(owner)]);
}

/** Addresses being given out: what `allocateAddresses` does, one request at a time. */
export class AddressBook {
  readonly #entries: Map<string, string>;
  readonly #taken = new Map<string, Map<Address, string>>();
  readonly #reserved: ReadonlySet<Address>;
  /** Held by what is being replaced. */
  readonly #left = new Set<Address>();
  #revision = 0;

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** `reserved` are addresses that will be stated by somebody, so that nobody else is given them before. */
  constructor(allocations: Allocations, reserved: ReadonlySet<Address> = new Set()) {
    this.#entries = new Map(Object.entries(allocations));
    this.#reserved = reserved;
    for (const [key, text] of this.#entries) {
      const [kind, subnet, owner] = key.split(' ');
      const address = parseAddress(text);
      if (kind === 'address' && subnet && owner && address !== undefined) this.#holders(subnet).set(address, owner);
    }
  }

  /** `undefined` where the subnet is full. */
  give(request: AddressRequest): Address | undefined {
    const address = request.wanted ?? this.#kept(request) ?? this.#probe(request);
    if (address !== undefined) this.#write(request, address);
    return address;
  }

  /**
   * Others take the owners' places: they are given other addresses than the ones that are held until the new ones stand. What else
   * an owner's name begins, as its second interface or a member of its group, goes along.
   *
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  replace(...owners: readonly string[]): void {
    if (owners.length === 0) return;
    const places = new Set(owners);
    this.#revision++;
    for (const [key, text] of [...this.#entries]) {
      const [kind, subnet, holder] = key.split(' ');
      if (kind !== 'address' || !subnet || !holder || !line(holder).some((each) => places.has(each))) continue;
      const address = parseAddress(text) as Address;
      this.#entries.delete(key);
      this.#entries.set(formerKey(subnet, holder), text);
      this.#holders(subnet).delete(address);
      this.#left.add(address);
    }
    for (const owner of places) {
      this.#entries.set(replacementsKey(owner), String(this.replacements(owner) + 1));
      this.#entries.delete(revisionsKey(owner));
    }
  }

  /** How often another has taken the owner's place. */
  replacements(owner: string): number {
    return countIn(this.#entries.get(replacementsKey(owner)));
  }

  /** The owner stays and has another version of itself. */
  revise(owner: string): void {
    this.#revision++;
    this.#entries.set(revisionsKey(owner), String(this.revisions(owner) + 1));
  }

  /** How often it was revised since it was made. */
  revisions(owner: string): number {
    return countIn(this.#entries.get(revisionsKey(owner)));
  }

  allocations(): Allocations {
    return Object.fromEntries(this.#entries);
  }

  #write({ subnet, owner }: AddressRequest, address: Address): void {
    const holders = this.#holders(subnet);
    const before = holders.get(address);
    if (before === owner && this.#entries.get(addressKey(subnet, owner)) === formatAddress(address)) return;
    this.#revision++;
    if (before !== undefined && before !== owner) this.#entries.delete(addressKey(subnet, before));
    const moved = this.#entries.get(addressKey(subnet, owner));
    if (moved !== undefined && moved !== formatAddress(address)) holders.delete(parseAddress(moved) as Address);
    this.#entries.set(addressKey(subnet, owner), formatAddress(address));
    holders.set(address, owner);
  }

  #kept({ subnet, owner, range }: AddressRequest): Address | undefined {
    const text = this.#entries.get(addressKey(subnet, owner));
    const address = text === undefined ? undefined : parseAddress(text);
    if (address === undefined || !isAssignable(range, address)) return undefined;
    return this.#holders(subnet).get(address) === owner ? address : undefined;
  }

  #probe({ subnet, owner, range }: AddressRequest): Address | undefined {
    const assignable = prefixSize(range) - 5;
    if (assignable <= 0) return undefined;
    const holders = this.#holders(subnet);
    const replacements = line(owner).reduce((sum, each) => sum + this.replacements(each), 0);
    const words = replacements > 0 ? [owner, String(replacements)] : [owner];
    const start = hashNumber('address', ...words) % assignable;
    const former = parseAddress(this.#entries.get(formerKey(subnet, owner)) ?? '');
    for (let step = 0; step < assignable; step++) {
      const address = range.base + 4 + ((start + step) % assignable);
      if (!this.#isTaken(holders, address) && address !== former) return address;
    }
    // Where there is no other left, it is the former one's own: that ends before the new one comes.
    if (former === undefined || !isAssignable(range, former)) return undefined;
    return holders.has(former) || this.#reserved.has(former) ? undefined : former;
  }

  #isTaken(holders: ReadonlyMap<Address, string>, address: Address): boolean {
    return holders.has(address) || this.#reserved.has(address) || this.#left.has(address);
  }

  #holders(subnet: string): Map<Address, string> {
    const found = this.#taken.get(subnet);
    if (found) return found;
    const made = new Map<Address, string>();
    this.#taken.set(subnet, made);
    return made;
  }
}

/** What is no count, as in a file that somebody wrote in, is none: nothing could be counted from there. */
function countIn(text: string | undefined): number {
  const count = Number(text ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** An owner and whose it is: `Stack/Group#0@1` is an interface of `Stack/Group#0`, which is a member of `Stack/Group`. */
function line(owner: string): string[] {
  const ends = [...owner.matchAll(/[#@]|$/g)].map(({ index }) => index);
  return ends.map((end) => owner.slice(0, end));
}

/** What the one had whose place was taken last. */
function formerKey(subnet: ResourceKey, owner: string): string {
  return `former ${subnet} ${owner}`;
}

function replacementsKey(owner: string): string {
  return `replaced ${owner}`;
}

function revisionsKey(owner: string): string {
  return `revised ${owner}`;
}

function addressKey(subnet: ResourceKey, owner: string): string {
  return `address ${subnet} ${owner}`;
}
