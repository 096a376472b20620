import { formatPrefix } from '@terrace/cloud/address';
import { formatPrefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface, RouteTable, Subnet } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { balancerWords } from '../engine/balancer/explain-balancer.ts';
import { addressName, addressText, component, gatewayComponent } from '../engine/components.ts';
import type { Stop, Way } from '../engine/journey.ts';
import { inRanges, type NetworkIndex } from '../engine/network-index.ts';
import { transitWords } from '../engine/transit/explain-transit.ts';
import { naturalTarget } from '../engine/travel.ts';
import type { Blocker, Change } from './blocker.ts';
import { targetName } from './explain-hop.ts';

/** Why a connection stops whatever its port, and what would let it go on. */
export function explainStop(network: NetworkIndex, stop: Stop, way: Way): Blocker {
  const at = way === 'return' ? words('The answer', '응답') : words('The packet', '패킷');
  switch (stop.code) {
    case 'NO_ROUTE_TO_DESTINATION': {
      const route = wantedRoute(network, stop.table, stop.subnet, stop.address);
      return {
        code: stop.code,
        way,
        component: component('route-table', stop.table),
        cause: words(
          `${stop.table.name}, the table of ${stop.subnet.name}, has no route to ${addressName(network, stop.address)}: ${way === 'return' ? 'the answer' : 'the packet'} is dropped in silence.`,
          `${stop.subnet.name}의 라우팅 테이블 ${stop.table.name}에 ${addressName(network, stop.address)}{으로/로} 가는 경로가 없어 ${at.ko}{이/가} 조용히 버려집니다.`,
        ),
        ...(onlyIpv6(network, stop.table) ?? route),
      };
    }
    case 'BAD_STATE_ROUTE': {
      const { target } = stop.route;
      const reason =
        target.kind === 'blackhole' ? (target.because ?? words(target.reason, target.reason)) : words('', '');
      return {
        code: stop.code,
        way,
        component: component('route-table', stop.table),
        cause: words(
          `The route ${formatPrefix(stop.route.destination)} of ${stop.table.name} is a blackhole: ${reason.en}.`,
          `${stop.table.name}의 ${formatPrefix(stop.route.destination)} 경로가 블랙홀입니다: ${reason.ko}.`,
        ),
        next: words(
          'point the route at something that is there, or remove it',
          '경로의 대상을 실제로 있는 것으로 바꾸거나 경로를 지우세요',
        ),
        change: null,
      };
    }
    case 'ROUTE_LOOP':
      return {
        code: stop.code,
        way,
        component: component('route-table', stop.table),
        cause: words(
          `The route ${formatPrefix(stop.route.destination)} of ${stop.table.name} sends ${addressText(network, stop.address)} back to ${targetName(network, stop.route)}, where it came from: it turns in circles.`,
          `${stop.table.name}의 ${formatPrefix(stop.route.destination)} 경로가 ${addressText(network, stop.address)}{을/를} 지나온 ${targetName(network, stop.route)}{으로/로} 되돌려 보내 끝없이 돕니다.`,
        ),
        next: words(
          'give the subnet of that next hop a table of its own',
          '그 다음 홉의 서브넷에 별도의 라우팅 테이블을 주세요',
        ),
        change: null,
      };
    case 'RETURN_GOES_ELSEWHERE':
      return {
        code: stop.code,
        way,
        component: component('route-table', stop.table),
        cause: words(
          `The answer to ${addressName(network, stop.address)} leaves by ${formatPrefix(stop.route.destination)} to ${targetName(network, stop.route)}, which is not where the request came from.`,
          `${addressName(network, stop.address)}{으로/로} 가는 응답이 ${formatPrefix(stop.route.destination)} 경로를 따라 ${targetName(network, stop.route)}{으로/로} 나갑니다. 요청이 온 길이 아닙니다.`,
        ),
        next: words(
          `give ${stop.table.name} a longer prefix for the asker that leads back the way it came`,
          `요청이 온 길로 돌아가는 더 긴 접두사의 경로를 ${stop.table.name}에 추가하세요`,
        ),
        change: null,
      };
    case 'NO_POSSIBLE_DESTINATION':
      return {
        code: stop.code,
        way,
        component: {
          kind: stop.where === 'internet' ? 'internet' : 'vpc',
          id: stop.where,
          name: stop.where,
          statedBy: null,
        },
        cause: words(
          `Nobody holds ${addressText(network, stop.address)} in ${stop.where}.`,
          `${stop.where}에서 ${addressText(network, stop.address)} 주소를 가진 것이 없습니다.`,
        ),
        next: words('name an address that an interface holds', '인터페이스가 실제로 가진 주소를 지정하세요'),
        change: null,
      };
    case 'BAD_STATE_ATTACHMENT':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `${stop.interface.name} is attached to no instance.`,
          `${stop.interface.name}{은/는} 어떤 인스턴스에도 연결되어 있지 않습니다.`,
        ),
        next: words('attach it to an instance', '인스턴스에 연결하세요'),
      });
    case 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR':
      return {
        code: stop.code,
        way,
        component: gatewayComponent(network, 'peering', stop.peering),
        cause: words(
          `A peering passes only packets from one VPC's own range to the other's: not ${addressText(network, stop.source)} → ${addressText(network, stop.address)}.`,
          `피어링은 한 VPC의 CIDR 블록에서 다른 VPC의 CIDR 블록으로 가는 패킷만 통과시킵니다. ${addressText(network, stop.source)} → ${addressText(network, stop.address)}{은/는} 해당하지 않습니다.`,
        ),
        next: words(
          'peer the two VPCs directly, or use a gateway of the own VPC',
          '두 VPC를 직접 피어링하거나 자기 VPC의 게이트웨이를 쓰세요',
        ),
        change: null,
      };
    case 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `${stop.interface.name} has no public address, so the internet gateway does not pass its packets.`,
          `${stop.interface.name}에 퍼블릭 IPv4 주소가 없어 인터넷 게이트웨이가 패킷을 통과시키지 않습니다.`,
        ),
        next: words(
          'give it a public address, or route its subnet through a NAT gateway',
          '퍼블릭 IPv4 주소를 주거나, 서브넷의 경로를 NAT 게이트웨이로 보내세요',
        ),
      });
    case 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS':
      return {
        code: stop.code,
        way,
        component: stop.interface
          ? component('interface', stop.interface)
          : { kind: 'internet', id: 'internet', name: 'internet', statedBy: null },
        cause: words(
          `${addressName(network, stop.address)} is not a public address of anything here, so nothing from the internet gets to it.`,
          `${addressName(network, stop.address)}{은/는} 퍼블릭 IPv4 주소가 아니므로 인터넷에서 연결할 수 없습니다.`,
        ),
        next: words(
          'put an internet-facing load balancer in front of it, or give it a public address',
          '앞에 인터넷 연결 로드 밸런서를 두거나 퍼블릭 IPv4 주소를 주세요',
        ),
        change: null,
      };
    case 'NO_INTERNET_GATEWAY':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `No internet gateway is attached to the VPC of ${stop.interface.name}.`,
          `${stop.interface.name}의 VPC에 연결된 인터넷 게이트웨이가 없습니다.`,
        ),
        next: words('attach one', '인터넷 게이트웨이를 연결하세요'),
        change: { type: 'AWS::EC2::VPCGatewayAttachment', action: 'add', properties: { VpcId: stop.interface.vpc } },
      });
    case 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS':
      return {
        code: stop.code,
        way,
        component: component('route-table', stop.origin ? stop.origin.table : stop.table),
        cause: words(
          `${addressText(network, stop.address)} is a private address: the internet gateway, to which ${stop.table.name} sends it, refuses it.`,
          `${addressText(network, stop.address)}{은/는} 프라이빗 IPv4 주소입니다. ${stop.table.name}{이/가} 인터넷 게이트웨이로 보내지만 게이트웨이가 거부합니다.`,
        ),
        ...(stop.origin ? wantedRoute(network, stop.origin.table, stop.origin.subnet, stop.address) : nothingToChange),
      };
    case 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS':
      return {
        code: stop.code,
        way,
        component: { kind: 'internet', id: 'internet', name: 'internet', statedBy: null },
        cause: words(
          `${addressText(network, stop.address)} is a private address that no interface here holds; nothing can come from it.`,
          `${addressText(network, stop.address)}{은/는} 여기 있는 어떤 인터페이스도 갖지 않은 프라이빗 IPv4 주소라서 아무것도 올 수 없습니다.`,
        ),
        next: words('name a sender that is there, or internet', '실제로 있는 송신자나 internet을 지정하세요'),
        change: null,
      };
    case 'GATEWAY_REJECTS_SPOOFED_TRAFFIC':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `${stop.interface.name} forwards ${addressName(network, stop.source)} to a gateway, which takes only what an interface sends by an address of its own.`,
          `${stop.interface.name}{이/가} ${addressName(network, stop.source)}의 패킷을 게이트웨이로 전달하지만, 게이트웨이는 인터페이스가 자기 주소로 보낸 것만 받습니다.`,
        ),
        next: words(
          `let ${stop.interface.name} translate the source to its own address, or route the sender to the gateway itself`,
          `${stop.interface.name}에서 소스 주소를 자기 주소로 바꾸거나, 보내는 쪽의 경로를 게이트웨이로 바로 보내세요`,
        ),
      });
    case 'NGW_NO_INBOUND':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `Nothing can be started towards a NAT gateway (${stop.interface.name}) or through it.`,
          `NAT 게이트웨이(${stop.interface.name})로는, 또 그것을 거쳐서는 밖에서 연결을 시작할 수 없습니다.`,
        ),
        next: words('use a load balancer to let traffic in', '트래픽을 들이려면 로드 밸런서를 쓰세요'),
      });
    case 'NGW_REQUIRES_SOURCE_IN_VPC':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `${stop.interface.name} serves only its own VPC, and ${addressText(network, stop.address)} is not in it.`,
          `${stop.interface.name}{은/는} 자기 VPC만 지원하며 ${addressText(network, stop.address)}{은/는} 그 안에 없습니다.`,
        ),
        next: words('give that VPC a NAT gateway of its own', '그 VPC에 별도의 NAT 게이트웨이를 두세요'),
      });
    case 'ENI_SOURCE_DEST_CHECK_RESTRICTION':
      return onInterface(stop.interface, stop.code, way, {
        cause: words(
          `${stop.interface.name} is the next hop, but its source/destination check is on: it refuses what is not for itself.`,
          `${stop.interface.name}{이/가} 다음 홉이지만 소스/대상 확인이 켜져 있어 자기 것이 아닌 패킷을 거부합니다.`,
        ),
        next: words(
          `set SourceDestCheck of ${stop.interface.name} to false`,
          `${stop.interface.name}의 SourceDestCheck를 false로 바꾸세요`,
        ),
        change: { type: 'AWS::EC2::Instance', action: 'change', properties: { SourceDestCheck: false } },
      });
    case 'SERVICE_TAKES_NO_CONNECTIONS':
    case 'NLB_HAIRPIN':
    case 'ELBV2_LISTENERS_MISMATCH':
    case 'ELBV2_LISTENER_HAS_NO_TG':
    case 'ELBV2_NO_TARGETS_IN_AZ':
      return onInterface(stop.interface, stop.code, way, balancerWords(stop));
    case 'TGW_ROUTE_AZ_RESTRICTION':
    case 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION':
    case 'TGW_RTB_BAD_STATE_ROUTE':
    case 'TGW_RTB_CANNOT_ROUTE':
      return {
        code: stop.code,
        way,
        component: gatewayComponent(network, 'transit-gateway', stop.gateway),
        ...transitWords(network, stop),
        change: null,
      };
    case 'DNS_SUPPORT_DISABLED': {
      const vpc = network.vpc(stop.vpc);
      return {
        code: stop.code,
        way,
        component: component('vpc', vpc),
        cause: words(
          `EnableDnsSupport of ${vpc.name} is off: its resolver does not answer.`,
          `${vpc.name}의 EnableDnsSupport가 꺼져 있어 리졸버가 답하지 않습니다.`,
        ),
        next: words('set EnableDnsSupport to true', 'EnableDnsSupport를 true로 바꾸세요'),
        change: { type: 'AWS::EC2::VPC', action: 'change', properties: { EnableDnsSupport: true } },
      };
    }
  }
}

