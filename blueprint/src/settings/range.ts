/** IPv4 ranges (`10.10.0.0/16`), as far as settings have to be checked before anything is synthesized. */
export interface Range {
  /** The first address, as an unsigned 32-bit number. */
  readonly base: number;
  readonly length: number;
}

/** `undefined` if the text is no range, or has bits set behind its length. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, length] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((octet) => octet > 255) || length > 32) return undefined;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return base % 2 ** (32 - length) === 0 ? { base, length } : undefined;
}

export function holds(outer: Range, inner: Range): boolean {
  return outer.length <= inner.length && inner.base >= outer.base && inner.base < outer.base + 2 ** (32 - outer.length);
}

export function overlaps(one: Range, other: Range): boolean {
  return holds(one, other) || holds(other, one);
}
