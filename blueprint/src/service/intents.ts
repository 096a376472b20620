import { engineOf } from '../settings/database-engine.ts';
import type { Settings } from '../settings/settings.ts';
import { type Words, words } from '../words.ts';

/**
 * Who must, and who must not, be able to talk to whom. Written into the template's metadata (`Terrace::Intents`), proven there by
 * `terrace check` and tried with real packets in a region.
 */
export interface Intent {
  readonly id: string;
  readonly verdict: 'allow' | 'forbid';
  /** `internet`, a range, a logical id or a Name tag. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  /** `8080`, `1-65535` or `all`. */
  readonly ports: string;
  readonly reason: Words;
}

export function intents(settings: Settings): Intent[] {
  return [...whoMust(settings), ...waysOut(settings), ...whoMustNot(settings)];
}

function whoMust({ names, addresses, database }: Settings): Intent[] {
  const databasePort = String(engineOf(database).port);
  return [
    allow('internet-to-page', 'internet', 'ExternalLoadBalancer', '80', {
      en: 'The page is for everybody.',
      ko: '누구나 페이지를 볼 수 있어야 합니다.',
    }),
    ...(names.domain
      ? [
          allow('internet-to-secure-page', 'internet', 'ExternalLoadBalancer', '443', {
            en: 'The page is for everybody, and nobody between may read or change it.',
            ko: '누구나 페이지를 볼 수 있어야 하고 중간에서 읽거나 바꿀 수 없어야 합니다.',
          }),
        ]
      : []),
    allow('page-to-web', 'ExternalLoadBalancer', 'WebServers', '80', {
      en: 'Visitors reach web servers through the load balancer.',
      ko: '방문자는 로드 밸런서를 거쳐 웹 서버에 연결됩니다.',
    }),
    allow('web-to-internal-balancer', 'WebServers', 'InternalLoadBalancer', '8080', {
      en: 'nginx hands requests on by one name, whichever application servers live.',
      ko: '어떤 애플리케이션 서버가 살아 있든 nginx는 이름 하나로 요청을 넘깁니다.',
    }),
    allow('internal-balancer-to-was', 'InternalLoadBalancer', 'ApplicationServers', '8080', {
      en: 'Requests and health checks reach the application servers.',
      ko: '요청과 상태 확인이 애플리케이션 서버에 도착해야 합니다.',
    }),
    allow('web-to-was', 'WebServers', 'ApplicationServers', '8080', {
      en: 'For diagnosis: an operator on a web server asks one application server directly.',
      ko: '진단용입니다. 운영자가 웹 서버에서 애플리케이션 서버 한 대에 직접 물어볼 수 있습니다.',
    }),
    allow('was-to-database', 'ApplicationServers', 'DatabaseInstance', databasePort, {
      en: 'The application keeps its data there.',
      ko: '애플리케이션의 데이터가 있는 곳입니다.',
    }),
    ...(addresses.testSubnet
      ? [
          allow('test-to-database', 'TestInstance', 'DatabaseInstance', databasePort, {
            en: 'The test instance is there to try the database without the peering in between.',
            ko: '테스트 인스턴스는 피어링을 거치지 않고 데이터베이스에 접속해 보려고 둡니다.',
          }),
        ]
      : []),
  ];
}

/** Servers leave by a NAT gateway where their zone has one, and otherwise call the services that have an endpoint beside them. */
function waysOut({ nat }: Settings): Intent[] {
  const servers = ['WebServers', 'ApplicationServers'];
  const byNat = { one: servers, 'per-zone': servers, 'first-zone-only': ['web/0', 'was/0'], none: [] }[nat];
  const byEndpoint = { one: [], 'per-zone': [], 'first-zone-only': ['web/1', 'was/1'], none: servers }[nat];
  const reason = words(
    'Boot signals, sessions, secrets and packages come from AWS’s services by HTTPS.',
    '부팅 신호, 세션, 보안 암호, 패키지는 AWS 서비스에서 HTTPS로 옵니다.',
  );
  return [
    { ...allow('servers-to-services', '', 'internet', '443', reason), from: byNat },
    { ...allow('servers-to-endpoints', '', 'EndpointSecurityGroup', '443', reason), from: byEndpoint },
  ].filter((each) => each.from.length > 0);
}

function whoMustNot({ addresses }: Settings): Intent[] {
  const tests = addresses.testSubnet ? ['TestInstance'] : [];
  return [
    forbid(
      'internet-not-to-servers',
      ['internet'],
      ['WebServers', 'ApplicationServers', 'DatabaseInstance', 'InternalLoadBalancer', ...tests],
      {
        en: 'Nothing but the external load balancer faces the internet.',
        ko: '인터넷에 드러나는 것은 외부 로드 밸런서뿐입니다.',
      },
    ),
    forbid(
      'web-not-to-database',
      ['WebServers', 'ExternalLoadBalancer', 'InternalLoadBalancer'],
      ['DatabaseInstance'],
      {
        en: 'A web server that is broken into must not be a way to the data.',
        ko: '웹 서버가 뚫리더라도 데이터로 가는 길이 되어서는 안 됩니다.',
      },
    ),
    forbid('database-calls-nobody', ['DatabaseInstance'], ['internet', 'WebServers', 'ApplicationServers', ...tests], {
      en: 'The database answers and never calls: data cannot be carried out by it.',
      ko: '데이터베이스는 응답만 하고 먼저 접속하지 않습니다. 데이터가 이 길로 새어 나갈 수 없습니다.',
    }),
    {
      ...forbid(
        'nobody-by-ssh',
        ['internet', 'WebServers', 'ApplicationServers'],
        ['WebServers', 'ApplicationServers', ...tests],
        {
          en: 'Servers are managed through SSM: nobody needs port 22.',
          ko: '서버는 SSM으로 관리하므로 22번 포트는 아무에게도 필요 없습니다.',
        },
      ),
      protocol: 'tcp',
      ports: '22',
    },
  ];
}

function allow(id: string, from: string, to: string, ports: string, reason: Words): Intent {
  return { id, verdict: 'allow', from: [from], to: [to], protocol: 'tcp', ports, reason };
}

function forbid(id: string, from: readonly string[], to: readonly string[], reason: Words): Intent {
  return { id, verdict: 'forbid', from, to, protocol: 'all', ports: 'all', reason };
}