function onInterface(
  each: NetworkInterface,
  code: string,
  way: Way,
  said: Pick<Blocker, 'cause' | 'next'> & { change?: Change },
): Blocker {
  return {
    code,
    way,
    component: component('interface', each),
    cause: said.cause,
    next: said.next,
    change: said.change ?? null,
  };
}

const nothingToChange = {
  next: words(
    'add a route for its range, for example over a peering',
    '그 CIDR 블록으로 가는 경로(예: 피어링)를 추가하세요',
  ),
  change: null,
};

/** The table leads out by IPv6, and the packet is not of that family. */
function onlyIpv6(network: NetworkIndex, table: RouteTable): Pick<Blocker, 'next' | 'change'> | undefined {
  const [route] = network.modelled.ipv6.routes[table.id] ?? [];
  if (!route) return undefined;
  const isOneWay = route.target.kind === 'egress-only-gateway';
  const how = isOneWay
    ? words(
        'out by an egress-only internet gateway, and nothing in',
        '송신 전용 인터넷 게이트웨이로 나가기만 하고 들어오지 못함',
      )
    : words('by IPv6 only', 'IPv6만');
  return {
    next: words(
      `${table.name} has a route ${formatPrefix6(route.destination)} (${how.en}); give the subnet and the interface an IPv6 address, or add a route for IPv4`,
      `${table.name}에는 ${formatPrefix6(route.destination)} 경로(${how.ko})가 있습니다. 서브넷과 인터페이스에 IPv6 주소를 주거나 IPv4 경로를 추가하세요`,
    ),
    change: null,
  };
}

