import { number, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { type Fault, isKnown, isStated, type Rule } from '../contract/rule.ts';
import { engineOf } from './database.ts';
import { engines } from './engines.ts';

const types = ['AWS::RDS::DBInstance'];
const page = 'AmazonRDS/latest/UserGuide/CHAP_Storage.html';

/** GiB that a volume has at least and at most. */
const sizes: Readonly<Record<string, readonly [number, number]>> = {
  gp2: [20, 65_536],
  gp3: [20, 65_536],
  io1: [100, 65_536],
  io2: [100, 65_536],
  standard: [5, 3072],
};

/** IOPS of a volume, and how many of them a GiB may have. */
const operations: Readonly<Record<string, { from: number; to: number; ratio: number }>> = {
  gp3: { from: 3000, to: 64_000, ratio: 500 },
  io1: { from: 1000, to: 256_000, ratio: 50 },
  io2: { from: 1000, to: 256_000, ratio: 1000 },
};

export const storageRules: readonly Rule[] = [
  {
    code: 'STORAGE_SIZE',
    types,
    page,
    what: words(
      'Storage is as large as its type takes: 20 GiB or more, 100 for provisioned IOPS.',
      '스토리지 크기는 유형이 받는 범위여야 합니다. 20GiB 이상, 프로비저닝된 IOPS는 100GiB 이상입니다.',
    ),
    check: ({ properties }) => {
      const size = number(properties, 'AllocatedStorage');
      const type = storageTypeOf(properties);
      const bounds = boundsOf(properties);
      if (size === undefined || type === undefined || !bounds) return [];
      if (size >= bounds[0] && size <= bounds[1]) {
        const most = number(properties, 'MaxAllocatedStorage');
        if (most === undefined || most >= size) return [];
        return [
          fault(
            'MaxAllocatedStorage',
            words(
              `MaxAllocatedStorage ${most} is below AllocatedStorage ${size}.`,
              `MaxAllocatedStorage ${most}{이/가} AllocatedStorage ${size}보다 작습니다.`,
            ),
            words('Write a larger one.', '더 크게 쓰세요.'),
            'Max storage size must be greater than storage size',
          ),
        ];
      }
      return [
        fault(
          'AllocatedStorage',
          words(
            `${type} takes ${bounds[0]} to ${bounds[1]} GiB, and this is ${size}.`,
            `${type}{은/는} ${bounds[0]}~${bounds[1]}GiB인데 ${size}{을/를} 지정했습니다.`,
          ),
          words('Choose a size within.', '그 안의 크기를 고르세요.'),
          `Invalid storage size for engine name ${engineOf(properties)} and storage type ${type}: ${size}`,
        ),
      ];
    },
  },
  {
    code: 'STORAGE_PERFORMANCE',
    types,
    page,
    what: words(
      'IOPS and throughput: on gp3 from 400 GiB (Oracle 200), needed on io1 and io2, within bounds and ratio; none on gp2.',
      'IOPS와 처리량: gp3는 400GiB(Oracle 200GiB)부터, io1·io2는 필수이며 범위와 비율을 지켜야 하고 gp2에는 쓰지 않습니다.',
    ),
    check: ({ properties }): Fault[] => {
      const name = engineOf(properties);
      const engine = engines[name];
      const size = number(properties, 'AllocatedStorage');
      const type = storageTypeOf(properties);
      const iops = number(properties, 'Iops');
      const throughput = number(properties, 'StorageThroughput');
      if (!engine || size === undefined || type === undefined || isStated(properties, 'DBClusterIdentifier')) return [];
      const place = iops === undefined ? 'StorageThroughput' : 'Iops';
      if (type === 'gp3' && engine.stripes !== null && size < engine.stripes && (iops ?? throughput) !== undefined)
        return [
          fault(
            place,
            words(
              `gp3 takes no ${place} of its own below ${engine.stripes} GiB, and this is ${size}.`,
              `gp3는 ${engine.stripes}GiB 미만에서 ${place}{을/를} 지정할 수 없는데 ${size}GiB입니다.`,
            ),
            words(
              `Leave ${place} out, or take ${engine.stripes} GiB or more.`,
              `${place}{을/를} 빼거나 ${engine.stripes}GiB 이상으로 하세요.`,
            ),
            `You can't specify IOPS or storage throughput for engine ${name} and a storage size less than ${engine.stripes}.`,
          ),
        ];
      if (throughput !== undefined && type !== 'gp3')
        return [
          fault(
            'StorageThroughput',
            words(
              `${type} takes no StorageThroughput; gp3 does.`,
              `${type}에는 StorageThroughput을 쓸 수 없습니다. gp3에만 씁니다.`,
            ),
            words('Leave it out, or use gp3.', '빼거나 gp3를 쓰세요.'),
          ),
        ];
      const bounds = operations[type];
      if (!bounds)
        return iops === undefined
          ? []
          : [
              fault(
                'Iops',
                words(`${type} takes no Iops.`, `${type}에는 Iops를 쓸 수 없습니다.`),
                words('Leave it out, or use gp3, io1 or io2.', '빼거나 gp3, io1, io2를 쓰세요.'),
              ),
            ];
      if (iops === undefined && throughput !== undefined && type === 'gp3') {
        const wrong = throughputFault(throughput, iops, engine.stripes);
        return wrong ? [wrong] : [];
      }
      if (iops === undefined)
        return type === 'gp3' || isStated(properties, 'Iops')
          ? []
          : [
              fault(
                'StorageType',
                words(`${type} needs Iops.`, `${type}에는 Iops가 필요합니다.`),
                words('Add Iops, 1000 or more.', 'Iops를 1000 이상으로 추가하세요.'),
                `The parameter Iops must be provided for storage type ${type}`,
              ),
            ];
      const wrongThroughput = throughputFault(throughput, iops, engine.stripes);
      if (wrongThroughput) return [wrongThroughput];
      const least = type === 'gp3' && engine.stripes !== null ? 12_000 : bounds.from;
      if (iops < least || iops > bounds.to)
        return [
          fault(
            'Iops',
            words(`${iops} IOPS are outside of what ${type} takes.`, `IOPS ${iops}{은/는} ${type}의 범위 밖입니다.`),
            words(`Write ${least} to ${bounds.to}.`, `${least}~${bounds.to} 안에서 쓰세요.`),
          ),
        ];
      if (iops > size * bounds.ratio)
        return [
          fault(
            'Iops',
            words(
              `${iops} IOPS on ${size} GiB are more than ${bounds.ratio} for each GiB.`,
              `${size}GiB에 IOPS ${iops}{은/는} GiB당 ${bounds.ratio}{을/를} 넘습니다.`,
            ),
            words('Ask for fewer IOPS or more storage.', 'IOPS를 줄이거나 스토리지를 늘리세요.'),
          ),
        ];
      return [];
    },
  },
];

/**
 * SQL Server needs 20 GiB of any type. Where no type is stated, the least that AWS takes of small volumes is left open.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function boundsOf(properties: Parameters<typeof text>[0]): readonly [number, number] | undefined {
  const type = storageTypeOf(properties);
  const bounds = type === undefined ? undefined : sizes[type];
  const engine = engineOf(properties);
  if (!bounds || isStated(properties, 'DBClusterIdentifier')) return undefined;
  if (engine.startsWith('sqlserver-')) return [20, bounds[1]];
  if (!['postgres', 'mysql', 'mariadb'].includes(engine)) return undefined;
  return isStated(properties, 'StorageType') || type !== 'gp2' ? bounds : [5, bounds[1]];
}

/** `undefined` where it is not known: AWS's default is io1 beside Iops. */
function storageTypeOf(properties: Parameters<typeof text>[0]): string | undefined {
  const stated = text(properties, 'StorageType');
  if (stated !== undefined) return isKnown(stated) ? stated : undefined;
  return isStated(properties, 'Iops') ? 'io1' : 'gp2';
}

/**
 * MiB/s of a gp3 volume: 500 to 4000 on four volumes, 125 to 1000 on one, and a quarter of its IOPS at most.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
function throughputFault(
  throughput: number | undefined,
  iops: number | undefined,
  stripes: number | null,
): Fault | undefined {
  if (throughput === undefined) return undefined;
  const [least, most] = stripes === null ? [125, 1000] : [500, 4000];
  const allowed = Math.min(most, (iops ?? Number.POSITIVE_INFINITY) / 4);
  if (throughput >= least && throughput <= allowed) return undefined;
  return fault(
    'StorageThroughput',
    words(
      `${throughput} MiB/s are outside of what gp3 takes here: ${least} to ${allowed}.`,
      `처리량 ${throughput}MiB/s는 여기서 gp3가 받는 ${least}~${allowed} 밖입니다.`,
    ),
    words(`Write ${least} to ${allowed}.`, `${least}~${allowed} 안에서 쓰세요.`),
  );
}

function fault(name: string, cause: Words, next: Words, aws?: string): Fault {
  return { at: [name], cause, next, ...(aws ? { aws } : {}) };
}
