import { type Address, formatAddress, parseAddress } from '../../address.ts';
import type { ClassicListener } from '../../families/classic-load-balancer/classic-load-balancer.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import { flag, nameOf, number, object, objects, text, texts } from '../../property.ts';
import type { Fleet } from '../fleet.ts';
import type { NetworkInterface, NetworkView } from '../network.ts';
import { attributesOf } from './attributes.ts';

export interface TargetGroup {
  /** ARN */
  readonly id: string;
  readonly statedBy: ResourceKey;
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly healthCheck: HealthCheck;
  /** `deregistration_delay.timeout_seconds` and the rest, as stated. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
  /** Of a listener of a Classic Load Balancer; `undefined` for a target group of the second generation. */
  readonly classic?: Pick<ClassicListener, 'stickiness' | 'sendsProxyProtocol'>;
}

interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'SSL';
  /** `null` is the port that the target takes traffic on. */
  readonly port: number | null;
  readonly path: string;
  /** Seconds. */
  readonly interval: number;
  /** Seconds. */
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** HTTP statuses that count as healthy: `200`, `200-299`, `200,302`. */
  readonly matcher: string;
}

export interface Target {
  /** Instance id, or address for a target that was registered by one. */
  readonly id: string;
  /** As on the command line, for example `web/0`. */
  readonly name: string;
  readonly address: Address;
  readonly port: number;
  /** `null` where it lies outside the VPC. */
  readonly zone: string | null;
}

/**
 * Target groups with who is registered in them: what the group lists, and the members of the Auto Scaling groups that name it.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export function targetGroupsOf(inventory: Inventory, network: NetworkView, fleet: Fleet): TargetGroup[] {
  return ofType(inventory, 'AWS::ElasticLoadBalancingV2::TargetGroup').map((resource) => {
    const { properties } = resource;
    const port = number(properties, 'Port') ?? 80;
    return {
      id: resource.physicalId,
      statedBy: resource.key,
      name: nameOf(resource),
      protocol: text(properties, 'Protocol') ?? 'HTTP',
      port,
      targetType: (text(properties, 'TargetType') ?? 'instance') as TargetGroup['targetType'],
      healthCheck: healthCheck(resource),
      attributes: attributesOf(objects(properties, 'TargetGroupAttributes')),
      targets: [
        ...objects(properties, 'Targets').flatMap((each) =>
          registered(network, text(each, 'Id') ?? '', number(each, 'Port') ?? port),
        ),
        ...members(inventory, fleet, resource).flatMap((id) => registered(network, id, port)),
      ],
    };
  });
}

function members(inventory: Inventory, fleet: Fleet, targetGroup: Resource): string[] {
  const groups = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').filter(({ properties }) =>
    texts(properties, 'TargetGroupARNs').includes(targetGroup.physicalId),
  );
  return fleet.instances.filter((each) => groups.some((group) => group.key === each.statedBy)).map((each) => each.id);
}

/**
 * Who is registered by an instance's id, by an address, or by an Application Load Balancer's ARN, which means each of its nodes; nobody where none
 * has that id.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
export function registered(network: NetworkView, id: string, port: number): Target[] {
  const nodes = network.interfaces.filter(({ owner }) => owner.kind === 'load-balancer' && owner.id === id);
  if (nodes.length > 0) return nodes.map((node) => targetAt(network, node, formatAddress(node.addresses[0]!), port));
  const address = parseAddress(id);
  const found = network.interfaces.find((each) =>
    address === undefined
      ? each.owner.kind === 'instance' && each.owner.id === id && each.owner.index === 0
      : each.addresses.includes(address),
  );
  if (!found) return address === undefined ? [] : [{ id, name: id, address, port, zone: null }];
  return [{ ...targetAt(network, found, id, port), address: address ?? found.addresses[0]! }];
}

function targetAt(
  { subnets }: NetworkView,
  { name, subnet, addresses }: NetworkInterface,
  id: string,
  port: number,
): Target {
  return { id, name, address: addresses[0]!, port, zone: subnets.find((each) => each.id === subnet)?.zone ?? null };
}

/**
 * With AWS's defaults: every 30 s by HTTP for an application's group, by TCP for a network's.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function healthCheck({ properties }: Resource): HealthCheck {
  const network = ['TCP', 'TLS', 'UDP', 'TCP_UDP'].includes(text(properties, 'Protocol') ?? '');
  const protocol = (text(properties, 'HealthCheckProtocol') ?? (network ? 'TCP' : 'HTTP')) as HealthCheck['protocol'];
  const port = text(properties, 'HealthCheckPort');
  const interval = number(properties, 'HealthCheckIntervalSeconds') ?? 30;
  return {
    enabled: flag(properties, 'HealthCheckEnabled') ?? true,
    protocol,
    port: port === undefined || port === 'traffic-port' ? null : Number(port),
    path: text(properties, 'HealthCheckPath') ?? '/',
    interval,
    timeout: number(properties, 'HealthCheckTimeoutSeconds') ?? (protocol === 'TCP' ? 10 : network ? 6 : 5),
    healthyThreshold: number(properties, 'HealthyThresholdCount') ?? 5,
    unhealthyThreshold: number(properties, 'UnhealthyThresholdCount') ?? 2,
    matcher: text(object(properties, 'Matcher'), 'HttpCode') ?? (network ? '200-399' : '200'),
  };
}
