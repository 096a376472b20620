import { allowances } from '@terrace/cloud/families/contract/allowances';
import { type Charge, type Reading, type Tariff, tariff } from '@terrace/cloud/families/contract/charge';
import { balancersOf, isFront } from '@terrace/cloud/families/load-balancer/traffic';
import { text } from '@terrace/cloud/property';
import { words } from '@terrace/cloud/words';
import type { EstateReading } from './estate.ts';

/**
 * Gigabytes sent to the internet at the price of transfer out: by load balancers and by API Gateway, which bills its
 * answers so. What CloudFront sends is priced with it, and what it fetches from AWS is free.
 */
function internetGigabytes(reading: Reading): { answers: number; nat: number } {
  const { usage } = reading;
  const balancers = balancersOf(reading);
  const gateways = reading.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api');
  const direct = reading.ofType('AWS::CloudFront::Distribution').length === 0;
  const served = direct && (balancers.some(isFront) || gateways.length > 0) ? usage.requests : 0;
  const nat = reading.ofType('AWS::EC2::NatGateway').length > 0 ? usage.natOutGigabytes : 0;
  return { answers: (served * usage.responseKilobytes) / 1024 ** 2, nat };
}

export const internetOut: Tariff = {
  service: 'Data transfer',
  steps: [
    { upTo: 10 * 1024, item: 'internet out 0-10 TB/month' },
    { upTo: 50 * 1024, item: 'internet out 10-50 TB/month' },
    { upTo: 150 * 1024, item: 'internet out 50-150 TB/month' },
    { upTo: null, item: 'internet out over 150 TB/month' },
  ],
  allowance: allowances.internetOut,
};

/**
 * Traffic, which no single resource causes: out to the internet, and between zones, where sender and receiver
 * both pay. A load balancer's traffic to targets in another zone is free, what reaches the load balancer from another
 * zone is not (https://aws.amazon.com/ec2/pricing/on-demand/, Data Transfer within the same AWS Region).
 */
export function trafficCharges(reading: EstateReading): Charge[] {
  const { usage } = reading;
  const { answers, nat } = internetGigabytes(reading);
  const charges: Charge[] = [];
  const charge = { resource: null, heading: 'transfer', basis: 'used', ends: 'stopped' } as const;
  if (answers > 0) {
    const what = words(`${round(answers)} GB of answers to the internet`, `인터넷으로 나가는 응답 ${round(answers)}GB`);
    charges.push({ ...charge, what, tariff: internetOut, quantity: answers });
  }
  if (nat > 0) {
    const what = words(`${round(nat)} GB to the internet through NAT`, `NAT를 거쳐 인터넷으로 나가는 ${round(nat)}GB`);
    charges.push({ ...charge, what, tariff: internetOut, quantity: nat });
  }
  for (const { gigabytes, what } of crossings(reading)) {
    if (gigabytes === 0) continue;
    charges.push({
      ...charge,
      what,
      tariff: tariff('Data transfer', 'inter-AZ, each direction'),
      quantity: 2 * gigabytes,
    });
  }
  if (usage.peeringGigabytes > 0 && reading.ofType('AWS::EC2::VPCPeeringConnection').length > 0) {
    charges.push({
      ...charge,
      what: words('between zones over peerings, both ends', '피어링을 지나 영역을 넘는 데이터 (양쪽)'),
      tariff: tariff('Data transfer', 'inter-AZ, each direction'),
      quantity: 2 * usage.peeringGigabytes * usage.zoneCrossingShare,
    });
  }
  return charges;
}

function crossings(reading: EstateReading) {
  const { usage } = reading;
  const subnets = new Set(reading.fleet.instances.map((instance) => instance.subnet));
  const zones = new Set(
    [...subnets].map((subnet) => text(reading.find(subnet)?.properties ?? {}, 'AvailabilityZone') ?? subnet),
  );
  if (zones.size < 2) return [];
  const share = usage.zoneCrossingShare / 1024 ** 2;
  const toApplication = usage.requests * usage.applicationShare;
  const handsOn =
    reading.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').some((each) => !isFront(each)) ||
    reading.ofType('AWS::AutoScaling::AutoScalingGroup').length > 1;
  const databases = reading.ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').length;
  const gateways = reading.ofType('AWS::EC2::NatGateway').length;
  const natShare = gateways > 0 && gateways < zones.size ? usage.zoneCrossingShare : 0;
  const natGigabytes = (usage.natInGigabytes + usage.natOutGigabytes) * natShare;
  const tiers = handsOn ? toApplication * (usage.requestKilobytes + usage.responseKilobytes) * share : 0;
  const data = databases > 0 ? toApplication * usage.databaseKilobytes * share : 0;
  return [
    {
      gigabytes: tiers,
      what: words(
        `${round(tiers)} GB to internal load balancers in another zone, both ends`,
        `다른 영역의 내부 로드 밸런서로 가는 ${round(tiers)}GB (양쪽)`,
      ),
    },
    {
      gigabytes: data,
      what: words(
        `${round(data)} GB with the database in another zone, both ends`,
        `다른 영역의 데이터베이스와 주고받는 ${round(data)}GB (양쪽)`,
      ),
    },
    {
      gigabytes: natGigabytes,
      what: words(
        `${round(natGigabytes)} GB to a NAT gateway in another zone, both ends`,
        `다른 영역의 NAT 게이트웨이를 쓰는 ${round(natGigabytes)}GB (양쪽)`,
      ),
    },
  ];
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
