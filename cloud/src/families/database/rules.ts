import type { Resource } from '../../inventory.ts';
import { flag, number, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, form, length, needed, notFor, oneOf, range, unique } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, type Rule } from '../contract/rule.ts';
import { clusterRules } from './cluster-rules.ts';
import { engineOf } from './database.ts';
import { engines } from './engines.ts';
import { groupRules } from './group-rules.ts';
import { databaseOffers, isOffered, isOfOtherEngine } from './offers.ts';
import { optionRules } from './option-rules.ts';
import { storageRules } from './storage-rules.ts';
import { userRules } from './user-rules.ts';
import { windowRules } from './window-rules.ts';

const types = ['AWS::RDS::DBInstance'];
const clusters = ['AWS::RDS::DBCluster'];
const both = [...types, ...clusters];
const page = 'AmazonRDS/latest/APIReference/API_CreateDBInstance.html';
const clusterPage = 'AmazonRDS/latest/APIReference/API_CreateDBCluster.html';

const isMember = ({ properties }: Resource) => isStated(properties, 'DBClusterIdentifier');
const isMultiAz = ({ properties }: Resource) => flag(properties, 'MultiAZ') === true;

const identifiers: readonly (readonly [readonly string[], string])[] = [
  [types, 'DBInstanceIdentifier'],
  [clusters, 'DBClusterIdentifier'],
];

