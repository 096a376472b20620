import { words } from '../words.ts';
import { inTest, type ListedSetting, sizes } from './listed-setting.fixture.ts';

const options = {
  databaseEngineVersion: '16.9',
  databaseInstanceClass: 'db.m6g.large',
  databaseStorage: 100,
  databaseKey: 'own',
  databaseBackupDays: 0,
  databaseBackupWindow: '01:00-02:00',
  databaseMaintenanceWindow: 'mon:03:00-mon:04:00',
  databaseMinorUpgrades: false,
  databaseMultiZone: true,
  databaseDeletionProtection: true,
};
const mysql = { databaseEngine: 'mysql', databaseEncryption: false, databaseWhenDeleted: 'nothing' };

export const listedDatabaseSettings: Readonly<Record<string, ListedSetting>> = {
  databaseEngine: {
    context: mysql,
    reaches: [
      ['service/DatabaseInstance', 'Properties.Engine', 'mysql'],
      ['service/DatabaseParameterGroup', 'Properties.Family', 'mysql8.4'],
      ['service/ApplicationToDatabase', 'Properties.FromPort', 3306],
      ['network/DatabaseAclInA', 'Properties.PortRange.From', 3306],
    ],
    region: inTest(
      'database/mariadb-server',
      'is made with master user and database, asks for TLS where told to, and keeps its data',
      words('acts; MySQL runs on Debian’s MariaDB', '동작함. MySQL은 데비안의 MariaDB로 실행'),
    ),
  },
  databaseEngineVersion: {
    context: options,
    reaches: [
      ['service/DatabaseInstance', 'Properties.EngineVersion', '16.9'],
      ['service/DatabaseParameterGroup', 'Properties.Family', 'postgres16'],
    ],
    region: inTest(
      'blueprint-settings',
      'a version that is not installed is told beside the one that runs',
      words('told beside the version that runs, PostgreSQL 17', '실행되는 버전(PostgreSQL 17)과 함께 알려 줌'),
    ),
  },
  databaseInstanceClass: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.DBInstanceClass', 'db.m6g.large']],
    region: sizes('AWS::RDS::DBInstance.DBInstanceClass'),
  },
  databaseStorage: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.AllocatedStorage', '100']],
    region: {
      because: words('priced; the machine’s disk is the limit', '요금만 계산하고 한도는 이 컴퓨터의 디스크'),
      properties: ['AWS::RDS::DBInstance.AllocatedStorage'],
    },
  },
  databaseEncryption: {
    context: mysql,
    reaches: [['service/DatabaseInstance', 'Properties.StorageEncrypted', false]],
    region: {
      because: words('files here are not encrypted', '여기서는 파일을 암호화하지 않음'),
      properties: ['AWS::RDS::DBInstance.StorageEncrypted'],
    },
  },
  databaseKey: {
    context: options,
    reaches: [
      ['service/DatabaseInstance', 'Properties.KmsKeyId', { 'Fn::GetAtt': ['DatabaseKey', 'Arn'] }],
      ['service/DatabaseKey', 'Properties.EnableKeyRotation', true],
    ],
    region: {
      because: words(
        'priced, and who may use it is proven; it encrypts nothing',
        '요금과 사용 권한만 답하고 암호화하지 않음',
      ),
      properties: ['AWS::RDS::DBInstance.KmsKeyId', 'AWS::KMS::Key'],
    },
  },
  databaseBackupDays: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.BackupRetentionPeriod', 0]],
    region: inTest(
      'database-operations',
      'is restored to a moment before a mistake, and to one before that, from the one that bore its name then',
    ),
  },
  databaseBackupWindow: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.PreferredBackupWindow', '01:00-02:00']],
    region: {
      file: 'region/test/database/backup-schedule.test.ts',
      test: 'a new instance is backed up once; without a retention nothing of it stays',
    },
  },
  databaseMaintenanceWindow: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.PreferredMaintenanceWindow', 'mon:03:00-mon:04:00']],
    region: {
      because: words('nothing is maintained here', '여기서는 유지 관리 작업이 없음'),
      properties: ['AWS::RDS::DBInstance.PreferredMaintenanceWindow'],
    },
  },
  databaseMinorUpgrades: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.AutoMinorVersionUpgrade', false]],
    region: {
      because: words('the version that comes with Terrace runs', 'Terrace에 포함된 버전이 실행됨'),
      properties: ['AWS::RDS::DBInstance.AutoMinorVersionUpgrade'],
    },
  },
  databaseMultiZone: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.MultiAZ', true]],
    region: inTest(
      'database-operations',
      'fails over to its standby when told to, and the application follows its name',
    ),
  },
  databaseDeletionProtection: {
    context: options,
    reaches: [['service/DatabaseInstance', 'Properties.DeletionProtection', true]],
    region: inTest('database-operations', 'refuses to be deleted, by a purge and by a change, until protection is off'),
  },
  databaseWhenDeleted: {
    context: mysql,
    reaches: [['service/DatabaseInstance', 'DeletionPolicy', 'Delete']],
    region: {
      because: words(
        'data stays in .terrace until terrace down --purge',
        '데이터는 terrace down --purge 전까지 .terrace에 남음',
      ),
      properties: [],
    },
  },
};
