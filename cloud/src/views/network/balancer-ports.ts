import { balancesAcrossZones, classicListeners } from '../../families/classic-load-balancer/classic-load-balancer.ts';
import { generations } from '../../families/load-balancer/generations.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { number, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { attributesOf } from '../balancing/attributes.ts';
import { type Listener, listenersOf } from '../balancing/listeners.ts';
import { type TargetGroup, targetGroupsOf } from '../balancing/target-groups.ts';
import type { Fleet } from '../fleet.ts';
import type {
  BalancerListener,
  BalancerPorts,
  BalancerTarget,
  NetworkInterface,
  NetworkView,
  Unknown,
} from '../network.ts';
import { unknown } from './unknown.ts';

/**
 * What each load balancer accepts, and where a network load balancer passes it on. What nobody listens for gets no answer.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
export function balancerPortsOf(inventory: Inventory, network: NetworkView, fleet: Fleet): BalancerPorts[] {
  const groups = targetGroupsOf(inventory, network, fleet);
  return [
    ...neighbourPorts(inventory),
    ...ofType(inventory, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map((balancer): BalancerPorts => {
      const kind = (text(balancer.properties, 'Type') ?? 'application') as BalancerPorts['kind'];
      const attributes = attributesOf(objects(balancer.properties, 'LoadBalancerAttributes'));
      const crossZone = attributes['load_balancing.cross_zone.enabled'] === 'true';
      return {
        id: balancer.physicalId,
        kind,
        crossZone,
        listeners: listenersOf(inventory, balancer.physicalId).map((listener) =>
          kind === 'network'
            ? passedOn(inventory, network, balancer, listener, groups, crossZone)
            : { ...accepted(listener), targets: [], unknownTargets: null },
        ),
      };
    }),
    ...ofType(inventory, 'AWS::ElasticLoadBalancing::LoadBalancer').map(
      ({ physicalId, properties }): BalancerPorts => ({
        id: physicalId,
        kind: 'classic',
        crossZone: balancesAcrossZones(properties),
        listeners: classicListeners(properties).map(({ port }) => ({
          protocols: ['tcp'],
          port,
          targets: [],
          unknownTargets: null,
        })),
      }),
    ),
  ];
}

/** Application Load Balancers outside whose listeners were listed. What others pass on is not known. */
function neighbourPorts({ neighbours = [] }: Inventory): BalancerPorts[] {
  return neighbours
    .filter(({ type, properties }) => type === generations[0] && text(properties, 'Type') === 'application')
    .flatMap(({ physicalId }): BalancerPorts[] => {
      const listeners = neighbours.flatMap(({ type, properties }) => {
        const port = number(properties, 'Port');
        const isIts =
          type === 'AWS::ElasticLoadBalancingV2::Listener' && text(properties, 'LoadBalancerArn') === physicalId;
        return isIts && port !== undefined
          ? [{ protocols: ['tcp'] as const, port, targets: [], unknownTargets: null }]
          : [];
      });
      return listeners.length > 0 ? [{ id: physicalId, kind: 'application', crossZone: true, listeners }] : [];
    });
}

function accepted({ protocol, port }: Listener): Pick<BalancerListener, 'protocols' | 'port'> {
  if (protocol === 'UDP') return { protocols: ['udp'], port };
  return { protocols: protocol === 'TCP_UDP' ? ['tcp', 'udp'] : ['tcp'], port };
}

function passedOn(
  inventory: Inventory,
  network: NetworkView,
  balancer: Resource,
  listener: Listener,
  all: readonly TargetGroup[],
  crossZone: boolean,
): BalancerListener {
  const action = listener.rules.at(-1)?.action;
  const ids = action?.kind === 'forward' ? action.targetGroups.map((each) => each.id) : [];
  const groups = all.filter((each) => ids.includes(each.id));
  const vpc = network.interfaces.find(
    ({ owner }) => owner.kind === 'load-balancer' && owner.id === balancer.physicalId,
  )?.vpc;
  const found = groups.map((group) => targetsOf(inventory, network, group, vpc, crossZone));
  const isMissing = groups.length < ids.length || found.some((each) => each.isMissing);
  return {
    ...accepted(listener),
    targets: found.flatMap((each) => each.targets),
    unknownTargets: isMissing ? targetsElsewhere(listener) : null,
  };
}

function targetsElsewhere({ port }: Listener): Unknown {
  return unknown(
    'UNKNOWN_TARGET',
    words(
      `A target of the listener on port ${port} is not in the templates.`,
      `포트 ${port} 리스너의 대상 가운데 템플릿에 없는 것이 있습니다.`,
    ),
    words('register a target of the templates', '템플릿에 있는 대상을 등록하세요'),
  );
}

function targetsOf(
  inventory: Inventory,
  network: NetworkView,
  group: TargetGroup,
  vpc: string | undefined,
  balancerCrossesZones: boolean,
): { readonly targets: BalancerTarget[]; readonly isMissing: boolean } {
  const stated = group.attributes['load_balancing.cross_zone.enabled'];
  const crossZone = stated === 'true' || (stated !== 'false' && balancerCrossesZones);
  const common = { keepsClientAddress: keepsClientAddress(group), crossZone };
  const of = (each: NetworkInterface, port: number): BalancerTarget => ({
    ...common,
    interface: each.id,
    address: null,
    port,
  });
  const resource = ofType(inventory, 'AWS::ElasticLoadBalancingV2::TargetGroup').find(
    (each) => each.physicalId === group.id,
  )!;
  const listed = objects(resource.properties, 'Targets');
  if (group.targetType === 'alb') {
    const nodes = listed.map((each) => nodesOf(network, text(each, 'Id') ?? ''));
    return {
      targets: nodes.flat().map((each) => of(each, group.port)),
      isMissing: nodes.some((each) => each.length === 0),
    };
  }
  const registered = group.targets.flatMap(({ address, port }): BalancerTarget[] => {
    const holders = network.interfaces.filter((each) => each.addresses.includes(address));
    const own = holders.find((each) => each.vpc === vpc) ?? holders[0];
    return own ? [{ ...of(own, port), address }] : [];
  });
  const services = servicesOf(inventory, network, group).map(({ each, port }) => of(each, port));
  const known = new Set(group.targets.map((each) => each.id));
  const isMissing =
    registered.length < group.targets.length || listed.some((each) => !known.has(text(each, 'Id') ?? ''));
  return { targets: [...registered, ...services], isMissing };
}

function nodesOf(network: NetworkView, balancer: string): NetworkInterface[] {
  return network.interfaces.filter(({ owner }) => owner.kind === 'load-balancer' && owner.id === balancer);
}

/** Tasks of services that register themselves. */
function servicesOf(
  inventory: Inventory,
  network: NetworkView,
  group: TargetGroup,
): { readonly each: NetworkInterface; readonly port: number }[] {
  return ofType(inventory, 'AWS::ECS::Service').flatMap((service) => {
    const [entry] = objects(service.properties, 'LoadBalancers').filter(
      (each) => text(each, 'TargetGroupArn') === group.id,
    );
    if (!entry) return [];
    return (network.modelled?.serviceInterfaces ?? [])
      .filter((each) => each.statedBy === service.key)
      .map((each) => ({ each, port: number(entry, 'ContainerPort') ?? group.port }));
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
function keepsClientAddress({ attributes, protocol, targetType }: TargetGroup): boolean {
  if (targetType === 'alb' || protocol === 'UDP' || protocol === 'TCP_UDP' || protocol === 'QUIC') return true;
  const stated = attributes['preserve_client_ip.enabled'];
  return stated === undefined ? targetType === 'instance' : stated === 'true';
}
