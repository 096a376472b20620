import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Charge, publicAddresses, type Reading, tariff } from '../contract/charge.ts';
import { publicAddressOnLaunch } from '../subnet/subnet.ts';
import { volume } from '../volume/charges.ts';
import { instanceHours } from './instance-hours.ts';
import { operatingSystem } from './operating-system.ts';

/**
 * Hours, disks, public addresses and detailed monitoring of instances, alone and in Auto Scaling groups. `diskEnds`: a stopped instance keeps its disks, one that its group ended does not
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html).
 */
export function machines(
  resource: Resource,
  data: JsonObject,
  subnets: readonly (string | undefined)[],
  count: number,
  diskEnds: Charge['ends'],
  reading: Reading,
): Charge[] {
  const charges: Charge[] = [
    ...instanceHours(resource, data, count, reading),
    ...disks(data).flatMap((disk) => volume(resource, disk, count, diskEnds)),
    ...rootDisk(resource, data, count, diskEnds, reading),
  ];
  const named = objects(data, 'NetworkInterfaces').find((each) => each.AssociatePublicIpAddress !== undefined);
  const asked = named?.AssociatePublicIpAddress ?? data.AssociatePublicIpAddress;
  const byDefault = subnets.some((subnet) => publicAddressOnLaunch(reading.find(subnet)?.properties ?? {}));
  if ((asked === undefined ? byDefault : String(asked) === 'true') && !hasElasticAddress(resource, reading)) {
    charges.push(publicAddresses(resource, count, words('on instances', '인스턴스'), 'stopped'));
  }
  if (flag(object(data, 'Monitoring'), 'Enabled') || flag(data, 'Monitoring')) {
    charges.push({
      resource: resource.key,
      heading: 'monitoring',
      what: words(`detailed monitoring, 7 metrics × ${count}`, `세부 모니터링, 지표 7개 × ${count}대`),
      tariff: tariff('CloudWatch', 'custom metric, first 10,000', { allowance: allowances.metrics }),
      quantity: 7 * count,
      basis: 'monthly',
      ends: 'stopped',
    });
  }
  return charges;
}

/** An Elastic IP takes the place of the public address that the launch gave: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html */
function hasElasticAddress({ physicalId }: Resource, reading: Reading): boolean {
  return reading
    .ofType('AWS::EC2::EIP', 'AWS::EC2::EIPAssociation')
    .some(({ properties }) => text(properties, 'InstanceId') === physicalId);
}

/** The stated disks; one without a size has that of its snapshot, 8 GiB with Amazon Linux 2023. */
function disks(data: JsonObject): JsonObject[] {
  return statedDisks(data)
    .map((each) => object(each, 'Ebs'))
    .map((each) => (number(each, 'VolumeSize') === undefined ? { ...each, VolumeSize: 8 } : each));
}

/** Where none is stated for it, the root disk of the image: 8 GiB of gp3 with Amazon Linux 2023; Windows needs 30 GiB, whose kind is assumed. */
function rootDisk(
  resource: Resource,
  data: JsonObject,
  count: number,
  ends: Charge['ends'],
  reading: Reading,
): Charge[] {
  if (statedDisks(data).some((each) => ['/dev/xvda', '/dev/sda1'].includes(text(each, 'DeviceName') ?? ''))) return [];
  const system = operatingSystem(data, reading.inventory.imageNames?.[text(data, 'ImageId') ?? ''] ?? []);
  if (!system.name.startsWith('Windows')) return volume(resource, { VolumeSize: 8, VolumeType: 'gp3' }, count, ends);
  const assumes = words(
    `${resource.key} has a root disk of 30 GB gp3, as Windows images do`,
    `${resource.key}의 루트 디스크는 Windows 이미지처럼 gp3 30GB`,
  );
  return volume(resource, { VolumeSize: 30, VolumeType: 'gp3' }, count, ends).map((charge) => ({ ...charge, assumes }));
}

function statedDisks(data: JsonObject): readonly JsonObject[] {
  return objects(data, 'BlockDeviceMappings').filter(
    (each) => each.NoDevice === undefined && each.VirtualName === undefined,
  );
}
