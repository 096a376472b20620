import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { alike, type Charge, type Charges, free, type Reader, storageEnds, tariff } from '../contract/charge.ts';

/** Storage, and throughput where it is provisioned; what is read and written with elastic throughput is not counted. https://aws.amazon.com/efs/pricing/ */
const fileSystem: Reader = (resource, reading) => {
  const oneZone = text(resource.properties, 'AvailabilityZoneName') !== undefined;
  const item = oneZone ? 'One Zone storage' : 'Standard storage';
  const gigabytes = reading.usage.fileGigabytes / alike(resource, reading);
  const charge = {
    resource: resource.key,
    heading: 'files',
    basis: 'monthly',
    ends: storageEnds(resource),
  } as const;
  const charges: Charge[] = [
    {
      ...charge,
      what: words(`${gigabytes} GB, ${item}`, `${gigabytes}GB, ${item}`),
      tariff: tariff('EFS', item),
      quantity: gigabytes,
    },
  ];
  const provisioned = number(resource.properties, 'ProvisionedThroughputInMibps') ?? 0;
  if (text(resource.properties, 'ThroughputMode') === 'provisioned') {
    charges.push({
      ...charge,
      what: words(`${provisioned} MiB/s provisioned`, `프로비저닝된 처리량 ${provisioned}MiB/s`),
      tariff: tariff('EFS', 'provisioned throughput'),
      quantity: provisioned,
    });
  }
  return charges;
};

export const charges: Charges = {
  'AWS::EFS::FileSystem': fileSystem,
  'AWS::EFS::MountTarget': free,
  'AWS::EFS::AccessPoint': free,
};
