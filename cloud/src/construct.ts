import type { Resource } from './inventory.ts';

/**
 * The path of the CDK construct that a resource belongs to, as CDK itself writes it: `Service/Web/ASG` belongs to `Service/Web`. `undefined` for what no
 * CDK app made.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html#identifiers-paths
 */
export function constructPath({ metadata }: Pick<Resource, 'metadata'>): string | undefined {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' && path !== '' ? path.replace(mainChild, '') : undefined;
}

/** What a construct calls the resource that it is all about. */
const mainChild = /(?<=[^/]\/.*)\/(Resource|Default|ASG|Subnet|RouteTable)$/;
