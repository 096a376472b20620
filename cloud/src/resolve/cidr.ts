import { formatPrefix, parsePrefix } from '../address.ts';

/**
 * `Fn::Cidr`: so many ranges of `hostBits` bits each, one after the other from the start of `range`; `undefined` if they do not fit.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function splitRange(range: string, count: number, hostBits: number): string[] | undefined {
  const prefix = parsePrefix(range);
  if (!prefix || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > 32 - prefix.length) return undefined;
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - prefix.length)) return undefined;
  return Array.from({ length: count }, (_, index) =>
    formatPrefix({ family: 4, base: prefix.base + index * size, length: 32 - hostBits }),
  );
}