/** The route that a person would add. */
function wantedRoute(
  network: NetworkIndex,
  table: RouteTable,
  subnet: Subnet,
  address: number,
): Pick<Blocker, 'next' | 'change'> {
  const at = network.view.interfaces.find((each) => each.subnet === subnet.id);
  const target = at && naturalTarget(network, at, address);
  const change = (destination: string, property: string, id: string): Pick<Blocker, 'next' | 'change'> => ({
    next: words(
      `add to ${table.name} a route ${destination} to ${targetName(network, { target: target! })}`,
      `${table.name}에 경로를 추가하세요: ${destination} → ${targetName(network, { target: target! })}`,
    ),
    change: {
      type: 'AWS::EC2::Route',
      action: 'add',
      properties: { RouteTableId: table.id, DestinationCidrBlock: destination, [property]: id },
    },
  });
  if (target?.kind === 'peering') {
    const peering = network.peering(target.id)!;
    const other = network.vpc(peering.requester === subnet.vpc ? peering.accepter : peering.requester);
    const range = other.ranges.find((each) => inRanges({ ...other, ranges: [each] }, address))!;
    return change(formatPrefix(range), 'VpcPeeringConnectionId', target.id);
  }
  if (target?.kind === 'transit-gateway')
    return change(`${addressText(network, address)}/32`, 'TransitGatewayId', target.id);
  if (target?.kind === 'internet-gateway') return change('0.0.0.0/0', 'GatewayId', target.id);
  if (target?.kind === 'nat-gateway') return change('0.0.0.0/0', 'NatGatewayId', target.id);
  const other = network.view.vpcs.find((vpc) => inRanges(vpc, address));
  if (other && other.id !== subnet.vpc) {
    return {
      next: words(
        `peer ${network.vpc(subnet.vpc).name} with ${other.name} and add routes on both sides`,
        `${network.vpc(subnet.vpc).name}{과/와} ${other.name}{을/를} 피어링하고 양쪽에 경로를 추가하세요`,
      ),
      change: {
        type: 'AWS::EC2::VPCPeeringConnection',
        action: 'add',
        properties: { VpcId: subnet.vpc, PeerVpcId: other.id },
      },
    };
  }
  return {
    next: words(
      'add an internet gateway or a NAT gateway to the VPC, and a default route to it',
      'VPC에 인터넷 게이트웨이나 NAT 게이트웨이를 두고 기본 경로를 추가하세요',
    ),
    change: null,
  };
}
