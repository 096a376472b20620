import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import { number, objects, text } from '../../property.ts';
import { attributesOf } from './attributes.ts';
import { actionOf, conditionsOf, type ListenerRule } from './rules.ts';

export interface Listener {
  /** ARN */
  readonly id: string;
  readonly statedBy: ResourceKey;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP';
  /** ARNs of ACM certificates, the default one first. */
  readonly certificates: readonly string[];
  /** By rising priority, the default rule last. */
  readonly rules: readonly ListenerRule[];
  /** `tcp.idle_timeout.seconds` and the rest, as stated. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a load balancer listens for. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html */
export function listenersOf(inventory: Inventory, loadBalancer: string): Listener[] {
  return ofType(inventory, 'AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ properties }) => text(properties, 'LoadBalancerArn') === loadBalancer)
    .map((resource) => ({
      id: resource.physicalId,
      statedBy: resource.key,
      port: number(resource.properties, 'Port') ?? 80,
      protocol: (text(resource.properties, 'Protocol') ?? 'HTTP') as Listener['protocol'],
      certificates: certificatesOf(inventory, resource),
      rules: [...rulesOf(inventory, resource), defaultRule(resource)],
      attributes: attributesOf(objects(resource.properties, 'ListenerAttributes')),
    }));
}

function certificatesOf(inventory: Inventory, listener: Resource): string[] {
  const more = ofType(inventory, 'AWS::ElasticLoadBalancingV2::ListenerCertificate').filter(
    ({ properties }) => text(properties, 'ListenerArn') === listener.physicalId,
  );
  return [listener, ...more].flatMap(({ properties }) =>
    objects(properties, 'Certificates').flatMap((each) => text(each, 'CertificateArn') ?? []),
  );
}

function rulesOf(inventory: Inventory, listener: Resource): ListenerRule[] {
  return ofType(inventory, 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({ properties }) => text(properties, 'ListenerArn') === listener.physicalId)
    .map(({ key, properties }) => ({
      statedBy: key,
      priority: number(properties, 'Priority') ?? 50_000,
      conditions: conditionsOf(objects(properties, 'Conditions')),
      action: actionOf(objects(properties, 'Actions')),
    }))
    .sort((one, other) => one.priority - other.priority);
}

function defaultRule({ key, properties }: Resource): ListenerRule {
  return { statedBy: key, priority: null, conditions: [], action: actionOf(objects(properties, 'DefaultActions')) };
}
