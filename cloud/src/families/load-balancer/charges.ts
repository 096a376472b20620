import type { Resource } from '../../inventory.ts';
import { objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charge, type Charges, free, publicAddresses, type Reading, tariff } from '../contract/charge.ts';
import { isFront, trafficOf } from './traffic.ts';

export const charges: Charges = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource, reading) => {
    const type = text(resource.properties, 'Type') ?? 'application';
    const name = names[type] ?? type;
    const units = balancerUnits(resource, type, reading);
    const charge = { resource: resource.key, heading: 'balancers', ends: 'dismantled' } as const;
    const all: Charge[] = [
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
      const own = objects(resource.properties, 'SubnetMappings').filter(
        (each) => each.AllocationId !== undefined,
      ).length;
      const zones = zonesOf(resource) - own;
      if (zones > 0)
        all.push(publicAddresses(resource, zones, words('(one a zone)', '가용 영역마다 하나'), 'dismantled'));
    }
    return all;
  },
  'AWS::ElasticLoadBalancingV2::Listener': free,
  'AWS::ElasticLoadBalancingV2::ListenerRule': free,
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': free,
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
  return Math.max(texts(resource.properties, 'Subnets').length, objects(resource.properties, 'SubnetMappings').length);
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}
