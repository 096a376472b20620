import { checkSettings } from './check-settings.ts';
import { profiles } from './profiles.ts';
import { type SettingDescription, SettingReader } from './setting.ts';
import type { DatabaseSettings, Profile, ServerSettings, SettingMistake, Settings } from './settings.ts';
import { words } from './words.ts';

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly mistakes: readonly SettingMistake[] };

/**
 * The settings that a CDK context asks for: `profile` chooses what stands where nothing is said, every other key changes one thing.
 * Reports all that is wrong at once, unknown keys included (keys with `:` or `/` are CDK's own and left alone).
 */
export function settingsFromContext(context: Readonly<Record<string, unknown>>): SettingsRead {
  const reader = new SettingReader(context);
  const settings = read(reader);
  checkSettings(settings, reader);
  reportUnknown(context, reader);
  return reader.mistakes.length === 0 ? { ok: true, settings } : { ok: false, mistakes: reader.mistakes };
}

/** Every setting with its meaning, its range and what stands for it in a profile. */
export function describeSettings(profile: Profile): readonly SettingDescription[] {
  const reader = new SettingReader({ profile });
  read(reader);
  return reader.described.map((each) => (each.key === 'profile' ? { ...each, usual: profile } : each));
}

const range = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const rangeAllowed = words('an IPv4 range such as 10.10.0.0/16', '10.10.0.0/16 같은 IPv4 범위');
const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const domainAllowed = words('a domain name such as play.example.com', 'play.example.com 같은 도메인 이름');

function read(reader: SettingReader): Settings {
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
        'NAT 게이트웨이. 하나를 두 영역이 함께 쓰거나, 첫 번째 영역만 쓰거나, 영역마다 두거나, 두지 않음',
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
      words('Records of refused traffic (0.76 USD a gigabyte)', '거절된 트래픽 기록(GB당 0.76달러)'),
    ),
    accessLogs: reader.yes(
      'accessLogs',
      usual.accessLogs,
      words('Records of every request to the load balancers', '로드 밸런서가 받은 모든 요청의 기록'),
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
    publicVpc: reader.text('publicVpc', range, usual.publicVpc, words('Range of VPC 1', 'VPC 1의 범위'), rangeAllowed),
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
      words('Range of VPC 2', 'VPC 2의 범위'),
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
        'VPC 2의 퍼블릭 서브넷과 테스트 인스턴스. 시간당 약 0.01달러가 들고 데이터가 있는 VPC에 문이 하나 생김',
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
    least: reader.whole(`${name}Least`, [0, 100], usual.least, words(`Fewest ${whose.en}`, `${whose.ko} 최소 대수`)),
    usual: reader.whole(
      `${name}Usual`,
      [0, 100],
      usual.usual,
      words(`Usual number of ${whose.en}`, `${whose.ko} 평소 대수`),
    ),
    most: reader.whole(`${name}Most`, [1, 100], usual.most, words(`Most ${whose.en}`, `${whose.ko} 최대 대수`)),
  };
}

