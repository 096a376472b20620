import { words } from '../words.ts';
import type { SettingReader } from './setting.ts';
import type { DatabaseSettings } from './settings.ts';

export function readDatabase(reader: SettingReader, usual: DatabaseSettings): DatabaseSettings {
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
      words('Size of the database', 'DB 인스턴스 클래스'),
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
        '암호화 키. AWS 관리형 키(무료) 또는 고객 관리형 키(월 1달러)',
      ),
    ),
    backupDays: reader.whole(
      'databaseBackupDays',
      [0, 35],
      usual.backupDays,
      words('Days to which the database can be restored, 0 for none', '백업 보존 기간(일). 0이면 백업하지 않음'),
    ),
    backupWindow: reader.text(
      'databaseBackupWindow',
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      usual.backupWindow,
      words('When the daily backup is taken, in UTC', '백업 기간(UTC)'),
      words('a window such as 17:00-17:30', '17:00-17:30 같은 기간'),
    ),
    maintenanceWindow: reader.text(
      'databaseMaintenanceWindow',
      /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/,
      usual.maintenanceWindow,
      words(
        'When AWS may restart the database, in UTC',
        '유지 관리 기간(UTC). AWS가 데이터베이스를 재시작해도 되는 때',
      ),
      words('a window such as sun:18:00-sun:18:30', 'sun:18:00-sun:18:30 같은 기간'),
    ),
    minorUpgrades: reader.yes(
      'databaseMinorUpgrades',
      usual.minorUpgrades,
      words('Minor upgrades in the maintenance window (free)', '유지 관리 기간에 마이너 버전 자동 업그레이드(무료)'),
    ),
    multiZone: reader.yes(
      'databaseMultiZone',
      usual.multiZone,
      words(
        'A standby in another zone (doubles the price of the database)',
        '다중 AZ. 다른 가용 영역의 대기 인스턴스(데이터베이스 요금이 두 배)',
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
