import { createHash } from 'node:crypto';

/**
 * The id of something that AWS makes without a resource of its own in the template: a main route table, the interface of a
 * load balancer in one zone, a member of an Auto Scaling group. The same owner always gives the same id.
 *
 * @param kind AWS's prefix, for example `eni`.
 * @param owner What it is made for, for example a VPC's id; several parts are kept apart.
 */
export function suppliedId(kind: string, ...owner: readonly (string | number)[]): string {
  const digest = createHash('sha256')
    .update([kind, ...owner].join('\n'))
    .digest('hex');
  return `${kind}-0${digest.slice(0, 16)}`;
}
