import type { Resource } from '../../inventory.ts';
import { text } from '../../property.ts';
import type { Reading } from '../contract/charge.ts';

/** A load balancer that the internet may use; that is also what one is when it does not say. */
export function isFront(resource: Resource): boolean {
  return (text(resource.properties, 'Scheme') ?? 'internet-facing') === 'internet-facing';
}

/** The requests of a month that a load balancer takes, and what passes through it for each. */
export function trafficOf(balancer: Resource, reading: Reading): { requests: number; kilobytes: number } {
  const { usage } = reading;
  const alike = balancersOf(reading).filter((each) => isFront(each) === isFront(balancer)).length;
  const cached = reading.ofType('AWS::CloudFront::Distribution').length > 0 ? usage.edgeShare : 0;
  const requests = usage.requests * (isFront(balancer) ? 1 - cached : usage.applicationShare);
  return { requests: requests / alike, kilobytes: usage.requestKilobytes + usage.responseKilobytes };
}

/** Load balancers of every kind. */
export function balancersOf(reading: Reading): readonly Resource[] {
  return reading.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer');
}
