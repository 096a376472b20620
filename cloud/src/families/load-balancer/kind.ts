import type { Resource } from '../../inventory.ts';
import { text } from '../../property.ts';
import type { Estate } from '../contract/rule.ts';

/** AWS's default: an Application Load Balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export function kindOf({ properties }: Pick<Resource, 'properties'>): string {
  return text(properties, 'Type') ?? 'application';
}

/** The load balancer of a listener, where it is loaded. */
export function balancerOf(listener: Resource | undefined, estate: Estate): Resource | undefined {
  const balancer = estate.find(listener?.properties.LoadBalancerArn);
  return balancer?.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' ? balancer : undefined;
}

/** The VPC of its subnets, as its id. */
export function vpcOf({ properties }: Resource, estate: Estate): string | undefined {
  const mapped = Array.isArray(properties.SubnetMappings) ? properties.SubnetMappings : [];
  const stated = Array.isArray(properties.Subnets) ? properties.Subnets : [];
  const ids = [...stated, ...mapped.map((each) => (each as { SubnetId?: string } | null)?.SubnetId)];
  for (const id of ids) {
    const vpc = estate.find(id)?.properties.VpcId;
    if (typeof vpc === 'string') return vpc;
  }
  return undefined;
}