function readDatabase(reader: SettingReader, usual: DatabaseSettings): DatabaseSettings {
  const engine = reader.choice(
    'databaseEngine',
    ['postgres', 'mysql'],
    usual.engine,
    words('Database engine; the arcade needs postgres', '데이터베이스 엔진. 아케이드에는 postgres가 필요'),
  );
  return {
    engine,
    engineVersion: reader.text(
      'databaseEngineVersion',
      /^\d{1,2}(\.\d{1,2}){1,2}$/,
      engine === usual.engine ? usual.engineVersion : '8.4.6',
      words('Engine version', '엔진 버전'),
      words('a version such as 17.9', '17.9 같은 버전'),
    ),
    instanceClass: reader.text(
      'databaseInstanceClass',
      /^db\.[a-z]\d[a-z0-9-]*\.(micro|small|medium|large|\d*xlarge)$/,
      usual.instanceClass,
      words('Size of the database', '데이터베이스 인스턴스 클래스'),
      words('a class such as db.t4g.micro', 'db.t4g.micro 같은 클래스'),
    ),
    storage: reader.whole(
      'databaseStorage',
      [20, 65_536],
      usual.storage,
      words('Gibibytes of storage', '스토리지 크기(GiB)'),
    ),
    encryption: reader.yes(
      'databaseEncryption',
      usual.encryption,
      words(
        'Encryption at rest: free, and cannot be switched on later',
        '저장 데이터 암호화. 무료이며 나중에 켤 수 없음',
      ),
    ),
    key: reader.choice(
      'databaseKey',
      ['aws', 'own'],
      usual.key,
      words(
        'Encryption key: AWS’s (free) or one’s own (1 USD a month)',
        '암호화 키. AWS 키(무료) 또는 직접 관리하는 키(월 1달러)',
      ),
    ),
    backupDays: reader.whole(
      'databaseBackupDays',
      [0, 35],
      usual.backupDays,
      words('Days to which the database can be restored, 0 for none', '복원할 수 있는 기간(일). 0이면 백업하지 않음'),
    ),
    backupWindow: reader.text(
      'databaseBackupWindow',
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      usual.backupWindow,
      words('When the daily backup is taken, in UTC', '매일 백업하는 시간대(UTC)'),
      words('a window such as 17:00-17:30', '17:00-17:30 같은 시간대'),
    ),
    maintenanceWindow: reader.text(
      'databaseMaintenanceWindow',
      /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/,
      usual.maintenanceWindow,
      words('When AWS may restart the database, in UTC', 'AWS가 데이터베이스를 재시작해도 되는 시간대(UTC)'),
      words('a window such as sun:18:00-sun:18:30', 'sun:18:00-sun:18:30 같은 시간대'),
    ),
    minorUpgrades: reader.yes(
      'databaseMinorUpgrades',
      usual.minorUpgrades,
      words('Minor upgrades in the maintenance window (free)', '유지 관리 시간에 마이너 버전 자동 업그레이드(무료)'),
    ),
    multiZone: reader.yes(
      'databaseMultiZone',
      usual.multiZone,
      words(
        'A standby in another zone (doubles the price of the database)',
        '다른 영역의 대기 인스턴스(데이터베이스 요금이 두 배)',
      ),
    ),
    deletionProtection: reader.yes(
      'databaseDeletionProtection',
      usual.deletionProtection,
      words('Refuses to be deleted until this is off', '이 설정을 끄기 전에는 삭제를 막음'),
    ),
    whenDeleted: reader.choice(
      'databaseWhenDeleted',
      ['snapshot', 'nothing'],
      usual.whenDeleted,
      words(
        'What a deleted database leaves: a snapshot (0.095 USD a gigabyte and month of data), or nothing',
        '데이터베이스를 지울 때 남기는 것. 스냅샷(데이터 GB당 월 0.095달러)이거나 아무것도 남기지 않음',
      ),
    ),
  };
}

function readMoney(reader: SettingReader, usual: Settings['money']): Settings['money'] {
  const hours = reader.optional(
    'hours',
    /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d( [A-Z]{3}(-[A-Z]{3})?(,[A-Z]{3})*)?$/,
    usual.hours && `${usual.hours.from}-${usual.hours.to} ${usual.hours.days}`,
    words(
      'Hours in Seoul at which servers are there; outside them none',
      '서버를 켜 두는 시간(서울 기준). 그 밖에는 모두 끔',
    ),
    words('hours such as “09:00-18:00 MON-FRI”', '“09:00-18:00 MON-FRI” 같은 시간'),
  );
  const [times, days] = hours?.split(' ') ?? [];
  const [from, to] = times?.split('-') ?? [];
  return {
    budget: reader.whole(
      'budget',
      [1_000, 1_000_000_000],
      usual.budget,
      words('A month’s limit in won', '한 달 예산(원)'),
    ),
    wonPerDollar: reader.number(
      'wonPerDollar',
      [500, 5_000],
      usual.wonPerDollar,
      words('Won for one dollar', '1달러의 원화 환율'),
    ),
    wonPerDollarOn: reader.text(
      'wonPerDollarOn',
      /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/,
      usual.wonPerDollarOn,
      words('Date of that rate', '환율 기준일'),
      words('a month or a day such as 2026-06 or 2026-06-30', '2026-06이나 2026-06-30 같은 달이나 날짜'),
    ),
    whenUsedUp: reader.choice(
      'whenUsedUp',
      ['stop', 'tell'],
      usual.whenUsedUp,
      words(
        'What a used-up budget does: stop the service, or tell',
        '예산을 다 썼을 때. 서비스를 멈추거나 알리기만 함',
      ),
    ),
    hours: from && to ? { from, to, days: days ?? 'MON-SUN' } : null,
  };
}

function reportUnknown(context: Readonly<Record<string, unknown>>, reader: SettingReader): void {
  const known = reader.described.map(({ key }) => key);
  for (const key of Object.keys(context)) {
    if (known.includes(key) || /[:/@]/.test(key)) continue;
    const near = known.filter((candidate) => distance(candidate.toLowerCase(), key.toLowerCase()) <= 3);
    reader.refuse(
      key,
      words(`there is no setting ${key}`, `${key}라는 설정은 없습니다`),
      near.length > 0
        ? words(`did you mean ${near.join(' or ')}?`, `${near.join(' 또는 ')}을(를) 뜻했나요?`)
        : words(`take one of ${known.join(', ')}`, `쓸 수 있는 설정: ${known.join(', ')}`),
    );
  }
}

/** Edits between two words (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === against ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
