import type { JsonObject } from '../../json.ts';
import { flag, number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, needed, oneOf } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, itemsAt, type Path, type Rule } from '../contract/rule.ts';

const page = 'ebs/latest/userguide/ebs-volume-types.html';

/** GiB, IOPS, IOPS for each GiB, MiB/s. */
const kinds: Readonly<Record<string, { size: readonly [number, number]; iops?: readonly [number, number, number] }>> = {
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 65_536], iops: [3000, 80_000, 500] },
  io1: { size: [4, 16_384], iops: [100, 64_000, 50] },
  io2: { size: [4, 65_536], iops: [100, 256_000, 1000] },
  st1: { size: [125, 16_384] },
  sc1: { size: [125, 16_384] },
  standard: { size: [1, 1024] },
};

/** MiB/s of gp3, and for each IOPS. */
const throughput = { from: 125, to: 2000, perOperation: 0.25 };

const disks: readonly (readonly [string, string | null])[] = [
  ['AWS::EC2::Volume', null],
  ['AWS::EC2::Instance', 'BlockDeviceMappings'],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.BlockDeviceMappings'],
];

/** What AWS refuses of volumes, also those of instances and launch templates. */
export const rules: readonly Rule[] = [
  {
    code: 'VOLUME',
    types: disks.map(([type]) => type),
    page,
    what: words(
      'Size, IOPS and throughput are what the type of volume takes, in their ratio.',
      '볼륨의 크기, IOPS, 처리량은 유형이 받는 범위와 비율이어야 합니다.',
    ),
    check: ({ type, properties }) => {
      const list = disks.find(([each]) => each === type)?.[1] ?? null;
      if (list === null) return volumeFaults([], properties, 'Size');
      return itemsAt(properties, list).flatMap(([at, each]) => {
        const disk = each.Ebs as JsonObject | undefined;
        return disk && typeof disk === 'object' ? volumeFaults([...at, 'Ebs'], disk, 'VolumeSize') : [];
      });
    },
  },
  {
    code: 'DEVICE_TWICE',
    types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'],
    page: 'AWSEC2/latest/UserGuide/block-device-mapping-concepts.html',
    what: words('A device name stands once.', '디바이스 이름은 한 번만 씁니다.'),
    check: ({ type, properties }) => {
      const seen = new Set<string>();
      return itemsAt(properties, disks.find(([each]) => each === type)?.[1] ?? '').flatMap(([at, each]) => {
        const name = text(each, 'DeviceName');
        if (name === undefined || !seen.has(name)) {
          if (name !== undefined) seen.add(name);
          return [];
        }
        return [
          {
            at: [...at, 'DeviceName'],
            cause: words(`${name} is mapped twice.`, `${name}{을/를} 두 번 매핑했습니다.`),
            next: words('Use another name.', '다른 이름을 쓰세요.'),
          },
        ];
      });
    },
  },
  needed({
    types: ['AWS::EC2::Volume'],
    paths: ['Size', 'SnapshotId', 'SourceVolumeId'],
    page: 'AWSEC2/latest/APIReference/API_CreateVolume.html',
    aws: 'The request must contain the parameter size/snapshot',
  }),
  needed({
    types: ['AWS::EC2::Volume'],
    paths: ['AvailabilityZone', 'AvailabilityZoneId'],
    page: 'AWSEC2/latest/APIReference/API_CreateVolume.html',
  }),
  oneOf({ types: ['AWS::EC2::Volume'], path: 'VolumeType', values: Object.keys(kinds), page }),
  {
    code: 'OTHER_ZONE',
    types: ['AWS::EC2::VolumeAttachment'],
    page: 'ebs/latest/userguide/ebs-attaching-volume.html',
    what: words('A volume is in the zone of its instance.', '볼륨은 인스턴스와 같은 가용 영역에 있어야 합니다.'),
    check: ({ properties }, estate) => {
      const volume = estate.find(properties.VolumeId);
      const instance = estate.find(properties.InstanceId);
      const here = volume?.properties.AvailabilityZone;
      const there = estate.find(instance?.properties.SubnetId)?.attributes.AvailabilityZone;
      if (!volume || !instance || typeof here !== 'string' || typeof there !== 'string' || here === there) return [];
      return [
        {
          at: ['VolumeId'],
          cause: words(
            `${volume.logicalId} is in ${here}, and ${instance.logicalId} in ${there}.`,
            `${volume.logicalId}{은/는} ${here}, ${instance.logicalId}{은/는} ${there}에 있습니다.`,
          ),
          next: words('Make the volume in the zone of the instance.', '볼륨을 인스턴스와 같은 가용 영역에 만드세요.'),
          aws: `The volume '${volume.physicalId}' is not in the same availability zone as instance '${instance.physicalId}'`,
        },
      ];
    },
  },
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types: ['AWS::EC2::Volume'],
    page: 'ebs/latest/userguide/ebs-volumes-multi.html',
    what: words('Multi-Attach is for io1 and io2.', '다중 연결은 io1과 io2에만 됩니다.'),
    where: ({ properties }) =>
      flag(properties, 'MultiAttachEnabled') &&
      isKnown(properties.VolumeType ?? null) &&
      !['io1', 'io2'].includes(text(properties, 'VolumeType') ?? 'gp2')
        ? ['MultiAttachEnabled']
        : [],
  }),
  form({
    types: ['AWS::EC2::VolumeAttachment'],
    path: 'Device',
    code: 'WRONG_FORM',
    pattern: /^(\/dev\/\w+|xvd[a-z]{1,2}\d?|sd[a-z]\d{0,2})$/,
    said: words('a device is written as /dev/sdf or xvdf', '디바이스는 /dev/sdf나 xvdf처럼 씁니다.'),
    page: 'AWSEC2/latest/UserGuide/device_naming.html',
  }),
];

