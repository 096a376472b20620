import { digits } from '../../allocate/identifier.ts';
import { type Draft, textOf } from '../contract/identity.ts';

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-dns-name
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#dns-name
 */
export function dnsName(draft: Draft, kind: string, name: string, number: string): string {
  const { region } = draft.subject;
  if (kind === 'net') return `${name}-${number}.elb.${region}.${draft.urlSuffix}`;
  const internal = textOf(draft, 'Scheme') === 'internal' ? 'internal-' : '';
  return `${internal}${name}-${digits(draft.subject, 'name', 10)}.${region}.elb.${draft.urlSuffix}`;
}
