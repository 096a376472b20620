import {
  CfnEIP,
  CfnNatGateway,
  CfnRoute,
  type CfnRouteTable,
  type CfnSubnet,
  type CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { because, letter, nameTag } from '../reason.ts';
import type { Nat } from '../settings/settings.ts';
import { type Words, words } from '../words.ts';

/** Whether the zones' ways out differ, so that each needs route tables of its own. */
export function differsByZone(nat: Nat): boolean {
  return nat === 'per-zone' || nat === 'first-zone-only';
}

/** Zones, by index, whose servers have no NAT gateway to leave by. */
export function zonesWithoutNat(nat: Nat, zones: number): number[] {
  const all = Array.from({ length: zones }, (_, index) => index);
  return nat === 'none' ? all : nat === 'first-zone-only' ? all.slice(1) : [];
}

/**
 * Ways out for private servers: nothing can come in through a NAT gateway. With one gateway every zone's traffic
 * leaves through the first zone, and stops when that zone fails; with one in each zone it does not.
 */
export function buildNatGateways(
  scope: Construct,
  nat: Nat,
  network: {
    readonly attachment: CfnVPCGatewayAttachment;
    readonly publicSubnets: readonly CfnSubnet[];
    readonly webTables: readonly CfnRouteTable[];
    readonly applicationTables: readonly CfnRouteTable[];
  },
): CfnRoute[] {
  const routes: CfnRoute[] = [];
  const zones = nat === 'none' ? 0 : nat === 'per-zone' ? network.publicSubnets.length : 1;
  const gateways = network.publicSubnets
    .slice(0, zones)
    .map((subnet, index) => natGateway(scope, letter(index), subnet, network.attachment, natReasons[nat]));
  for (const [tier, name, tables] of [
    ['web', 'Web', network.webTables],
    ['was', 'Application', network.applicationTables],
  ] as const) {
    for (const [index, gateway] of gateways.entries()) {
      const route = because(
        new CfnRoute(scope, `${name}ToInternet${tables.length === 1 ? '' : letter(index)}`, {
          routeTableId: tables[index]!.ref,
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: gateway.ref,
        }),
        tier,
        words(
          'The way out to AWS’s services. Without it no session can be opened on the server and no secret can be read.',
          'AWS 서비스로 나가는 길입니다. 이 경로가 없으면 서버에 세션을 열 수 없고 보안 암호도 읽을 수 없습니다.',
        ),
      );
      routes.push(route);
    }
  }
  return routes;
}

function natGateway(
  scope: Construct,
  zone: string,
  subnet: CfnSubnet,
  attachment: CfnVPCGatewayAttachment,
  reason: Words,
): CfnNatGateway {
  const name = `nat-${zone.toLowerCase()}`;
  const address = because(
    new CfnEIP(scope, `NatAddress${zone}`, { domain: 'vpc', tags: nameTag(`${name}-address`) }),
    'edge',
    words(
      'The address that servers show to the outside when they call out. Charged 0.005 USD an hour like every public address.',
      '서버가 바깥을 호출할 때 보이는 주소입니다. 다른 퍼블릭 IPv4 주소처럼 시간당 0.005달러가 부과됩니다.',
    ),
  );
  address.addResourceDependency(attachment);
  return because(
    new CfnNatGateway(scope, `NatGateway${zone}`, {
      subnetId: subnet.ref,
      allocationId: address.attrAllocationId,
      tags: nameTag(name),
    }),
    'edge',
    reason,
  );
}

const oneReason = words(
  'Servers reach AWS’s services (Session Manager, Secrets Manager) and nothing outside can reach them. One is enough for learning: a second would cost as much again, 0.059 USD an hour, and keeps a way out only when the first zone fails.',
  '서버가 AWS 서비스(Session Manager, Secrets Manager)에 나갈 수 있지만 바깥에서 들어올 수는 없습니다. 학습용으로는 하나면 충분합니다. 하나 더 두면 시간당 0.059달러가 더 들고, 첫 번째 영역에 장애가 났을 때만 쓸모가 있습니다.',
);

const natReasons: Readonly<Record<Nat, Words>> = {
  one: oneReason,
  none: oneReason,
  'first-zone-only': words(
    'Only the first zone’s servers have a way out; what the second zone needs comes inside its image and through endpoints.',
    '첫 번째 가용 영역의 서버만 바깥으로 나갈 수 있습니다. 두 번째 가용 영역에 필요한 것은 AMI에 담고 엔드포인트로 받습니다.',
  ),
  'per-zone': words(
    'One in each zone, so that a zone that fails takes no other zone’s way out with it, and no traffic is charged for crossing zones. 0.059 USD an hour each.',
    '가용 영역마다 하나씩 두어 한 곳의 장애가 다른 곳의 출구까지 막지 않게 하고, 가용 영역 간 전송 요금도 피합니다. 하나에 시간당 0.059달러입니다.',
  ),
};
