import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charge, type Charges, free, storageEnds, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::Volume': (resource) =>
    volume(resource, { ...resource.properties, VolumeSize: resource.properties.Size ?? 0 }, 1, storageEnds(resource)),
  'AWS::EC2::VolumeAttachment': free,
};

/** The steps are each volume's own. https://aws.amazon.com/ebs/pricing/ */
function io2Steps(operations: number): { item: string; amount: number }[] {
  const within = (from: number, to: number) => Math.max(0, Math.min(operations, to) - from);
  return [
    { item: 'io2 IOPS, first 32,000', amount: within(0, 32_000) },
    { item: 'io2 IOPS, next 32,000', amount: within(32_000, 64_000) },
    { item: 'io2 IOPS, over 64,000', amount: within(64_000, Number.POSITIVE_INFINITY) },
  ].filter(({ amount }) => amount > 0);
}

/**
 * Disks of one kind: gigabytes, and for gp3 what is asked beyond 3,000 IOPS and 125 MiB/s, which are included.
 * https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
 */
export function volume(resource: Resource, disk: JsonObject, count: number, ends: Charge['ends']): Charge[] {
  const type = text(disk, 'VolumeType') ?? 'gp2';
  const gigabytes = number(disk, 'VolumeSize') ?? 0;
  const charge = (item: string, quantity: number, what: Charge['what']): Charge => ({
    resource: resource.key,
    heading: 'volumes',
    what,
    tariff: tariff('EBS', item),
    quantity,
    basis: 'monthly',
    ends,
  });
  const list = [
    charge(
      `${type} storage`,
      gigabytes * count,
      words(`${count} × ${gigabytes} GB ${type}`, `${type} ${gigabytes}GB × ${count}개`),
    ),
  ];
  const operations = number(disk, 'Iops') ?? 0;
  if (type.startsWith('io') && operations > 0) {
    for (const { item, amount } of type === 'io2'
      ? io2Steps(operations)
      : [{ item: `${type} IOPS`, amount: operations }]) {
      list.push(charge(item, amount * count, words(`${count} × ${amount} IOPS`, `IOPS ${amount} × ${count}개`)));
    }
  }
  if (type !== 'gp3') return list;
  if (operations > 3000) {
    const beyond = (operations - 3000) * count;
    list.push(charge('gp3 IOPS above 3000', beyond, words(`${beyond} IOPS beyond 3,000`, `3,000 초과 IOPS ${beyond}`)));
  }
  const throughput = number(disk, 'Throughput') ?? 0;
  if (throughput > 125) {
    const beyond = (throughput - 125) * count;
    list.push(
      charge(
        'gp3 throughput above 125 MiB/s',
        beyond,
        words(`${beyond} MiB/s beyond 125`, `125 초과 처리량 ${beyond}MiB/s`),
      ),
    );
  }
  return list;
}
