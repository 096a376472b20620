import { servicePlacements } from '@terrace/cloud/families/registry';
import type { InterfaceOwner, RouteTarget } from '@terrace/cloud/views/network';
import { type Language, type Words, words } from '@terrace/cloud/words';

/** The table of docs/reach.md that says what is modelled: a row for every target of a route and every holder of an interface there is. */
export function modelledTable(language: Language): string {
  const title = language === 'ko' ? ['대상', '다루는 방식'] : ['what', 'how it is answered'];
  const rows = [
    ...Object.entries(targets).map(([kind, how]) => [targetNames[kind as RouteTarget['kind']], how] as const),
    ...Object.values(holders),
    ...others,
  ];
  return [
    `| ${title.join(' | ')} |`,
    '| --- | --- |',
    ...rows.map(([what, how]) => `| ${what[language]} | ${how[language]} |`),
  ].join('\n');
}

const targetNames: Readonly<Record<RouteTarget['kind'], Words>> = {
  local: words('local route', '로컬 경로'),
  'internet-gateway': words('internet gateway', '인터넷 게이트웨이'),
  'nat-gateway': words('NAT gateway', 'NAT 게이트웨이'),
  peering: words('peering', '피어링'),
  interface: words('instance or network interface as next hop', '다음 홉인 인스턴스나 네트워크 인터페이스'),
  'gateway-endpoint': words('gateway endpoint', '게이트웨이 엔드포인트'),
  'transit-gateway': words('transit gateway', 'Transit Gateway'),
  'vpn-gateway': words('virtual private gateway', '가상 프라이빗 게이트웨이'),
  blackhole: words('blackhole', '블랙홀'),
  unknown: words(
    'Gateway Load Balancer endpoint, carrier gateway, local gateway, core network, a target that is not in the templates',
    'Gateway Load Balancer 엔드포인트, 캐리어 게이트웨이, 로컬 게이트웨이, 코어 네트워크, 템플릿에 없는 대상',
  ),
};

const targets: Readonly<Record<RouteTarget['kind'], Words>> = {
  local: words('proven', '증명'),
  'internet-gateway': words('proven, with its own route table', '증명. 게이트웨이 자신의 라우팅 테이블 포함'),
  'nat-gateway': words('proven', '증명'),
  peering: words(
    'proven; not known where its other side is not in the templates',
    '증명. 상대가 템플릿에 없으면 알 수 없음',
  ),
  interface: words('proven, with its groups and its source/destination check', '증명. 보안 그룹과 소스/대상 확인 포함'),
  'gateway-endpoint': words(
    'proven for the service’s prefix list, asked by its name; another address may be the service’s: not known',
    '서비스의 접두사 목록을 이름으로 물으면 증명. 다른 주소는 그 서비스의 것일 수 있어 알 수 없음',
  ),
  'transit-gateway': words(
    'proven between VPCs: attachments and their zones, tables, association, propagation, static routes, blackholes, group references; VPN, Direct Connect, peered and Connect attachments: not known',
    'VPC 사이는 증명: 연결과 가용 영역, 라우팅 테이블, 연결 대상과 전파, 정적 경로, 블랙홀, 보안 그룹 참조. VPN, Direct Connect, 피어링, Connect 연결은 알 수 없음',
  ),
  'vpn-gateway': words('not known, with the routes that it learns', '학습한 경로까지 알 수 없음'),
  blackhole: words('a no', '아니요'),
  unknown: words('not known', '알 수 없음'),
};

const services = Object.keys(servicePlacements)
  .sort()
  .map((type) => `\`${type}\``)
  .join(', ');

const holders: Readonly<Record<InterfaceOwner['kind'], readonly [Words, Words]>> = {
  instance: [words('instance', '인스턴스'), words('proven', '증명')],
  'load-balancer': [
    words('load balancer', '로드 밸런서'),
    words(
      'proven, with its listeners; a Network Load Balancer together with its targets',
      '리스너까지 증명. Network Load Balancer는 대상까지 한 질문으로',
    ),
  ],
  database: [words('RDS instance', 'RDS 인스턴스'), words('proven', '증명')],
  'nat-gateway': [
    words('NAT gateway as an end', '출발지나 목적지인 NAT 게이트웨이'),
    words('nothing can be started towards it', '연결을 시작할 수 없음'),
  ],
  endpoint: [words('interface endpoint', '인터페이스 엔드포인트'), words('proven', '증명')],
  service: [
    words(services, services),
    words('proven for every address that it may have in its subnets', '서브넷에서 가질 수 있는 모든 주소에 대해 증명'),
  ],
  unattached: [words('unattached network interface', '연결되지 않은 네트워크 인터페이스'), words('a no', '아니요')],
};

const others: readonly (readonly [Words, Words])[] = [
  [
    words('another type that names subnets', '서브넷을 지정하는 그 밖의 유형'),
    words(
      'may hold an interface there, filtered by the groups that it names; not known without one',
      '그 서브넷에 인터페이스를 가질 수 있음. 지정한 보안 그룹으로 거르며, 없으면 알 수 없음',
    ),
  ],
  [
    words('IPv6', 'IPv6'),
    words(
      'proven within a VPC, over peerings, by internet and egress-only gateways and next hops; not known by other ways',
      'VPC 안, 피어링, 인터넷 게이트웨이, 송신 전용 인터넷 게이트웨이, 인스턴스를 거치는 경로는 증명. 다른 경로는 알 수 없음',
    ),
  ],
  [
    words(
      'prefix list, security group, ACL, route table or value that is not in the templates',
      '템플릿에 없는 접두사 목록, 보안 그룹, ACL, 라우팅 테이블, 값',
    ),
    words('not known where it decides', '그것이 결정하는 곳에서는 알 수 없음'),
  ],
];
