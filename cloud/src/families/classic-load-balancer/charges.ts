import { words } from '../../words.ts';
import { type Charges, publicAddresses, tariff } from '../contract/charge.ts';
import { isFront, trafficOf } from '../load-balancer/traffic.ts';
import { classicSubnets } from './classic-subnets.ts';

/** https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const charges: Charges = {
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
