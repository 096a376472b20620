import { instanceSize } from '../../instance-size.ts';
import type { Resource } from '../../inventory.ts';
import { number, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import {
  type Charge,
  type Charges,
  free,
  publicAddresses,
  type Reading,
  storageEnds,
  tariff,
} from '../contract/charge.ts';
import { readDatabase } from './database.ts';

/** Hours, storage, backups beyond what is free, and support that has run out. */
export const charges: Charges = {
  'AWS::RDS::DBInstance': (resource, reading) =>
    resource.properties.DBClusterIdentifier === undefined
      ? databaseInstance(resource, reading)
      : clusterMember(resource, reading),
  'AWS::RDS::DBCluster': (resource, reading) => {
    const engine = text(resource.properties, 'Engine') ?? '';
    const charge = { resource: resource.key, heading: 'database', ends: 'deleted' } as const;
    if (!engine.startsWith('aurora')) {
      const name = `${engine} ${text(resource.properties, 'DBClusterInstanceClass') ?? ''} Multi-AZ DB cluster`;
      return [
        {
          ...charge,
          what: words(name, name),
          tariff: tariff('RDS', name),
          quantity: 3,
          basis: 'hourly',
          ends: 'stopped',
        },
      ];
    }
    const service = auroraServices[engine] ?? engine;
    return [
      {
        ...charge,
        what: words('storage', '스토리지'),
        tariff: tariff(service, 'storage (Standard)'),
        quantity: reading.usage.auroraGigabytes,
        basis: 'monthly',
      },
      {
        ...charge,
        what: words('I/O requests', 'I/O 요청'),
        tariff: tariff(service, 'I/O requests (Standard)'),
        quantity: reading.usage.databaseIoRequests,
        basis: 'used',
      },
    ];
  },
  'AWS::RDS::DBSubnetGroup': free,
  'AWS::RDS::DBParameterGroup': free,
  'AWS::RDS::DBClusterParameterGroup': free,
  'AWS::RDS::OptionGroup': free,
  'AWS::RDS::EventSubscription': free,
};

/** The smallest general purpose volume that RDS makes: a smaller one that is asked for is billed as this. */
const leastGigabytes = 20;

function databaseInstance(resource: Resource, reading: Reading): Charge[] {
  const source = reading.find(resource.properties.SourceDBInstanceIdentifier);
  const original = source && readDatabase(source);
  const database = readDatabase(resource);
  const engine = database.engine || original?.engine || 'unknown engine';
  const service = serviceOf(engine, text(resource.properties, 'LicenseModel'));
  const size = database.instanceClass || original?.instanceClass || 'unknown class';
  const zones = database.multiAz ? 'Multi-AZ' : 'Single-AZ';
  const storage = database.storageType;
  const gigabytes = Math.max(leastGigabytes, database.allocatedStorage ?? original?.allocatedStorage ?? 0);
  const charge = { resource: resource.key, heading: 'database' } as const;
  const kept = storageEnds(resource);
  const charges: Charge[] = [
    {
      ...charge,
      what: words(`${size}, ${zones}`, `${size}, ${zones === 'Multi-AZ' ? '다중 AZ' : '단일 AZ'}`),
      tariff: tariff(service, `${size} ${zones}`),
      quantity: 1,
      basis: 'hourly',
      ends: 'stopped',
    },
    {
      ...charge,
      what: words(
        `${gigabytes} GB ${storage}, ${zones}`,
        `${storage} ${gigabytes}GB, ${zones === 'Multi-AZ' ? '다중 AZ' : '단일 AZ'}`,
      ),
      tariff: tariff('RDS storage', `${storage} ${zones}`),
      quantity: gigabytes,
      basis: 'monthly',
      ends: kept,
    },
  ];
  const operations = Math.max(0, (database.iops ?? 0) - includedOperations(storage, engine, gigabytes));
  if (storage.startsWith('io') || operations > 0) {
    charges.push({
      ...charge,
      what: words(`${operations} provisioned IOPS`, `프로비저닝된 IOPS ${operations}`),
      tariff: tariff('RDS storage', `${storage} provisioned IOPS ${zones}`),
      quantity: operations,
      basis: 'monthly',
      ends: kept,
    });
  }
  const databases = reading.ofType('AWS::RDS::DBInstance').length;
  const beyond = reading.usage.backupGigabytesOverFree / databases;
  if (database.backupRetention > 0 && beyond > 0) {
    charges.push({
      ...charge,
      what: words(
        `${beyond} GB of backups beyond the free ${gigabytes} GB`,
        `무료 ${gigabytes}GB를 넘는 백업 ${beyond}GB`,
      ),
      tariff: tariff('RDS storage', 'backup storage above free allocation'),
      quantity: beyond,
      basis: 'monthly',
      ends: kept,
    });
  }
  if (database.publiclyAccessible) {
    charges.push(publicAddresses(resource, 1, words('on the database', '데이터베이스'), 'stopped'));
  }
  const version = database.engineVersion ?? original?.engineVersion ?? '';
  return [
    ...charges,
    ...extendedSupport(resource, { engine, version, size, instances: database.multiAz ? 2 : 1 }, reading.month),
  ];
}

function clusterMember(resource: Resource, reading: Reading): Charge[] {
  const cluster = reading.find(resource.properties.DBClusterIdentifier);
  const engine = text(resource.properties, 'Engine') ?? text(cluster?.properties ?? {}, 'Engine') ?? '';
  const service = auroraServices[engine] ?? engine;
  const size = text(resource.properties, 'DBInstanceClass') ?? '';
  const charge = { resource: resource.key, heading: 'database', basis: 'hourly', ends: 'stopped' } as const;
  const version = text(resource.properties, 'EngineVersion') ?? text(cluster?.properties ?? {}, 'EngineVersion') ?? '';
  const support = extendedSupport(resource, { engine, version, size, instances: 1 }, reading.month);
  if (size !== 'db.serverless') {
    const hours = { ...charge, what: words(size, size), tariff: tariff(service, `${size} (Standard)`), quantity: 1 };
    return [hours, ...support];
  }
  const least = number(object(cluster?.properties ?? {}, 'ServerlessV2ScalingConfiguration'), 'MinCapacity') ?? 0;
  const units = Math.max(least, reading.usage.auroraUnits);
  const what = words(`Serverless v2, ${units} ACU on average`, `Serverless v2, 평균 ${units}ACU`);
  return [{ ...charge, what, tariff: tariff(service, 'Serverless v2 ACU (Standard)'), quantity: units }, ...support];
}

/**
 * What gp3 storage includes by its size; a volume of another type includes none.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
function includedOperations(storage: string, engine: string, gigabytes: number): number {
  if (storage !== 'gp3') return 0;
  const striped = engine.startsWith('sqlserver') ? Number.POSITIVE_INFINITY : engine.startsWith('oracle') ? 200 : 400;
  return gigabytes < striped ? 3000 : 12_000;
}

interface Supported {
  readonly engine: string;
  readonly version: string;
  readonly size: string;
  /** A standby is billed as well. */
  readonly instances: number;
}

