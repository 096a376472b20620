import { flag } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, notFor, oneOf } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { engineOf } from './database.ts';

const types = ['AWS::RDS::DBInstance'];
const both = [...types, 'AWS::RDS::DBCluster'];
const page = 'AmazonRDS/latest/APIReference/API_CreateDBInstance.html';

/** What AWS refuses of the options of databases. */
export const optionRules: readonly Rule[] = [
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonRDS/latest/UserGuide/USER_PerfInsights.Enabling.html',
    what: words(
      'Retention and key of Performance Insights need EnablePerformanceInsights.',
      '성능 개선 도우미의 보존 기간과 키는 EnablePerformanceInsights를 켜야 쓸 수 있습니다.',
    ),
    next: words('Write EnablePerformanceInsights: true.', 'EnablePerformanceInsights를 true로 쓰세요.'),
    where: ({ properties }) =>
      flag(properties, 'EnablePerformanceInsights') === false || !isStated(properties, 'EnablePerformanceInsights')
        ? ['PerformanceInsightsRetentionPeriod', 'PerformanceInsightsKMSKeyId'].filter((each) =>
            isStated(properties, each),
          )
        : [],
    aws: "To enable Performance Insights, EnablePerformanceInsights must be set to 'true'",
  }),
  form({
    types: both,
    path: 'MonitoringRoleArn',
    code: 'WRONG_FORM',
    pattern: /^arn:[\w-]+:iam::/,
    said: words('a role is named by its ARN', '역할은 ARN으로 지정합니다.'),
    page,
  }),
  notFor({
    types,
    path: 'Timezone',
    kind: words('an engine other than SQL Server and Db2', 'SQL Server와 Db2가 아닌 엔진'),
    when: ({ properties }) => /^(mysql|mariadb|postgres|oracle|aurora)/.test(engineOf(properties)),
    page,
    aws: 'The timezone parameter is not supported for this engine',
  }),
  oneOf({ types: both, path: 'NetworkType', values: ['IPV4', 'DUAL'], page }),
  form({
    types: both,
    path: 'CACertificateIdentifier',
    code: 'WRONG_VALUE',
    pattern: /^(?!rds-ca-201[05]$)/,
    said: words(
      'rds-ca-2010 and rds-ca-2015 have expired; rds-ca-rsa2048-g1 is the default',
      'rds-ca-2010과 rds-ca-2015는 만료되었습니다. 기본값은 rds-ca-rsa2048-g1입니다.',
    ),
    page: 'AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
    aws: (name) => `Certificate not found: ${name}`,
  }),
  refused({
    code: 'OTHER_ENGINE',
    types,
    page,
    what: words('An instance has the engine of its cluster.', '인스턴스의 엔진은 클러스터의 엔진과 같아야 합니다.'),
    where: ({ properties }, estate) => {
      const cluster = estate.find(properties.DBClusterIdentifier);
      if (
        cluster?.type !== 'AWS::RDS::DBCluster' ||
        !isKnown([properties.Engine ?? null, cluster.properties.Engine ?? null])
      )
        return [];
      const [own, its] = [engineOf(properties), engineOf(cluster.properties)];
      return own !== '' && its !== '' && own !== its ? ['Engine'] : [];
    },
    aws: 'The engine name requested for your DB instance does not match the engine name of your DB cluster',
  }),
  ...(
    [
      ['BackupRetentionPeriod', 'backup retention period'],
      ['DBName', 'database name'],
      ['MasterUsername', 'master user name'],
      ['MasterUserPassword', 'master user password'],
    ] as const
  ).map(([path, name]) =>
    notFor({
      types,
      path,
      kind: words('an instance of a cluster, which has it', '클러스터의 인스턴스(클러스터에 지정)'),
      when: ({ properties }) =>
        isStated(properties, 'DBClusterIdentifier') && engineOf(properties).startsWith('aurora'),
      page,
      aws: `The requested DB Instance will be a member of a DB Cluster. Set ${name} for the DB Cluster.`,
    }),
  ),
];
