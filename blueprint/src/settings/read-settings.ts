import { words } from '../words.ts';
import { profiles } from './profiles.ts';
import { readDatabase } from './read-database-settings.ts';
import { readMoney } from './read-money-settings.ts';
import type { SettingReader } from './setting.ts';
import type { ServerSettings, Settings } from './settings.ts';

const range = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const rangeAllowed = words('an IPv4 range such as 10.10.0.0/16', '10.10.0.0/16 같은 IPv4 CIDR 블록');
const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const domainAllowed = words('a domain name such as play.example.com', 'play.example.com 같은 도메인 이름');

/** Every setting in turn: what it means, what it may be, and what stands for it in the profile. */
export function readSettings(reader: SettingReader): Settings {
  const profile = reader.choice(
    'profile',
    ['classroom', 'production'],
    'classroom',
    words('What stands where nothing else is said', '따로 정하지 않은 값들의 기본 묶음'),
  );
  const usual = profiles[profile];
  const region = reader.text(
    'region',
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    usual.region,
    words('Region of everything', '모든 리소스의 리전'),
    words('a region such as ap-northeast-2', 'ap-northeast-2 같은 리전'),
  );
  const inRegion = region === usual.region ? usual.zones : (['a', 'b', 'c'].map((zone) => region + zone) as never);
  return {
    profile,
    region,
    zones: reader.texts(
      'zones',
      /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/,
      inRegion,
      words(
        'Zones: servers use the first two, the database all three',
        '가용 영역. 서버는 앞의 두 곳, 데이터베이스는 세 곳 모두 사용',
      ),
      words('a zone such as ap-northeast-2a', 'ap-northeast-2a 같은 가용 영역'),
    ),
    addresses: readAddresses(reader, usual),
    nat: reader.choice(
      'nat',
      ['one', 'first-zone-only', 'per-zone', 'none'],
      usual.nat,
      words(
        'NAT gateways: one that serves both zones, one for the first zone alone, one in each zone, or none',
        'NAT 게이트웨이. 하나를 두 가용 영역이 함께 쓰거나, 첫 번째 가용 영역만 쓰거나, 가용 영역마다 두거나, 두지 않음',
      ),
    ),
    databaseAcl: reader.yes(
      'databaseAcl',
      usual.databaseAcl,
      words('A network ACL on the database subnets (free)', '데이터베이스 서브넷의 네트워크 ACL(무료)'),
    ),
    flowLogs: reader.yes(
      'flowLogs',
      usual.flowLogs,
      words('Records of refused traffic (0.76 USD a gigabyte)', 'VPC 흐름 로그. 거부된 트래픽만(GB당 0.76달러)'),
    ),
    accessLogs: reader.yes(
      'accessLogs',
      usual.accessLogs,
      words('Records of every request to the load balancers', '로드 밸런서의 액세스 로그'),
    ),
    web: readServers(reader, 'web', usual.web, words('web servers', '웹 서버')),
    application: readServers(
      reader,
      'application',
      usual.application,
      words('application servers', '애플리케이션 서버'),
    ),
    database: readDatabase(reader, usual.database),
    names: {
      privateZone: reader.optional(
        'privateZone',
        domain,
        usual.names.privateZone,
        words(
          'Private zone with names for the database and the internal load balancer (0.50 USD a month)',
          '데이터베이스와 내부 로드 밸런서의 이름을 둘 프라이빗 호스팅 영역(월 0.50달러)',
        ),
        domainAllowed,
      ),
      domain: reader.optional(
        'domain',
        domain,
        usual.names.domain,
        words('The page’s own name, with a certificate and HTTPS', '페이지의 도메인. 인증서와 HTTPS를 함께 구성'),
        domainAllowed,
      ),
      hostedZone: reader.optional(
        'hostedZone',
        /^Z[A-Z0-9]{4,31}$/,
        usual.names.hostedZone,
        words('Existing hosted zone of that domain', '해당 도메인의 기존 호스팅 영역'),
        words('a hosted zone id such as Z0123456789ABC', 'Z0123456789ABC 같은 호스팅 영역 ID'),
      ),
    },
    team: reader.choice(
      'team',
      ['two-level', 'three-level'],
      usual.team,
      words(
        'Personas: admin and operator; or admin, devops, developer and viewer',
        '팀 구성. admin과 operator, 또는 admin, devops, developer, viewer',
      ),
    ),
    deployment: reader.choice(
      'deployment',
      ['caller', 'roles'],
      usual.deployment,
      words(
        'Deploy by the caller’s own permissions, or by bootstrap roles of each stack',
        '호출자의 권한으로 배포하거나, 스택별 부트스트랩 역할로 배포',
      ),
    ),
    money: readMoney(reader, usual.money),
  };
}

function readAddresses(reader: SettingReader, { addresses: usual }: Settings): Settings['addresses'] {
  return {
    publicVpc: reader.text(
      'publicVpc',
      range,
      usual.publicVpc,
      words('Range of VPC 1', 'VPC 1의 CIDR 블록'),
      rangeAllowed,
    ),
    publicSubnets: reader.texts(
      'publicSubnets',
      range,
      usual.publicSubnets,
      words('Public subnets', '퍼블릭 서브넷'),
      rangeAllowed,
    ),
    webSubnets: reader.texts('webSubnets', range, usual.webSubnets, words('Web subnets', '웹 서브넷'), rangeAllowed),
    applicationSubnets: reader.texts(
      'applicationSubnets',
      range,
      usual.applicationSubnets,
      words('Application subnets', '애플리케이션 서브넷'),
      rangeAllowed,
    ),
    privateVpc: reader.text(
      'privateVpc',
      range,
      usual.privateVpc,
      words('Range of VPC 2', 'VPC 2의 CIDR 블록'),
      rangeAllowed,
    ),
    databaseSubnets: reader.texts(
      'databaseSubnets',
      range,
      usual.databaseSubnets,
      words('Database subnets', '데이터베이스 서브넷'),
      rangeAllowed,
    ),
    testSubnet: reader.optional(
      'testSubnet',
      range,
      usual.testSubnet,
      words(
        'A public subnet in VPC 2 with a test instance: about 0.01 USD an hour, and a door to the VPC of the data',
        'VPC 2의 퍼블릭 서브넷과 테스트 인스턴스. 시간당 약 0.01달러가 들고, 데이터베이스가 있는 VPC에 인터넷 연결 통로가 생김',
      ),
      rangeAllowed,
    ),
  };
}

function readServers(
  reader: SettingReader,
  name: string,
  usual: ServerSettings,
  whose: { en: string; ko: string },
): ServerSettings {
  return {
    instanceType: reader.text(
      `${name}InstanceType`,
      /^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge)$/,
      usual.instanceType,
      words(`Instance type of the ${whose.en}`, `${whose.ko}의 인스턴스 유형`),
      words('an instance type such as t4g.micro', 't4g.micro 같은 인스턴스 유형'),
    ),
    least: reader.whole(`${name}Least`, [0, 100], usual.least, words(`Fewest ${whose.en}`, `${whose.ko}의 최소 용량`)),
    usual: reader.whole(
      `${name}Usual`,
      [0, 100],
      usual.usual,
      words(`Usual number of ${whose.en}`, `${whose.ko}의 원하는 용량`),
    ),
    most: reader.whole(`${name}Most`, [1, 100], usual.most, words(`Most ${whose.en}`, `${whose.ko}의 최대 용량`)),
  };
}