/**
 * After its end of standard support a major version is billed extra for each vCPU-hour unless the template forbids it: at one price in the
 * first two years, at another from the third on.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-charges.html
 */
function extendedSupport(resource: Resource, database: Supported, month: string): Charge[] {
  const { engine, version, size, instances } = database;
  const major = engine.includes('mysql') ? version.split('.').slice(0, 2).join('.') : version.split('.')[0]!;
  const end = supportEnds[`${engine} ${major}`];
  const refused = resource.properties.EngineLifecycleSupport === 'open-source-rds-extended-support-disabled';
  if (end === undefined || month <= end.slice(0, 7) || refused) return [];
  const third = `${Number(end.slice(0, 4)) + 2}${end.slice(4, 7)}`;
  const vcpus = instanceSize(size.replace(/^db\./, ''))?.vcpus;
  const years = month > third ? 'year 3' : 'years 1 and 2';
  return [
    {
      resource: resource.key,
      heading: 'database',
      what: words(
        `Extended Support: standard support of ${engine} ${major} ended on ${end}`,
        `확장 지원: ${engine} ${major}의 표준 지원이 ${end}에 끝났습니다`,
      ),
      tariff: tariff('RDS', vcpus === undefined ? `Extended Support of ${size}` : `Extended Support, ${years}`),
      quantity: (vcpus ?? 1) * instances,
      basis: 'hourly',
      ends: 'stopped',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-versions.html and the release calendars there. */
export const supportEnds: Readonly<Record<string, string>> = {
  'mysql 5.7': '2024-02-29',
  'mysql 8.0': '2026-07-31',
  'postgres 11': '2024-02-29',
  'postgres 12': '2025-02-28',
  'postgres 13': '2026-02-28',
  'aurora-mysql 5.7': '2024-10-31',
  'aurora-postgresql 11': '2024-02-29',
  'aurora-postgresql 12': '2025-02-28',
  'aurora-postgresql 13': '2026-02-28',
};

const services: Readonly<Record<string, string>> = {
  postgres: 'RDS PostgreSQL',
  mysql: 'RDS MySQL',
  mariadb: 'RDS MariaDB',
  'sqlserver-ex': 'RDS SQL Server Express',
  'sqlserver-web': 'RDS SQL Server Web',
  'sqlserver-se': 'RDS SQL Server Standard',
  'sqlserver-ee': 'RDS SQL Server Enterprise',
};

/**
 * Oracle's price depends on whose license it is: Enterprise Edition is always one's own, and Standard Edition Two says it by `LicenseModel`.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.Licensing.html
 */
function serviceOf(engine: string, license: string | undefined): string {
  const oracle = /^oracle-(ee|se2)(-cdb)?$/.exec(engine)?.[1];
  if (oracle === 'ee') return 'RDS Oracle Enterprise bring your own license';
  if (oracle === undefined) return services[engine] ?? `RDS ${engine}`;
  const model = license?.replaceAll('-', ' ') ?? 'no license model stated';
  return `RDS Oracle Standard Two ${model}`;
}

const auroraServices: Readonly<Record<string, string>> = {
  'aurora-postgresql': 'Aurora PostgreSQL',
  'aurora-mysql': 'Aurora MySQL',
};
