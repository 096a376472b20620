import type { Usage } from '@terrace/cloud/families/contract/usage';
import { supportEnds } from '@terrace/cloud/families/database/charges';
import type { Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { type Words, words } from '@terrace/cloud/words';
import { billOf } from '../bill/bill.ts';
import type { Estate } from '../bill/estate.ts';
import type { PriceBook } from '../prices/prices.ts';
import { edit } from './changes.ts';
import { flag, number, text } from './properties.ts';

/** One choice about a database: what it is now, what it could be, what that costs more or less, and what follows. */
export interface DatabaseChoice {
  readonly database: ResourceKey;
  readonly name: Words;
  readonly now: Words;
  readonly other: Words;
  /** Dollars a month that the other one costs more; `null` where a price is unknown. */
  readonly usd: number | null;
  /** What follows from leaving it off, or for a choice between two good ways, what decides. */
  readonly consequence: Words;
}

/** Every choice that the diary argued, priced by changing the template and computing the bill again. */
export function databaseChoices(estate: Estate, usage: Usage, book: PriceBook, region: string): DatabaseChoice[] {
  const now = billOf(estate, usage, book, region);
  return estate.inventory.resources
    .filter((each) => each.type === 'AWS::RDS::DBInstance' && each.properties.DBClusterIdentifier === undefined)
    .flatMap((database) => [
      ...choicesOf(database).map(({ change, ...choice }) => {
        const changed = edit(estate, (resource) =>
          resource.key === database.key ? { ...resource, properties: { ...resource.properties, ...change } } : resource,
        );
        const bill = billOf(changed ?? estate, usage, book, region);
        const unknown = bill.lines.some((line) => line.resource === database.key && line.usd === null);
        return { ...choice, database: database.key, usd: unknown ? null : bill.usd - now.usd };
      }),
      keyChoice(database, estate, (changed) => billOf(changed, usage, book, region).usd - now.usd),
    ]);
}

/** Whose key encrypts: the difference is a whole resource, not a property. */
function keyChoice(database: Resource, estate: Estate, costs: (changed: Estate) => number): DatabaseChoice {
  const own = estate.inventory.resources.find((each) => each.type === 'AWS::KMS::Key');
  const resources = own
    ? estate.inventory.resources.filter((each) => each !== own)
    : [
        ...estate.inventory.resources,
        { ...database, key: 'Key', physicalId: 'Key', type: 'AWS::KMS::Key', properties: {} },
      ];
  const managed = words('AWS’s own', 'AWS 관리형');
  const custom = words('a key of one’s own', '고객 관리형');
  return {
    database: database.key,
    name: words('key of the encryption', '암호화 키'),
    now: own ? custom : managed,
    other: own ? managed : custom,
    usd: costs({ ...estate, inventory: { ...estate.inventory, resources } }),
    consequence: words(
      'A key of one’s own lets one say who may decrypt, and share snapshots with another account. AWS’s own costs nothing and can do neither.',
      '고객 관리형 키는 누가 복호화할지 정할 수 있고 스냅샷을 다른 계정과 나눌 수 있습니다. AWS 관리형 키는 무료지만 둘 다 안 됩니다.',
    ),
  };
}

interface Alternative extends Omit<DatabaseChoice, 'usd' | 'database'> {
  readonly change: Readonly<Record<string, Json>>;
}

const on = words('on', '켬');
const off = words('off', '끔');

function choicesOf(database: Resource): Alternative[] {
  const { properties } = database;
  const days = number(properties.BackupRetentionPeriod) ?? 1;
  const gigabytes = Math.max(20, number(properties.AllocatedStorage) ?? 20);
  const several = flag(properties.MultiAZ);
  const encrypted = flag(properties.StorageEncrypted);
  const upgrades = properties.AutoMinorVersionUpgrade === undefined || flag(properties.AutoMinorVersionUpgrade);
  const size = text(properties.DBInstanceClass) ?? '';
  const engine = text(properties.Engine) ?? '';
  return [
    {
      name: words('automated backups and point-in-time recovery', '자동 백업과 시점 복구'),
      now: days > 0 ? words(`${days} days`, `${days}일`) : off,
      other: days > 0 ? off : words('7 days', '7일'),
      change: { BackupRetentionPeriod: days > 0 ? 0 : 7 },
      consequence: words(
        `Free up to ${gigabytes} GB, the size of the database. Without them a dropped table or a wrong UPDATE is final, and a lost zone loses everything since the last manual snapshot.`,
        `데이터베이스 크기인 ${gigabytes}GB까지 무료입니다. 끄면 테이블을 지우거나 UPDATE를 잘못했을 때 되돌릴 수 없고, 영역을 잃으면 마지막 수동 스냅샷 이후가 모두 사라집니다.`,
      ),
    },
    {
      name: words('encryption at rest', '저장 데이터 암호화'),
      now: encrypted ? on : off,
      other: encrypted ? off : words('on, with AWS’s own key', '켬 (AWS 관리형 키)'),
      change: { StorageEncrypted: !encrypted, ...(encrypted ? {} : { KmsKeyId: 'alias/aws/rds' }) },
      consequence: words(
        'Free with AWS’s own key. It cannot be turned on later: the data must move to a new, encrypted database.',
        'AWS 관리형 키를 쓰면 무료입니다. 나중에 켤 수 없어, 암호화된 새 데이터베이스로 데이터를 옮겨야 합니다.',
      ),
    },
    {
      name: words('automatic minor version upgrade', '마이너 버전 자동 업그레이드'),
      now: upgrades ? on : off,
      other: upgrades ? off : on,
      change: { AutoMinorVersionUpgrade: !upgrades },
      consequence: words(
        'Free. Without it security fixes wait for a person; with it the database restarts for a minute or so within its maintenance window.',
        '무료입니다. 끄면 보안 수정이 사람을 기다리고, 켜면 유지 관리 시간대에 1분쯤 재시작합니다.',
      ),
    },
    {
      name: words('maintenance window', '유지 관리 시간대'),
      now: text(properties.PreferredMaintenanceWindow)
        ? words(
            `${text(properties.PreferredMaintenanceWindow)} UTC`,
            `${text(properties.PreferredMaintenanceWindow)} UTC`,
          )
        : words('AWS chooses', 'AWS가 정함'),
      other: words('another', '다른 시간'),
      change: { PreferredMaintenanceWindow: 'sun:19:00-sun:19:30' },
      consequence: words(
        'Free. Where none is chosen AWS draws one from the night of the region, which may be the evening of the players.',
        '무료입니다. 정하지 않으면 AWS가 리전의 밤 시간에서 아무 때나 고릅니다. 접속이 많은 시간일 수도 있습니다.',
      ),
    },
    {
      name: words('second zone (Multi-AZ)', '다중 AZ'),
      now: several ? on : off,
      other: several ? off : on,
      change: { MultiAZ: !several },
      consequence: words(
        'Instance and storage are paid twice. Without it the failure of a zone is an outage until a restore; with it, one or two minutes.',
        '인스턴스와 스토리지를 두 번 냅니다. 끄면 영역 장애가 복원이 끝날 때까지의 중단이 되고, 켜면 1–2분입니다.',
      ),
    },
    {
      name: words('deletion protection', '삭제 방지'),
      now: flag(properties.DeletionProtection) ? on : off,
      other: flag(properties.DeletionProtection) ? off : on,
      change: { DeletionProtection: !flag(properties.DeletionProtection) },
      consequence: words(
        'Free. Without it a deleted stack deletes the database; with it, stopping all spending takes one more step.',
        '무료입니다. 끄면 스택을 지울 때 데이터베이스도 지워지고, 켜면 비용을 완전히 멈추는 데 한 단계가 더 필요합니다.',
      ),
    },
    ...['db.t4g.micro', 'db.t3.micro', 'db.t4g.small', 'db.t4g.medium']
      .filter((other) => other !== size)
      .map((other) => ({
        name: words('instance class', '인스턴스 클래스'),
        now: words(size, size),
        other: words(other, other),
        change: { DBInstanceClass: other },
        consequence: words(
          'micro has 1 GiB of memory, small 2, medium 4; t4g is Graviton, which the engine does not notice.',
          'micro는 메모리 1GiB, small은 2GiB, medium은 4GiB입니다. t4g는 Graviton이고 엔진에는 차이가 없습니다.',
        ),
      })),
    ...(engine === 'postgres' ? [mysql('8.4', false), mysql('8.0', true)] : []),
  ];

  function mysql(version: string, ended: boolean): Alternative {
    const end = supportEnds[`mysql ${version}`];
    return {
      name: words('engine', '엔진'),
      now: words(
        `PostgreSQL ${text(properties.EngineVersion) ?? ''}`,
        `PostgreSQL ${text(properties.EngineVersion) ?? ''}`,
      ),
      other: words(`MySQL ${version}`, `MySQL ${version}`),
      change: { Engine: 'mysql', EngineVersion: version },
      consequence: ended
        ? words(
            `Standard support of MySQL ${version} ended on ${end}: Extended Support is billed for every vCPU-hour on top.`,
            `MySQL ${version}의 표준 지원은 ${end}에 끝났습니다. vCPU-시간마다 확장 지원 요금이 더 붙습니다.`,
          )
        : words(
            'The application speaks PostgreSQL; this is what the engine alone would change.',
            '애플리케이션은 PostgreSQL용입니다. 엔진만 바꿀 때의 차이입니다.',
          ),
    };
  }
}
