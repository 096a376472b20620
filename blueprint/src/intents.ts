import type { Settings } from './settings.ts';
import { type Words, words } from './words.ts';

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

export function intents(_settings: Settings): Intent[] {
  return [
    {
      id: 'internet-to-page',
      verdict: 'allow',
      from: ['internet'],
      to: ['ExternalLoadBalancer'],
      protocol: 'tcp',
      ports: '80',
      reason: words('The page is for everybody.', '누구나 페이지를 볼 수 있어야 합니다.'),
    },
    {
      id: 'page-to-web',
      verdict: 'allow',
      from: ['ExternalLoadBalancer'],
      to: ['WebServers'],
      protocol: 'tcp',
      ports: '80',
      reason: words(
        'Visitors reach web servers through the load balancer.',
        '방문자는 로드 밸런서를 거쳐 웹 서버에 닿습니다.',
      ),
    },
    {
      id: 'web-to-internal-balancer',
      verdict: 'allow',
      from: ['WebServers'],
      to: ['InternalLoadBalancer'],
      protocol: 'tcp',
      ports: '8080',
      reason: words('nginx hands requests on by one name.', 'nginx는 이름 하나로 요청을 넘깁니다.'),
    },
    {
      id: 'internal-balancer-to-was',
      verdict: 'allow',
      from: ['InternalLoadBalancer'],
      to: ['ApplicationServers'],
      protocol: 'tcp',
      ports: '8080',
      reason: words(
        'Requests and health checks reach the application servers.',
        '요청과 상태 검사가 애플리케이션 서버에 닿아야 합니다.',
      ),
    },
    {
      id: 'web-to-was',
      verdict: 'allow',
      from: ['WebServers'],
      to: ['ApplicationServers'],
      protocol: 'tcp',
      ports: '8080',
      reason: words(
        'For diagnosis: an operator on a web server asks one application server directly.',
        '진단용입니다. 운영자가 웹 서버에서 애플리케이션 서버 한 대에 직접 물어볼 수 있습니다.',
      ),
    },
    {
      id: 'was-to-database',
      verdict: 'allow',
      from: ['ApplicationServers'],
      to: ['DatabaseInstance'],
      protocol: 'tcp',
      ports: '5432',
      reason: words('The application keeps its data there.', '애플리케이션의 데이터가 있는 곳입니다.'),
    },
    {
      id: 'internet-not-to-servers',
      verdict: 'forbid',
      from: ['internet'],
      to: ['WebServers', 'ApplicationServers', 'DatabaseInstance', 'InternalLoadBalancer'],
      protocol: 'all',
      ports: 'all',
      reason: words(
        'Nothing but the external load balancer faces the internet.',
        '인터넷에 드러나는 것은 외부 로드 밸런서뿐입니다.',
      ),
    },
    {
      id: 'web-not-to-database',
      verdict: 'forbid',
      from: ['WebServers', 'ExternalLoadBalancer', 'InternalLoadBalancer'],
      to: ['DatabaseInstance'],
      protocol: 'all',
      ports: 'all',
      reason: words(
        'A web server that is broken into must not be a way to the data.',
        '웹 서버가 뚫리더라도 데이터로 가는 길이 되어서는 안 됩니다.',
      ),
    },
    {
      id: 'database-calls-nobody',
      verdict: 'forbid',
      from: ['DatabaseInstance'],
      to: ['internet', 'WebServers', 'ApplicationServers'],
      protocol: 'all',
      ports: 'all',
      reason: words(
        'The database answers and never calls: data cannot be carried out by it.',
        '데이터베이스는 응답만 하고 먼저 접속하지 않습니다. 데이터가 이 길로 새어 나갈 수 없습니다.',
      ),
    },
    {
      id: 'nobody-by-ssh',
      verdict: 'forbid',
      from: ['internet', 'WebServers', 'ApplicationServers'],
      to: ['WebServers', 'ApplicationServers'],
      protocol: 'tcp',
      ports: '22',
      reason: words(
        'Servers are managed through SSM: nobody needs port 22.',
        '서버는 SSM으로 관리하므로 22번 포트는 아무에게도 필요 없습니다.',
      ),
    },
  ];
}
