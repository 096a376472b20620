import {
  CfnEIP,
  CfnNatGateway,
  CfnRoute,
  type CfnRouteTable,
  type CfnSubnet,
  type CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { because, nameTag } from './reason.ts';
import type { Nat } from './settings.ts';
import { words } from './words.ts';

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
): void {
  const zones =
    nat === 'none' ? [] : nat === 'one' ? ['A'] : network.publicSubnets.map((_, index) => 'ABC'.charAt(index));
  const gateways = zones.map((zone, index) => {
    const address = because(
      new CfnEIP(scope, `NatAddress${zone}`, { domain: 'vpc', tags: nameTag(`nat-${zone.toLowerCase()}-address`) }),
      'edge',
      words(
        'The address that servers show to the outside when they call out. Charged 0.005 USD an hour like every public address.',
        '서버가 바깥을 호출할 때 보이는 주소입니다. 다른 퍼블릭 주소처럼 시간당 0.005달러가 부과됩니다.',
      ),
    );
    address.addResourceDependency(network.attachment);
    return because(
      new CfnNatGateway(scope, `NatGateway${zone}`, {
        subnetId: network.publicSubnets[index]!.ref,
        allocationId: address.attrAllocationId,
        tags: nameTag(`nat-${zone.toLowerCase()}`),
      }),
      'edge',
      nat === 'one'
        ? words(
            'Servers reach AWS’s services (Session Manager, Secrets Manager) and nothing outside can reach them. One is enough for learning: a second would cost as much again, 0.059 USD an hour, and saves the ways out only when the first zone fails.',
            '서버가 AWS 서비스(Session Manager, Secrets Manager)에 나갈 수 있지만 바깥에서 들어올 수는 없습니다. 학습용으로는 하나면 충분합니다. 하나 더 두면 시간당 0.059달러가 더 들고, 첫 번째 영역에 장애가 났을 때만 쓸모가 있습니다.',
          )
        : words(
            'One in each zone, so that a zone that fails takes no other zone’s way out with it, and no traffic is charged for crossing zones.',
            '영역마다 하나씩 두어 한 영역의 장애가 다른 영역의 출구까지 막지 않게 하고, 영역 간 전송 요금도 피합니다.',
          ),
    );
  });
  if (gateways.length === 0) return;
  for (const [tier, name, tables] of [
    ['web', 'Web', network.webTables],
    ['was', 'Application', network.applicationTables],
  ] as const) {
    for (const [index, table] of tables.entries()) {
      because(
        new CfnRoute(scope, `${name}ToInternet${tables.length === 1 ? '' : 'ABC'.charAt(index)}`, {
          routeTableId: table.ref,
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: gateways[index % gateways.length]!.ref,
        }),
        tier,
        words(
          'The way out to AWS’s services. Without it no session can be opened on the server and no secret can be read.',
          'AWS 서비스로 나가는 길입니다. 이 경로가 없으면 서버에 세션을 열 수 없고 시크릿도 읽을 수 없습니다.',
        ),
      );
    }
  }
}
