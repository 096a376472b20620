import ipaddr from 'ipaddr.js';

/** An IPv6 address as 32 hexadecimal digits, so that two compare as texts do. */
export type Address6 = string;

/** A range of IPv6 addresses, both ends included. */
export interface Prefix6 {
  readonly first: Address6;
  readonly last: Address6;
  /** Number of leading bits, 0 to 128. */
  readonly length: number;
}

/** The range that `text` writes as `address/length`; `undefined` if it writes none. Bits behind the length are cleared, as AWS does. */
export function parsePrefix6(text: string): Prefix6 | undefined {
  if (!ipaddr.IPv6.isValidCIDR(text)) return undefined;
  const [, length] = ipaddr.IPv6.parseCIDR(text);
  return {
    first: digits(ipaddr.IPv6.networkAddressFromCIDR(text)),
    last: digits(ipaddr.IPv6.broadcastAddressFromCIDR(text)),
    length,
  };
}

export function parseAddress6(text: string): Address6 | undefined {
  return ipaddr.IPv6.isValid(text) ? digits(ipaddr.IPv6.parse(text)) : undefined;
}

export function formatAddress6(address: Address6): string {
  return new ipaddr.IPv6(Array.from(Buffer.from(address, 'hex'))).toString();
}

export function formatPrefix6(prefix: Prefix6): string {
  return `${formatAddress6(prefix.first)}/${prefix.length}`;
}

export function holdsAddress6(prefix: Prefix6, address: Address6): boolean {
  return prefix.first <= address && address <= prefix.last;
}

export function overlap6(one: Prefix6, other: Prefix6): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function digits(address: ipaddr.IPv6): Address6 {
  return Buffer.from(address.toByteArray()).toString('hex');
}
