import { words } from '../../words.ts';
import { type Charge, type Charges, free, publicAddresses, tariff } from '../contract/charge.ts';

/** https://aws.amazon.com/global-accelerator/pricing/ */
export const charges: Charges = {
  'AWS::GlobalAccelerator::Accelerator': (resource, reading) => {
    const gigabytes = (reading.usage.requests * reading.usage.responseKilobytes) / 1024 ** 2;
    return [
      {
        resource: resource.key,
        heading: 'accelerator',
        what: words('accelerator', '액셀러레이터'),
        tariff: tariff('Global Accelerator', 'accelerator fixed fee'),
        quantity: 1,
        basis: 'hourly',
        ends: 'dismantled',
      },
      publicAddresses(resource, 2, words('of the accelerator', '액셀러레이터'), 'dismantled'),
      acceleratorTransfer(resource.key, geographyOf(reading.inventory.region), gigabytes),
    ];
  },
  'AWS::GlobalAccelerator::Listener': free,
  'AWS::GlobalAccelerator::EndpointGroup': free,
};

/** DT-Premium: by the gigabyte of the busier direction, on top of ordinary transfer out. */
export function acceleratorTransfer(resource: string | null, geography: string, gigabytes: number): Charge {
  return {
    resource,
    heading: 'accelerator',
    what: words(`premium transfer with ${geography}`, `프리미엄 전송 (${geography})`),
    tariff: tariff('Global Accelerator', `DT-Premium, edge geography: ${geography}`),
    quantity: gigabytes,
    basis: 'used',
    ends: 'dismantled',
  };
}

/** Global Accelerator's geography for users near a region. */
export function geographyOf(region: string): string {
  const nearest = geographies.find(([prefix]) => region.startsWith(prefix));
  return nearest?.[1] ?? 'US, Mexico, Canada';
}

const geographies: readonly (readonly [string, string])[] = [
  ['ap-northeast-2', 'South Korea'],
  ['ap-southeast-2', 'Australia, New Zealand'],
  ['ap-south-1', 'India, Indonesia, Philippines, Thailand'],
  ['ap-southeast-3', 'India, Indonesia, Philippines, Thailand'],
  ['ap-southeast-7', 'India, Indonesia, Philippines, Thailand'],
  ['ap-', 'Asia Pacific'],
  ['eu-', 'Europe'],
  ['sa-', 'South America'],
  ['me-', 'Middle East'],
  ['af-', 'South Africa, Kenya'],
];
