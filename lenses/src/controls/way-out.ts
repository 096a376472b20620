import { ofType, type Resource } from '@terrace/cloud/inventory';
import { flag, text } from '@terrace/cloud/property';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import { ask } from '../reach/ask/ask.ts';
import { tcpPorts } from '../reach/traffic/traffic-set.ts';
import type { Control, Finding, Ground } from './control.ts';
import { isWide, resourceOf } from './find.ts';
import { needsOf, userDataOf } from './user-data.ts';

const internet: Endpoints = {
  reference: 'internet',
  interfaces: [],
  internet: true,
  range: null,
  byPublicAddress: false,
};

/** What user data fetches has a way, and routes lead somewhere. */
export const wayOut: readonly Control[] = [
  {
    id: 'USER_DATA_WITHOUT_WAY_OUT',
    severity: 'high',
    what: words(
      'An instance whose user data installs packages or calls AWS has a way out.',
      '사용자 데이터에서 패키지를 설치하거나 AWS를 호출하는 인스턴스에는 나가는 경로가 있어야 합니다.',
    ),
    page: 'vpc/latest/userguide/vpc-nat-gateway.html',
    nag: [],
    find: (ground) => {
      const told = new Set<string>();
      return ground.fleet.instances.flatMap((instance): Finding[] => {
        const owner = resourceOf(ground.inventory, instance.statedBy);
        const each = ground.network.interfaces.find(({ addresses }) => addresses.includes(instance.address));
        if (!owner || !each || told.has(owner.key)) return [];
        const finding = withoutWayOut(ground, owner, each);
        if (finding) told.add(owner.key);
        return finding ? [finding] : [];
      });
    },
  },
  {
    id: 'ROUTE_TO_NOWHERE',
    severity: 'high',
    what: words('The target of every route is there.', '모든 경로의 대상이 존재해야 합니다.'),
    page: 'vpc/latest/userguide/VPC_Route_Tables.html',
    nag: [],
    find: ({ inventory, network }) =>
      network.routeTables.flatMap(({ name, routes }) =>
        routes.flatMap(({ target, statedBy, destination }): Finding[] => {
          const resource = resourceOf(inventory, statedBy);
          if (target.kind !== 'blackhole' || !resource) return [];
          return [
            {
              resource,
              outcome: 'broken',
              cause: words(
                `The route of ${name} has no target: packets are dropped.`,
                `${name}의 경로에 대상이 없어 패킷이 버려집니다.`,
              ),
              next: words(
                'Point it at an attached gateway, or take it out.',
                '연결된 게이트웨이를 지정하거나 경로를 빼세요.',
              ),
              path: [words(`length of the prefix: /${destination.length}`, `접두사 길이: /${destination.length}`)],
            },
          ];
        }),
      ),
  },
];

function withoutWayOut(ground: Ground, owner: Resource, each: NetworkInterface): Finding | undefined {
  const script = userDataOf(ground.inventory, owner);
  if (script === undefined) return undefined;
  const { packages, services, outside } = needsOf(script);
  if (!packages && services.length === 0 && !outside) return undefined;
  const from: Endpoints = {
    reference: each.name,
    interfaces: [each],
    internet: false,
    range: null,
    byPublicAddress: false,
  };
  const { verdict, pairs } = ask(ground.reach, {
    from,
    to: internet,
    traffic: tcpPorts({ from: 443, to: 443 }),
    family: 4,
  });
  // Which addresses a script asks for is not known: part of the internet is enough, and the prefix list of a gateway endpoint is none of it.
  if (verdict === 'yes' || pairs.some((pair) => pair.verdict === 'yes' && isWide(pair.toAddress))) return undefined;
  const missing = [...(packages ? ['s3'] : []), ...services].filter((each) => !hasEndpoint(ground, from, each));
  if (!outside && missing.length === 0) return undefined;
  const pair = pairs.find((one) => one.verdict !== 'yes');
  const [obstacle] = pair ? (pair.verdict === 'no' ? pair.blockers : pair.unknowns) : [];
  const needs = [packages && 'dnf', ...services.map((name) => `aws ${name}`), outside && 'https']
    .filter(Boolean)
    .join(', ');
  const isRoute =
    obstacle?.code.includes('ROUTE') || obstacle?.code.includes('PUBLIC') || obstacle?.code.includes('GATEWAY');
  return {
    resource: owner,
    outcome: pair?.verdict === 'unknown' ? 'unknown' : 'broken',
    cause: words(
      `User data of ${owner.logicalId} fetches over the network (${needs}), and ${each.name} has no way out: the first boot fails.`,
      `${owner.logicalId}의 사용자 데이터는 네트워크에서 내려받는데(${needs}) ${each.name}에서 나가는 경로가 없어 첫 부팅이 실패합니다.`,
    ),
    next:
      isRoute || !obstacle
        ? words(
            'Add a NAT gateway in a public subnet and a default route to it; for Amazon Linux’s packages an S3 gateway endpoint is enough and costs nothing.',
            '퍼블릭 서브넷에 NAT 게이트웨이를 두고 기본 경로를 추가하세요. Amazon Linux 패키지만 필요하면 무료인 S3 게이트웨이 엔드포인트로 충분합니다.',
          )
        : obstacle.next,
    path: obstacle ? [obstacle.cause] : [],
  };
}

/**
 * Whether a service answers without a way to the internet: S3, which has Amazon Linux's repositories too, and DynamoDB over a gateway endpoint in the
 * subnet's route table; every service over an interface endpoint that its public name leads to and that admits the instance.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html#enable-private-dns-names
 */
function hasEndpoint({ inventory, network, reach }: Ground, from: Endpoints, wanted: string): boolean {
  const [sender] = from.interfaces;
  const table = network.subnets.find(({ id }) => id === sender?.subnet)?.routeTable ?? '';
  if (network.gatewayEndpoints.some(({ service, routeTables }) => service === wanted && routeTables.includes(table)))
    return true;
  const endpoints = ofType(inventory, 'AWS::EC2::VPCEndpoint').filter(
    ({ properties }) =>
      flag(properties, 'PrivateDnsEnabled') && text(properties, 'ServiceName')?.endsWith(`.${wanted}`) === true,
  );
  return network.interfaces
    .filter(
      ({ owner, vpc }) =>
        vpc === sender?.vpc && endpoints.some(({ physicalId }) => owner.kind === 'endpoint' && owner.id === physicalId),
    )
    .some((each) => {
      const to: Endpoints = {
        reference: each.name,
        interfaces: [each],
        internet: false,
        range: null,
        byPublicAddress: false,
      };
      return ask(reach, { from, to, traffic: tcpPorts({ from: 443, to: 443 }), family: 4 }).verdict === 'yes';
    });
}
