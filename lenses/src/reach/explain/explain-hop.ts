import { formatPrefix } from '@terrace/cloud/address';
import type { Route, SecurityPeer } from '@terrace/cloud/views/network';
import { type Words, words } from '@terrace/cloud/words';
import { addressName, addressText, type Component, component, gatewayComponent } from '../engine/components.ts';
import type { Filters } from '../engine/filters.ts';
import type { Passage, Step } from '../engine/journey.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import { describeTraffic, trafficSet } from '../traffic/traffic-set.ts';
import type { Hop } from './blocker.ts';
import { hopBySix } from './explain-six.ts';

/** What let a packet pass a step; `undefined` for a step that says nothing by itself. */
export function explainHop(
  network: NetworkIndex,
  filters: Filters,
  step: Step,
  packet: number | null,
): Hop | undefined {
  const { way } = step;
  switch (step.kind) {
    case 'loopback':
      return {
        way,
        component: component('interface', step.interface),
        text: words('its own address: nothing leaves the instance', '자기 주소입니다. 인스턴스 밖으로 나가지 않습니다'),
      };
    case 'group': {
      const rules = packet === null ? [] : filters.matchingRules(step.interface, step.direction, step.other, packet);
      const [first] = rules;
      const group = first?.group ?? network.securityGroup(step.interface.securityGroups[0] ?? '');
      if (!group) return undefined;
      const set = first ? trafficSet(first.rule.traffic) : step.allowed;
      const traffic = words(describeTraffic(set), describeTraffic(set, 'ko'));
      const peer = first ? peerName(network, first.rule.peer) : addressName(network, step.other.address);
      return {
        way,
        component: component('security-group', group),
        text:
          step.direction === 'egress'
            ? words(
                `egress of ${step.interface.name}: ${traffic.en} to ${peer}`,
                `${step.interface.name}의 아웃바운드: ${peer}{으로/로} ${traffic.ko}`,
              )
            : words(
                `ingress of ${step.interface.name}: ${traffic.en} from ${peer}`,
                `${step.interface.name}의 인바운드: ${peer}에서 ${traffic.ko}`,
              ),
      };
    }
    case 'acl': {
      if (step.acl.isDefault && step.acl[step.direction].length === 1) return undefined;
      const entry =
        packet === null || way === 'return'
          ? null
          : filters.decidingEntry(step.acl, step.direction, step.address, packet);
      const by = entry ? words(`rule ${entry.ruleNumber}`, `규칙 ${entry.ruleNumber}`) : words('its rules', '규칙');
      return {
        way,
        component: component('network-acl', step.acl),
        text:
          step.direction === 'egress'
            ? words(`out of ${step.subnet.name} by ${by.en}`, `${step.subnet.name}에서 나감: ${by.ko}`)
            : words(`into ${step.subnet.name} by ${by.en}`, `${step.subnet.name}{으로/로} 들어옴: ${by.ko}`),
      };
    }
    case 'route':
      return {
        way,
        component: component('route-table', step.table),
        text: words(
          `${addressText(network, step.address)} by ${formatPrefix(step.route.destination)} to ${targetName(network, step.route)}`,
          `${addressText(network, step.address)}: ${formatPrefix(step.route.destination)} 경로로 ${targetName(network, step.route)}`,
        ),
      };
    case 'pass':
      return { way, ...passage(network, step.by) };
    case 'arrival': {
      const { interface: each, address } = step.at;
      if (each)
        return {
          way,
          component: component('interface', each),
          text: words(`arrives at ${addressText(network, address)}`, `${addressText(network, address)}에 도착`),
        };
      return {
        way,
        component: { kind: 'internet', id: 'internet', name: 'internet', statedBy: null },
        text: words(`arrives at ${addressText(network, address)}`, `${addressText(network, address)}에 도착`),
      };
    }
    case 'six':
      return hopBySix(network, step);
    case 'stop':
    case 'doubt':
      return undefined;
  }
}

export function peerName(network: NetworkIndex, peer: SecurityPeer): string {
  if (peer.kind === 'range') return formatPrefix(peer.range);
  const named = peer.kind === 'prefix-list' ? network.prefixList(peer.id) : network.securityGroup(peer.id);
  return named?.name ?? peer.id;
}

export function targetName(network: NetworkIndex, { target }: Pick<Route, 'target'>): string {
  switch (target.kind) {
    case 'local':
      return 'local';
    case 'blackhole':
      return 'blackhole';
    case 'interface':
      return network.interface(target.id)?.name ?? target.id;
    case 'unknown':
      return target.id;
    default:
      return gatewayComponent(network, target.kind, target.id).name;
  }
}

function passage(network: NetworkIndex, by: Passage): { component: Component; text: Words } {
  switch (by.kind) {
    case 'internet-gateway':
    case 'nat-gateway': {
      const source = addressText(network, by.source);
      return {
        component: gatewayComponent(network, by.kind, by.id),
        text: words(
          `seen from here on as ${source} → ${addressName(network, by.destination)}`,
          `여기부터 ${source} → ${addressName(network, by.destination)}{으로/로} 보임`,
        ),
      };
    }
    case 'peering':
      return {
        component: gatewayComponent(network, by.kind, by.id),
        text: words('from one VPC to the other', '한 VPC에서 다른 VPC로'),
      };
    case 'transit-gateway':
      return {
        component: gatewayComponent(network, by.kind, by.id),
        text: words('from one attachment to the other', '한 연결에서 다른 연결로'),
      };
    case 'load-balancer':
      return {
        component: component('interface', by.interface),
        text: words(`hands it on to ${by.to.name}`, `${by.to.name} 쪽으로 전달`),
      };
    case 'gateway-endpoint':
      return {
        component: gatewayComponent(network, by.kind, by.id),
        text: words('to the service itself', '서비스로 직접'),
      };
    case 'interface':
      return { component: component('interface', by.interface), text: words('forwards it', '전달함') };
    case 'local-service':
      return {
        component: { kind: 'service', id: by.service, name: by.service, statedBy: null },
        text: words('answered on the host itself, filtered by nothing', '호스트가 직접 답하며 필터를 거치지 않음'),
      };
  }
}
