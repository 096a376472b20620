import type { JsonObject } from '../../json.ts';
import { words } from '../../words.ts';
import { type Fidelity, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::RDS::DBInstance': real(
    words(
      'PostgreSQL with TLS enforced (MySQL and MariaDB on Debian’s MariaDB), its data kept between runs.',
      'TLS를 강제하는 PostgreSQL이며(MySQL과 MariaDB는 데비안의 MariaDB) 데이터는 실행 사이에 남습니다.',
    ),
    {
      acts: 'Engine EngineVersion DBName DBInstanceIdentifier DBSubnetGroupName VPCSecurityGroups MasterUsername MasterUserPassword ManageMasterUserPassword Port DBParameterGroupName PubliclyAccessible MultiAZ NetworkType BackupRetentionPeriod PreferredBackupWindow DeletionProtection',
      modelled:
        'DBInstanceClass AllocatedStorage StorageType StorageEncrypted KmsKeyId PreferredMaintenanceWindow AutoMinorVersionUpgrade Iops StorageThroughput MaxAllocatedStorage CopyTagsToSnapshot AvailabilityZone LicenseModel EnablePerformanceInsights MonitoringInterval MonitoringRoleArn CACertificateIdentifier DeleteAutomatedBackups EnableCloudwatchLogsExports EnableIAMDatabaseAuthentication OptionGroupName DatabaseInsightsMode EngineLifecycleSupport PerformanceInsightsRetentionPeriod PerformanceInsightsKMSKeyId',
    },
    (properties) => engineFidelity(properties),
  ),
  'AWS::RDS::DBSubnetGroup': real(
    words('Subnets that a database may stand in.', '데이터베이스가 놓일 수 있는 서브넷입니다.'),
    {
      acts: 'SubnetIds',
      modelled: 'DBSubnetGroupName DBSubnetGroupDescription',
    },
  ),
  'AWS::RDS::DBParameterGroup': real(words('Settings of the PostgreSQL server.', 'PostgreSQL 서버의 설정입니다.'), {
    acts: 'Family Parameters',
    modelled: 'DBParameterGroupName',
  }),
  'AWS::RDS::OptionGroup': modelled(words('Read only.', '읽기만 합니다.')),
  'AWS::RDS::DBCluster': modelled(
    words(
      'Reachable and priced in the lenses; nothing runs.',
      '렌즈가 도달 가능성과 요금을 답하며 실행되는 것은 없습니다.',
    ),
  ),
  'AWS::RDS::DBClusterParameterGroup': modelled(words('Read only.', '읽기만 합니다.')),
};

/** PostgreSQL, MySQL and MariaDB run; other engines are drawn, priced and reached, but nothing listens. */
function engineFidelity(properties: JsonObject): { fidelity: Fidelity; how: ReturnType<typeof words> } | undefined {
  const engine = String(properties.Engine ?? '');
  if (['postgres', 'mysql', 'mariadb'].includes(engine)) return undefined;
  return {
    fidelity: 'modelled',
    how: words(
      `No ${engine || 'database'} server runs here; the lenses answer for it.`,
      `여기서는 ${engine || '데이터베이스'} 서버가 실행되지 않고 렌즈만 답합니다.`,
    ),
  };
}
