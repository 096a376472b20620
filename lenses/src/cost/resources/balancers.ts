import {
  type Charge,
  publicAddresses,
  type Reader,
  type Reading,
  tariff,
} from '@terrace/cloud/families/contract/charge';
import type { Resource } from '@terrace/cloud/inventory';
import { classicSubnets } from '@terrace/cloud/views/network/placement/classic-balancer-place';
import { words } from '@terrace/cloud/words';
import { list, objects, text } from '../properties.ts';
import { isFront, trafficOf } from '../traffic.ts';

export const balancerReaders: Readonly<Record<string, Reader>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource, reading) => {
    const type = text(resource.properties.Type) ?? 'application';
    const name = names[type] ?? type;
    const units = balancerUnits(resource, type, reading);
    const charge = { resource: resource.key, heading: 'balancers', ends: 'dismantled' } as const;
    const charges: Charge[] = [
      { ...charge, what: words(name, name), tariff: tariff('ELB', name), quantity: 1, basis: 'hourly' },
      {
        ...charge,
        what: words(`${round(units)} capacity units on average`, `용량 단위(LCU) 평균 ${round(units)}`),
        tariff: tariff('ELB', `${name} LCU`),
        quantity: units,
        basis: 'hourly',
      },
    ];
    if (isFront(resource)) {
      const own = objects(resource.properties.SubnetMappings).filter((each) => each.AllocationId !== undefined).length;
      const zones = zonesOf(resource) - own;
      if (zones > 0)
        charges.push(publicAddresses(resource, zones, words('(one a zone)', '가용 영역마다 하나'), 'dismantled'));
    }
    return charges;
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': (resource, reading) => {
    const { requests, kilobytes } = trafficOf(resource, reading);
    const charge = { resource: resource.key, heading: 'balancers', ends: 'dismantled' } as const;
    const zones = isFront(resource) ? classicSubnets(reading.inventory, resource).length : 0;
    return [
      {
        ...charge,
        what: words('Classic Load Balancer', 'Classic Load Balancer'),
        tariff: tariff('ELB', 'CLB'),
        quantity: 1,
        basis: 'hourly',
      },
      {
        ...charge,
        what: words('data processed', '처리한 데이터'),
        tariff: tariff('ELB', 'CLB data processed'),
        quantity: (requests * kilobytes) / 1024 ** 2,
        basis: 'used',
      },
      ...(zones > 0
        ? [publicAddresses(resource, zones, words('(one a zone)', '가용 영역마다 하나'), 'dismantled')]
        : []),
    ];
  },
};

const names: Readonly<Record<string, string>> = { application: 'ALB', network: 'NLB', gateway: 'GWLB' };

function balancerUnits(resource: Resource, type: string, reading: Reading): number {
  const { requests, kilobytes } = trafficOf(resource, reading);
  const { hoursOn, requestsPerConnection, connectionSeconds, ruleEvaluations } = reading.usage;
  if (hoursOn === 0) return 0;
  const perSecond = requests / (hoursOn * 3600);
  const connections = perSecond / Math.max(1, requestsPerConnection);
  return capacityUnits(type === 'network' ? networkUnit : applicationUnit, {
    newConnections: connections,
    activeConnections: connections * connectionSeconds,
    gigabytes: (requests * kilobytes) / hoursOn / 1_000_000,
    evaluations: perSecond * Math.max(0, ruleEvaluations - 10),
  });
}

export interface BalancerLoad {
  /** Each second. */
  readonly newConnections: number;
  /** At one time. */
  readonly activeConnections: number;
  /** Each hour, decimal, as AWS's example counts 300 kB a second as 1.08 GB. */
  readonly gigabytes: number;
  /** Rules beyond the ten free ones, each second. */
  readonly evaluations: number;
}

/** What one unit holds of each: https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const applicationUnit: BalancerLoad = {
  newConnections: 25,
  activeConnections: 3000,
  gigabytes: 1,
  evaluations: 1000,
};
/** TCP: https://aws.amazon.com/elasticloadbalancing/pricing/ */
const networkUnit: BalancerLoad = {
  newConnections: 800,
  activeConnections: 100_000,
  gigabytes: 1,
  evaluations: Number.POSITIVE_INFINITY,
};

/** The dimension that is used most is the one that is billed. */
export function capacityUnits(unit: BalancerLoad, load: BalancerLoad): number {
  return Math.max(
    load.newConnections / unit.newConnections,
    load.activeConnections / unit.activeConnections,
    load.gigabytes / unit.gigabytes,
    load.evaluations / unit.evaluations,
  );
}

function zonesOf(resource: Resource): number {
  return Math.max(list(resource.properties.Subnets).length, list(resource.properties.SubnetMappings).length);
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}