/** What AWS refuses of databases and clusters. */
export const rules: readonly Rule[] = [
  ...identifiers.flatMap(([of, path]) => [
    length({ types: of, path, most: 63, page }),
    form({
      types: of,
      path,
      pattern: /^[A-Za-z](-?[A-Za-z0-9])*$/,
      said: words(
        'an identifier has letters, digits and single hyphens, begins with a letter and ends without a hyphen',
        '식별자에는 영문자, 숫자, 하이픈만 쓰며 영문자로 시작하고 하이픈이 이어지거나 끝에 오지 않아야 합니다.',
      ),
      page,
      aws: () =>
        `The parameter ${path} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    }),
    unique({
      types: of,
      path,
      code: 'NAME_TAKEN',
      said: words('An identifier is unique in its account and region.', '식별자는 계정과 리전 안에서 하나뿐입니다.'),
      key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value).toLowerCase()}`,
      page,
    }),
  ]),
  form({
    types,
    path: 'DBInstanceClass',
    code: 'WRONG_FORM',
    pattern: /^db\.(serverless|[a-z0-9-]+\.[a-z0-9.]+(-[a-z0-9]+)*)$/,
    said: words('a class is written as db.t3.micro', '클래스는 db.t3.micro처럼 씁니다.'),
    page: 'AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html',
    aws: (name) => `Invalid DB Instance class: ${name}`,
  }),
  needed({
    types,
    paths: ['DBInstanceClass'],
    said: words('A database instance', 'DB 인스턴스'),
    when: ({ properties }) =>
      isStated(properties, 'Engine') &&
      !isStated(properties, 'DBSnapshotIdentifier') &&
      !isStated(properties, 'SourceDBInstanceIdentifier'),
    page,
  }),
  needed({
    types,
    paths: ['AllocatedStorage'],
    said: words('A database of its own', '독립된 데이터베이스'),
    when: (resource) =>
      engines[engineOf(resource.properties)] !== undefined &&
      !isMember(resource) &&
      ![
        'DBSnapshotIdentifier',
        'SourceDBInstanceIdentifier',
        'RestoreTime',
        'UseLatestRestorableTime',
        'SourceDbiResourceId',
        'SourceDBInstanceAutomatedBackupsArn',
        'DBClusterSnapshotIdentifier',
        'SourceDBClusterIdentifier',
      ].some((each) => isStated(resource.properties, each)),
    page,
    aws: 'Invalid storage size for engine name and storage type',
  }),
  needed({
    types,
    paths: ['DBClusterIdentifier'],
    said: words('An instance of Aurora', 'Aurora 인스턴스'),
    when: ({ properties }) => engineOf(properties).startsWith('aurora') && isKnown(properties.Engine),
    page,
    at: ['Engine'],
  }),
  {
    code: 'WRONG_VERSION',
    types,
    page: 'AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html',
    what: words('A version that can be created of its engine.', '엔진에서 만들 수 있는 버전이어야 합니다.'),
    check: ({ properties }) => {
      const engine = engineOf(properties);
      const version = text(properties, 'EngineVersion');
      const majors = engines[engine]?.majors;
      const restored = isStated(properties, 'DBSnapshotIdentifier');
      if (version !== undefined && isKnown(version) && !restored && majors?.some((each) => isMajor(version, each)))
        return isOffered(engine, version) ? [] : [noVersion(engine, version)];
      if (!majors || version === undefined || !isKnown(version) || isStated(properties, 'DBSnapshotIdentifier'))
        return [];
      if (majors.some((each) => each.startsWith(`${version}.`) || version === each)) return [];
      return [
        {
          at: ['EngineVersion'],
          cause: words(
            `${engine} has no version ${version} that can be created.`,
            `${engine}에 만들 수 있는 ${version} 버전이 없습니다.`,
          ),
          next: words(`Write one of ${majors.join(', ')}.`, `다음 중 하나를 쓰세요: ${majors.join(', ')}`),
          aws: `Cannot find version ${version} for ${engine}`,
        },
      ];
    },
  },
  range({
    types,
    path: 'Port',
    from: 1150,
    to: 65_535,
    page,
    when: ({ properties }) => engines[engineOf(properties)] !== undefined,
  }),
  range({
    types,
    path: 'BackupRetentionPeriod',
    from: 0,
    to: 35,
    page,
    aws: (days) => `Invalid backup retention period: ${days}. Must be between 0 and 35`,
  }),
  range({ types: clusters, path: 'BackupRetentionPeriod', from: 1, to: 35, page: clusterPage }),
  oneOf({ types: both, path: 'MonitoringInterval', values: [0, 1, 5, 10, 15, 30, 60], page }),
  needed({
    types: both,
    paths: ['MonitoringRoleArn'],
    said: words('A MonitoringInterval other than 0', '0이 아닌 MonitoringInterval'),
    when: ({ properties }) => (number(properties, 'MonitoringInterval') ?? 0) > 0,
    at: ['MonitoringInterval'],
    page,
    aws: 'A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.',
  }),
  oneOf({
    types: both,
    path: 'PerformanceInsightsRetentionPeriod',
    values: [7, ...Array.from({ length: 23 }, (_, index) => (index + 1) * 31), 731],
    page,
  }),
  {
    code: 'CLASS_NOT_SUPPORTED',
    types,
    page: 'AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html',
    what: words(
      'Small classes of MySQL and MariaDB have no Performance Insights, old ones no encryption.',
      'MySQL·MariaDB의 작은 클래스에서는 성능 개선 도우미를, 오래된 클래스에서는 암호화를 쓸 수 없습니다.',
    ),
    check: ({ properties }): Fault[] => {
      const size = text(properties, 'DBInstanceClass') ?? '';
      if (
        flag(properties, 'EnablePerformanceInsights') &&
        ['mysql', 'mariadb'].includes(engineOf(properties)) &&
        /^db\.(t2\.\w+|t3\.(micro|small)|t4g\.(micro|small))$/.test(size)
      )
        return [
          {
            at: ['EnablePerformanceInsights'],
            cause: words(`${size} has no Performance Insights.`, `${size}에서는 성능 개선 도우미를 쓸 수 없습니다.`),
            next: words('Leave it out, or choose db.t3.medium or larger.', '빼거나 db.t3.medium 이상을 고르세요.'),
            aws: 'Performance Insights not supported for this configuration.',
          },
        ];
      if (flag(properties, 'StorageEncrypted') && /^db\.(t2\.micro|t1\.|m1\.|m2\.)/.test(size))
        return [
          {
            at: ['StorageEncrypted'],
            cause: words(`${size} has no encryption at rest.`, `${size}에서는 저장 데이터 암호화를 쓸 수 없습니다.`),
            next: words('Choose another class, for example db.t3.micro.', '다른 클래스를 고르세요. 예: db.t3.micro'),
            aws: `DB Instance class ${size} does not support encryption at rest`,
          },
        ];
      return [];
    },
  },
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    page,
    what: words(
      'A Multi-AZ database names no zone of its own.',
      '다중 AZ 데이터베이스에는 가용 영역을 지정하지 않습니다.',
    ),
    check: (resource) =>
      isMultiAz(resource) && isStated(resource.properties, 'AvailabilityZone')
        ? [
            {
              at: ['AvailabilityZone'],
              cause: words(
                'MultiAZ and AvailabilityZone exclude each other.',
                'MultiAZ와 AvailabilityZone은 함께 쓸 수 없습니다.',
              ),
              next: words('Leave one of them out.', '하나만 남기세요.'),
              aws: 'Requesting a specific availability zone is not valid for Multi-AZ instances.',
            },
          ]
        : [],
  },
  notFor({
    types,
    path: 'MultiAZ',
    kind: words('an instance of a cluster', '클러스터의 인스턴스'),
    when: (resource) => isMultiAz(resource) && engineOf(resource.properties).startsWith('aurora'),
    page,
  }),
  notFor({
    types,
    path: 'MultiAZ',
    kind: words('SQL Server Express', 'SQL Server Express'),
    when: (resource) => isMultiAz(resource) && engineOf(resource.properties) === 'sqlserver-ex',
    page,
  }),
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types: both,
    page,
    what: words('A key is for encrypted storage.', 'KMS 키는 암호화된 스토리지에만 지정합니다.'),
    check: ({ properties }) =>
      isStated(properties, 'KmsKeyId') && flag(properties, 'StorageEncrypted') === false
        ? [
            {
              at: ['KmsKeyId'],
              cause: words(
                'KmsKeyId is stated and StorageEncrypted is false.',
                'StorageEncrypted가 false인데 KmsKeyId를 지정했습니다.',
              ),
              next: words(
                'Write StorageEncrypted: true, or leave the key out.',
                'StorageEncrypted를 true로 쓰거나 키를 빼세요.',
              ),
            },
          ]
        : [],
  },
  {
    code: 'WRONG_VALUE',
    types,
    page,
    what: words('Logs and licence are those of the engine.', '로그 종류와 라이선스는 엔진에 맞아야 합니다.'),
    check: ({ properties }) => {
      const name = engineOf(properties);
      const engine = engines[name];
      if (!engine) return [];
      const license = text(properties, 'LicenseModel');
      const wrongLicense = license !== undefined && isKnown(license) && !engine.licenses.includes(license);
      return [
        ...texts(properties, 'EnableCloudwatchLogsExports').flatMap((each, index) =>
          engine.logs.includes(each) || !isKnown(each)
            ? []
            : [notOfEngine(['EnableCloudwatchLogsExports', index], each, name, engine.logs)],
        ),
        ...(wrongLicense ? [notOfEngine(['LicenseModel'], license, name, engine.licenses)] : []),
      ];
    },
  },
  {
    code: 'BACKUPS_OFF',
    types,
    page: 'AmazonRDS/latest/UserGuide/USER_ReadRepl.html',
    what: words('The source of a replica has automated backups.', '복제본의 원본에는 자동 백업이 켜져 있어야 합니다.'),
    check: ({ properties }, estate) => {
      const source = estate.find(properties.SourceDBInstanceIdentifier);
      if (source?.type !== 'AWS::RDS::DBInstance' || number(source.properties, 'BackupRetentionPeriod') !== 0)
        return [];
      return [
        {
          at: ['SourceDBInstanceIdentifier'],
          cause: words(
            `${source.logicalId} keeps no backups (BackupRetentionPeriod 0).`,
            `${source.logicalId}에 자동 백업이 없습니다(BackupRetentionPeriod 0).`,
          ),
          next: words('Keep backups of the source for a day or more.', '원본의 백업 보존 기간을 1일 이상으로 하세요.'),
          aws: 'Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.',
        },
      ];
    },
  },
  exclusive({ types, paths: ['SourceDBInstanceIdentifier', 'DBSnapshotIdentifier'], page }),
  {
    code: 'CLASS_NOT_SUPPORTED',
    types,
    page: 'AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html',
    what: words('A class is one that its engine is offered in.', '클래스는 그 엔진이 지원하는 것이어야 합니다.'),
    check: ({ properties }): Fault[] => {
      const [engine, size] = [engineOf(properties), text(properties, 'DBInstanceClass') ?? ''];
      if (!isKnown(size) || !isKnown(properties.Engine ?? null) || !isOfOtherEngine(engine, size)) return [];
      return [
        {
          at: ['DBInstanceClass'],
          cause: words(
            `${engine} is not offered in ${size} (as of ${databaseOffers().date}).`,
            `${engine}{은/는} ${size} 클래스를 지원하지 않습니다(${databaseOffers().date} 기준).`,
          ),
          next: words('Choose another class.', '다른 클래스를 고르세요.'),
          aws: `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${size}, Engine=${engine}`,
        },
      ];
    },
  },
  ...optionRules,
  ...clusterRules,
  ...userRules,
  ...storageRules,
  ...windowRules,
  ...groupRules,
];

function isMajor(version: string, major: string): boolean {
  return version.startsWith(`${major}.`);
}

function noVersion(engine: string, version: string): Fault {
  const { date } = databaseOffers();
  return {
    at: ['EngineVersion'],
    cause: words(
      `${engine} never had the version ${version} (as of ${date}).`,
      `${engine}에 ${version} 버전은 없었습니다(${date} 기준).`,
    ),
    next: words(
      'Write a version that RDS lists, or the major version alone.',
      'RDS 목록에 있는 버전이나 메이저 버전만 쓰세요.',
    ),
    aws: `Cannot find version ${version} for ${engine}`,
  };
}

function notOfEngine(at: Fault['at'], given: string, engine: string, may: readonly string[]): Fault {
  return {
    at,
    cause: words(`${engine} has no ${given}.`, `${engine}에는 ${given}{이/가} 없습니다.`),
    next: words(`Write ${may.join(', ')}.`, `쓸 수 있는 값: ${may.join(', ')}`),
  };
}