function volumeFaults(at: Path, disk: JsonObject, sizeName: string): Fault[] {
  const type = text(disk, 'VolumeType') ?? (isStated(disk, 'VolumeType') ? '' : 'gp2');
  const kind = kinds[type];
  const next = words('See the page of volume types.', '볼륨 유형 문서의 값으로 고치세요.');
  const fault = (name: string, en: string, ko: string): Fault => ({ at: [...at, name], cause: words(en, ko), next });
  if (!kind) {
    if (type === '' || type.includes('{{resolve:')) return [];
    return [
      fault(
        'VolumeType',
        `"${type}" is not a type of volume: ${Object.keys(kinds).join(', ')}.`,
        `"${type}"{은/는} 볼륨 유형이 아닙니다: ${Object.keys(kinds).join(', ')}`,
      ),
    ];
  }
  const size = number(disk, sizeName);
  const iops = number(disk, 'Iops');
  const speed = number(disk, 'Throughput');
  if (size !== undefined && (size < kind.size[0] || size > kind.size[1]))
    return [
      fault(
        sizeName,
        `${type} takes ${kind.size[0]} to ${kind.size[1]} GiB, and this is ${size}.`,
        `${type}{은/는} ${kind.size[0]}~${kind.size[1]}GiB인데 ${size}{을/를} 지정했습니다.`,
      ),
    ];
  if (iops !== undefined && !kind.iops)
    return [
      fault(
        'Iops',
        `The parameter iops is not supported for ${type} volumes.`,
        `${type} 볼륨에는 Iops를 쓸 수 없습니다.`,
      ),
    ];
  if (kind.iops && iops !== undefined) {
    const [least, most, ratio] = kind.iops;
    if (iops < least || iops > most)
      return [
        fault(
          'Iops',
          `${type} takes ${least} to ${most} IOPS, and this is ${iops}.`,
          `${type}{은/는} IOPS ${least}~${most}인데 ${iops}{을/를} 지정했습니다.`,
        ),
      ];
    if (size !== undefined && iops > Math.max(size * ratio, type === 'gp3' ? 3000 : 0))
      return [
        fault(
          'Iops',
          `${iops} IOPS on ${size} GiB are more than ${ratio} for each GiB.`,
          `${size}GiB에 IOPS ${iops}{은/는} GiB당 ${ratio}{을/를} 넘습니다.`,
        ),
      ];
  }
  if (/^io[12]$/.test(type) && iops === undefined && !isStated(disk, 'Iops'))
    return [fault('VolumeType', `${type} needs Iops.`, `${type}에는 Iops가 필요합니다.`)];
  if (speed !== undefined && type !== 'gp3')
    return [
      fault(
        'Throughput',
        `${type} takes no Throughput; gp3 does.`,
        `${type}에는 Throughput을 쓸 수 없습니다. gp3에만 씁니다.`,
      ),
    ];
  if (
    speed !== undefined &&
    (speed < throughput.from || speed > throughput.to || speed > (iops ?? 3000) * throughput.perOperation)
  )
    return [
      fault(
        'Throughput',
        `gp3 takes ${throughput.from} to ${throughput.to} MiB/s, up to ${throughput.perOperation} for each IOPS, and this is ${speed}.`,
        `gp3의 처리량은 ${throughput.from}~${throughput.to}MiB/s이고 IOPS당 ${throughput.perOperation}까지인데 ${speed}{을/를} 지정했습니다.`,
      ),
    ];
  if (flag(disk, 'Encrypted') === false && isStated(disk, 'KmsKeyId'))
    return [fault('KmsKeyId', 'A key is stated, and Encrypted is false.', 'Encrypted가 false인데 키를 지정했습니다.')];
  return [];
}
