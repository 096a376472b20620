import { createHash } from 'node:crypto';
import { type Address, type Prefix, parseAddress, parsePrefix } from '../address.ts';
import { type Address6, parseAddress6 } from '../address6.ts';

/**
 * The addresses of the region's internet. They come from ranges that belong to nobody (RFC 2544, RFC 5737), so
 * that nothing shown or logged here is ever somebody's real machine.
 */

/** Elastic and public addresses are given out from here. */
export const publicPool: Prefix = parsePrefix('198.18.0.0/16')!;

/** AWS's own service endpoints stand here. */
export const servicePool: Prefix = parsePrefix('198.19.0.0/16')!;

/** Where requests "from the internet" come from, unless a probe names another address. */
export const internetClient: Address = parseAddress('203.0.113.10')!;

/** The same client in IPv6, from a range for documentation (RFC 9637) that no VPC here is given. */
export const internetClient6: Address6 = parseAddress6('3fff:fff::10')!;

/** The ranges of the services that gateway endpoints and AWS-managed prefix lists name. */
const listedServices: Readonly<Record<string, Prefix>> = {
  s3: parsePrefix('198.19.1.0/24')!,
  dynamodb: parsePrefix('198.19.2.0/24')!,
};

/** The ranges that the AWS-managed prefix list of a service (`s3`, `dynamodb`) holds; none for others. */
export function servicePrefixes(service: string): readonly Prefix[] {
  const range = listedServices[service];
  return range ? [range] : [];
}

/** Where the public endpoint of a service (`s3`, `secretsmanager`, `ssm`, …) stands in the region's internet. */
export function serviceAddress(service: string): Address {
  const range = listedServices[service];
  if (range) return range.base + 1;
  const spread = createHash('sha256').update(service).digest().readUInt16BE(0) % 0x7000;
  return servicePool.base + 0x1000 + spread;
}
