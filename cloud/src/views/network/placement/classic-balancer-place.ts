import { everywhere } from '../../../address.ts';
import { classicListeners } from '../../../families/classic-load-balancer/classic-load-balancer.ts';
import { isUnknown } from '../../../families/instance/launch-subnet.ts';
import { defaultVpcId, homeOf } from '../../../families/vpc/default-vpc.ts';
import { type Inventory, ofType, type Resource } from '../../../inventory.ts';
import { attribute, texts } from '../../../property.ts';
import type { SecurityGroup, SecurityRule } from '../../network.ts';
import { suppliedId } from '../supplied.ts';

/** Ids of its security groups; empty where the VPC's default group is taken. */
export function classicGroups(inventory: Inventory, balancer: Resource): string[] {
  const stated = texts(balancer.properties, 'SecurityGroups');
  return stated.length === 0 && hasOwnGroup(inventory, balancer) ? [ownGroupId(balancer)] : stated;
}

/**
 * The groups `default_elb_…` that Elastic Load Balancing makes for balancers in the default VPC without one: they admit everybody to the listeners.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-groups.html
 */
export function ownGroups(inventory: Inventory): SecurityGroup[] {
  return ofType(inventory, 'AWS::ElasticLoadBalancing::LoadBalancer')
    .filter((balancer) => hasOwnGroup(inventory, balancer))
    .map((balancer) => ({
      id: ownGroupId(balancer),
      statedBy: null,
      name: attribute(balancer, 'SourceSecurityGroup.GroupName') ?? ownGroupId(balancer),
      vpc: defaultVpcId(homeOf(inventory, balancer)),
      isDefault: false,
      ingress: classicListeners(balancer.properties).map(
        ({ port }): SecurityRule => ({ ...open, traffic: { protocol: 'tcp', ports: { from: port, to: port } } }),
      ),
      egress: [open],
    }));
}

function hasOwnGroup(inventory: Inventory, balancer: Resource): boolean {
  const { properties } = balancer;
  const names = ['SecurityGroups', 'Subnets'];
  return names.every((name) => texts(properties, name).length === 0) && !isUnknown(inventory, balancer, names);
}

function ownGroupId({ physicalId }: Resource): string {
  return suppliedId('sg', physicalId, 'default_elb');
}

const open: SecurityRule = {
  traffic: { protocol: 'all' },
  peer: { kind: 'range', range: everywhere },
  statedBy: null,
  index: null,
  description: null,
};
