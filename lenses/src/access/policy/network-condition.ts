/** Whether an address is within a network, for IPv4 and IPv6. `false` for what is neither. */
export function inNetwork(network: string, address: string): boolean {
  const [base, length] = network.split('/');
  const outer = parse(base ?? '');
  const inner = parse(address);
  if (outer === undefined || inner === undefined || outer.bits !== inner.bits) return false;
  const prefix = length === undefined ? outer.bits : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > outer.bits) return false;
  const shift = BigInt(outer.bits - prefix);
  return outer.value >> shift === inner.value >> shift;
}

interface Parsed {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parse(text: string): Parsed | undefined {
  return text.includes(':') ? parseSix(text) : parseFour(text);
}

function parseFour(text: string): Parsed | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^\d{1,3}$/.test(octet) || Number(octet) > 255)) return undefined;
  return { bits: 32, value: octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n) };
}

function parseSix(text: string): Parsed | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}
