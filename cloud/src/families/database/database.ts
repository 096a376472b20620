import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, text } from '../../property.ts';

/**
 * A DB instance as its own properties state it, with AWS's defaults.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
export interface StatedDatabase {
  /** `postgres`, `mysql`, `mariadb`, `aurora-…`, … in small letters; empty where none is stated, as on a replica. */
  readonly engine: string;
  /** As stated, `17.4` or `17`; `null` where it is left to AWS. */
  readonly engineVersion: string | null;
  /** Empty where none is stated. */
  readonly instanceClass: string;
  /** GiB; `null` where none is stated. */
  readonly allocatedStorage: number | null;
  readonly storageType: string;
  /** Provisioned; `null` where none are stated. */
  readonly iops: number | null;
  readonly port: number;
  readonly multiAz: boolean;
  /** Days; 0 switches automated backups off. */
  readonly backupRetention: number;
  /** `null` where it is left to AWS, which looks at the network. */
  readonly publiclyAccessible: boolean | null;
}

export function readDatabase({ properties }: Pick<Resource, 'properties'>): StatedDatabase {
  return {
    engine: engineOf(properties),
    engineVersion: text(properties, 'EngineVersion') ?? null,
    instanceClass: text(properties, 'DBInstanceClass') ?? '',
    allocatedStorage: number(properties, 'AllocatedStorage') ?? null,
    storageType: text(properties, 'StorageType') ?? 'gp2',
    iops: number(properties, 'Iops') ?? null,
    port: portOf(properties),
    multiAz: flag(properties, 'MultiAZ') ?? false,
    backupRetention: number(properties, 'BackupRetentionPeriod') ?? 1,
    publiclyAccessible: flag(properties, 'PubliclyAccessible') ?? null,
  };
}

export function engineOf(properties: JsonObject): string {
  return (text(properties, 'Engine') ?? '').toLowerCase();
}

/** The stated port, or that of the engine. */
export function portOf(properties: JsonObject): number {
  return number(properties, 'Port') ?? defaultPort(engineOf(properties));
}

/**
 * RDS Custom runs Oracle and SQL Server under names of its own, on the same ports.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function defaultPort(engine: string): number {
  if (engine.includes('postgres')) return 5432;
  if (/^(custom-)?oracle/.test(engine)) return 1521;
  if (/^(custom-)?sqlserver/.test(engine)) return 1433;
  return engine.startsWith('db2') ? 50_000 : 3306;
}
