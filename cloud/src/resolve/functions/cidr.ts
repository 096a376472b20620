import { formatPrefix, parsePrefix } from '../../address.ts';
import { formatAddress6, parsePrefix6 } from '../../address6.ts';

/**
 * `Fn::Cidr`: so many ranges of `hostBits` bits each, one after the other from the start of `range`; `undefined` if they do not fit.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function splitRange(range: string, count: number, hostBits: number): string[] | undefined {
  if (range.includes(':')) return splitRange6(range, count, hostBits);
  const prefix = parsePrefix(range);
  if (!prefix || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > 32 - prefix.length) return undefined;
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - prefix.length)) return undefined;
  return Array.from({ length: count }, (_, index) =>
    formatPrefix({ family: 4, base: prefix.base + index * size, length: 32 - hostBits }),
  );
}

function splitRange6(range: string, count: number, hostBits: number): string[] | undefined {
  const prefix = parsePrefix6(range);
  if (!prefix || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > 128 - prefix.length) return undefined;
  const size = 1n << BigInt(hostBits);
  if (BigInt(count) * size > 1n << BigInt(128 - prefix.length)) return undefined;
  const base = BigInt(`0x${prefix.first}`);
  return Array.from({ length: count }, (_, index) => {
    const first = (base + BigInt(index) * size).toString(16).padStart(32, '0');
    return `${formatAddress6(first)}/${128 - hostBits}`;
  });
}
