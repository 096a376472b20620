import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Charge, type Charges, free, type Step, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::CloudFront::Distribution': (resource, reading) => {
    const { usage } = reading;
    const distributions = reading.ofType('AWS::CloudFront::Distribution').length;
    const requests = usage.requests / distributions;
    return cloudFrontCharges(resource.key, priceGroupOf(reading.inventory.region), {
      requests,
      gigabytes: (requests * usage.responseKilobytes) / 1024 ** 2,
      toOriginGigabytes: (requests * usage.requestKilobytes * (1 - usage.edgeShare)) / 1024 ** 2,
    });
  },
  'AWS::CloudFront::OriginAccessControl': free,
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': free,
  'AWS::CloudFront::CachePolicy': free,
  'AWS::CloudFront::OriginRequestPolicy': free,
  'AWS::CloudFront::ResponseHeadersPolicy': free,
  'AWS::CloudFront::VpcOrigin': free,
};

export interface EdgeTraffic {
  readonly requests: number;
  readonly gigabytes: number;
  readonly toOriginGigabytes: number;
}

/** HTTPS requests and gigabytes out, less the always-free tier: https://aws.amazon.com/cloudfront/pricing/ */
export function cloudFrontCharges(resource: string | null, group: string, traffic: EdgeTraffic): Charge[] {
  const charge = { resource, heading: 'edge', basis: 'used', ends: 'dismantled' } as const;
  return [
    {
      ...charge,
      what: words('HTTPS requests', 'HTTPS 요청'),
      tariff: tariff('CloudFront', 'HTTPS requests', { region: group, allowance: allowances.edgeRequests }),
      quantity: traffic.requests,
    },
    {
      ...charge,
      what: words('out to the internet', '인터넷으로 나가는 데이터'),
      tariff: { service: 'CloudFront', steps: outSteps, region: group, allowance: allowances.edgeOut },
      quantity: traffic.gigabytes,
    },
    {
      ...charge,
      what: words('out to the origin', '오리진으로 보내는 데이터'),
      tariff: tariff('CloudFront', 'data out to origin', { region: group }),
      quantity: traffic.toOriginGigabytes,
    },
  ];
}

const outSteps: readonly Step[] = [
  { upTo: 10 * 1024, item: 'data out to internet 0-10 TB/month' },
  { upTo: 50 * 1024, item: 'data out to internet 10-50 TB/month' },
  { upTo: 150 * 1024, item: 'data out to internet 50-150 TB/month' },
  { upTo: 500 * 1024, item: 'data out to internet 150-500 TB/month' },
  { upTo: 1024 * 1024, item: 'data out to internet 500-1024 TB/month' },
  { upTo: 5 * 1024 * 1024, item: 'data out to internet 1-5 PB/month' },
  { upTo: null, item: 'data out to internet over 5 PB/month' },
];

/** CloudFront's price group for users near a region. */
export function priceGroupOf(region: string): string {
  const nearest = priceGroups.find(([prefix]) => region.startsWith(prefix));
  return nearest?.[1] ?? 'United States, Mexico, Canada';
}

const priceGroups: readonly (readonly [string, string])[] = [
  ['ap-northeast-1', 'Japan'],
  ['ap-northeast-3', 'Japan'],
  ['ap-southeast-2', 'Australia, New Zealand'],
  ['ap-southeast-4', 'Australia, New Zealand'],
  ['ap-southeast-6', 'Australia, New Zealand'],
  ['ap-south-', 'India'],
  [
    'ap-',
    'Asia Pacific (Hong Kong, Indonesia, Philippines, Singapore, South Korea, Taiwan, Thailand, Malaysia, Vietnam)',
  ],
  ['eu-', 'Europe, Israel, Turkiye'],
  ['il-', 'Europe, Israel, Turkiye'],
  ['sa-', 'South America'],
  ['me-', 'South Africa, Kenya, Nigeria, Middle East'],
  ['af-', 'South Africa, Kenya, Nigeria, Middle East'],
];
