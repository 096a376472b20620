/**
 * IPv4 addresses and prefixes. An address is an unsigned 32-bit number, so that intervals can be
 * computed with; `family` leaves the way open for IPv6, whose addresses would be bigint.
 */
export type Address = number;

export interface Prefix {
  readonly family: 4;
  /** The first address. */
  readonly base: Address;
  /** Number of leading bits, 0 to 32. */
  readonly length: number;
}

export const everywhere: Prefix = { family: 4, base: 0, length: 0 };

/** The address that `text` writes in dotted decimal, `undefined` if it writes none. */
export function parseAddress(text: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const octets = match.slice(1).map(Number);
  if (octets.some((octet, index) => octet > 255 || String(octet) !== match[index + 1])) return undefined;
  return octets.reduce((address, octet) => address * 256 + octet, 0);
}

export function formatAddress(address: Address): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** The prefix that `text` writes as `address/length`; `undefined` if it writes none or has bits set behind the length. */
export function parsePrefix(text: string): Prefix | undefined {
  const [head, tail, more] = text.split('/');
  if (head === undefined || tail === undefined || more !== undefined || !/^\d{1,2}$/.test(tail)) return undefined;
  const address = parseAddress(head);
  const length = Number(tail);
  if (address === undefined || length > 32) return undefined;
  const prefix = prefixOf(address, length);
  return prefix.base === address ? prefix : undefined;
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.base)}/${prefix.length}`;
}

/** The prefix of this length that holds the address. */
export function prefixOf(address: Address, length: number): Prefix {
  const size = 2 ** (32 - length);
  return { family: 4, base: Math.floor(address / size) * size, length };
}

export function prefixSize(prefix: Prefix): number {
  return 2 ** (32 - prefix.length);
}

export function lastAddress(prefix: Prefix): Address {
  return prefix.base + prefixSize(prefix) - 1;
}

export function holdsAddress(prefix: Prefix, address: Address): boolean {
  return address >= prefix.base && address <= lastAddress(prefix);
}

export function holdsPrefix(outer: Prefix, inner: Prefix): boolean {
  return outer.length <= inner.length && holdsAddress(outer, inner.base);
}

export function overlap(one: Prefix, other: Prefix): boolean {
  return holdsPrefix(one, other) || holdsPrefix(other, one);
}
