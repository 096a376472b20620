import { words } from '../../words.ts';
import { type Charges, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::NatGateway': (resource, reading) => {
    const share = reading.ofType('AWS::EC2::NatGateway').length;
    const gigabytes = (reading.usage.natInGigabytes + reading.usage.natOutGigabytes) / share;
    const charge = { resource: resource.key, heading: 'nat', ends: 'dismantled' } as const;
    return [
      {
        ...charge,
        what: words('NAT gateway', 'NAT 게이트웨이'),
        tariff: tariff('VPC', 'NAT gateway'),
        quantity: 1,
        basis: 'hourly',
      },
      {
        ...charge,
        what: words(`${round(gigabytes)} GB processed, in and out`, `처리한 데이터 ${round(gigabytes)}GB (양방향)`),
        tariff: tariff('VPC', 'NAT gateway data processed'),
        quantity: gigabytes,
        basis: 'used',
      },
    ];
  },
};

function round(value: number): number {
  return Number(value.toPrecision(4));
}
