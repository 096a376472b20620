import { formatAddress } from '@terrace/cloud/address';
import { failure, type Mistake, mistake, type Place, type Result, success } from '@terrace/cloud/mistake';
import type { DatabaseInstance } from '@terrace/cloud/views/database';
import { words } from '@terrace/cloud/words';
import type { ServerCertificate } from '../authority/authority.ts';
import type { DatabaseConfiguration, DatabasePatience } from './configuration.ts';
import { mariadbSettings, postgresqlSettings } from './parameters.ts';
import type { ServerUser } from './private-view.ts';

/** What the region adds to what the template says of an instance. */
interface DatabaseSurroundings {
  readonly directory: string;
  readonly cache: string;
  readonly networkNamespace: string | null;
  /** Of the standby's interface, for a Multi-AZ instance. */
  readonly standbyNamespace?: string | null;
  readonly user: ServerUser;
  readonly certificate: ServerCertificate;
  /** Opened: see `openReferences`. */
  readonly masterPassword: string;
  readonly place: Place;
  readonly patience: DatabasePatience;
}

/** The major version of the PostgreSQL that comes with Terrace. */
const carriedMajor = 17;

/** What runs an engine of RDS here; `undefined` for engines that nothing here is compatible with. */
export function serverOf(engine: string): DatabaseConfiguration['engine'] | undefined {
  if (engine === 'postgres') return 'postgresql';
  return engine === 'mysql' || engine === 'mariadb' ? 'mariadb' : undefined;
}

/** The server of an instance's primary; warnings say what of the template is not carried out. */
export function databaseConfiguration(
  instance: DatabaseInstance,
  around: DatabaseSurroundings,
): Result<DatabaseConfiguration> {
  const { place } = around;
  const engine = serverOf(instance.engine);
  if (!engine) return failure([engineModelled(place, instance.engine)]);
  const stated = instance.engineVersion === null ? carriedMajor : Number.parseInt(instance.engineVersion, 10);
  const settings =
    engine === 'postgresql' ? postgresqlSettings(instance.parameters, stated) : mariadbSettings(instance.parameters);
  const warnings: Mistake[] = [];
  if (engine === 'postgresql' && stated !== carriedMajor)
    warnings.push(otherVersionRuns(place, instance.engineVersion!));
  if (engine === 'mariadb') warnings.push(mariadbRuns(place, instance));
  if (settings.modelled.length > 0) warnings.push(settingsModelled(place, settings.modelled));
  return success(
    {
      id: instance.id,
      engine,
      place,
      major: carriedMajor,
      directory: around.directory,
      cache: around.cache,
      networkNamespace: around.networkNamespace,
      address: formatAddress(instance.primary.address),
      dualStack: instance.dualStack,
      standby:
        instance.standby === null
          ? null
          : { networkNamespace: around.standbyNamespace ?? null, address: formatAddress(instance.standby.address) },
      port: instance.port,
      user: around.user,
      certificate: around.certificate,
      masterUser: instance.masterUser,
      masterPassword: around.masterPassword,
      databaseName: instance.databaseName,
      forceTls: settings.forceTls,
      backupRetention: instance.backupRetention,
      backupWindow: instance.backupWindow,
      deletionProtection: instance.deletionProtection,
      settings: settings.carriedOut,
      patience: around.patience,
    },
    warnings,
  );
}

function engineModelled(place: Place, engine: string): Mistake {
  return mistake('DATABASE_ENGINE_MODELLED', place, {
    cause: words(`The engine ${engine} is not run here.`, `${engine} 엔진은 여기서 실행되지 않습니다.`),
    next: words(
      'Use postgres, mysql or mariadb to have a real database in the rehearsal.',
      '여기서 실제 데이터베이스를 쓰려면 postgres, mysql, mariadb 중에서 고르세요.',
    ),
  });
}

function mariadbRuns(place: Place, { engine, engineVersion, multiAz }: DatabaseInstance): Mistake {
  const asked = `${engine} ${engineVersion ?? ''}`.trim();
  return mistake('DATABASE_MARIADB_RUNS', place, {
    cause: words(
      `The template asks for ${asked}; Debian's MariaDB runs here${multiAz ? ', in one zone' : ''}, without backups.`,
      `템플릿은 ${asked}{을/를} 요구하지만 여기서는 데비안의 MariaDB가 ${multiAz ? '가용 영역 하나에서 ' : ''}백업 없이 실행됩니다.`,
    ),
    next: words(
      'What differs between the two shows on AWS only; standby and backups are modelled.',
      '둘의 차이는 AWS에서만 드러납니다. 대기 인스턴스와 백업은 분석에만 사용합니다.',
    ),
  });
}

function otherVersionRuns(place: Place, stated: string): Mistake {
  return mistake('DATABASE_VERSION_DIFFERS', place, {
    cause: words(
      `The template asks for PostgreSQL ${stated}; version ${carriedMajor} runs here.`,
      `템플릿은 PostgreSQL ${stated}{을/를} 요구하지만 여기서는 버전 ${carriedMajor}{이/가} 실행됩니다.`,
    ),
    next: words(
      `Set EngineVersion to ${carriedMajor} to rehearse exactly what is deployed.`,
      `배포할 것과 같은 버전으로 실행하려면 EngineVersion을 ${carriedMajor}{으로/로} 정하세요.`,
    ),
  });
}

function settingsModelled(place: Place, names: readonly string[]): Mistake {
  return mistake('DATABASE_SETTINGS_MODELLED', place, {
    cause: words(
      `These parameters are sized to the instance class or RDS's own, and are not carried out: ${names.join(', ')}.`,
      `다음 파라미터는 인스턴스 클래스의 크기에 맞춘 값이거나 RDS 고유의 것이어서 적용되지 않습니다: ${names.join(', ')}.`,
    ),
    next: words('Nothing needs to be done; they apply on AWS.', '할 일은 없습니다. AWS에서는 적용됩니다.'),
  });
}
