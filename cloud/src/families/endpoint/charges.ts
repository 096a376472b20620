import { text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charges, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::VPCEndpoint': (resource, reading) => {
    const kind = text(resource.properties, 'VpcEndpointType') ?? 'Gateway';
    if (kind === 'Gateway') return [];
    const zones = Math.max(1, texts(resource.properties, 'SubnetIds').length);
    const interfaces = reading
      .ofType('AWS::EC2::VPCEndpoint')
      .filter((each) => each.properties.VpcEndpointType === kind).length;
    const name = text(resource.properties, 'ServiceName') ?? 'endpoint';
    const item = kind === 'Interface' ? 'interface endpoint' : `${kind} endpoint`;
    const charge = { resource: resource.key, heading: 'endpoints', ends: 'dismantled' } as const;
    return [
      {
        ...charge,
        what: words(`${name} in ${zones} zones`, `${name}, 가용 영역 ${zones}개`),
        tariff: tariff('VPC', `${item} (per endpoint per AZ)`),
        quantity: zones,
        basis: 'hourly',
      },
      {
        ...charge,
        what: words('data processed', '처리한 데이터'),
        tariff: tariff('VPC', `${item} data processed, first 1 PB`),
        quantity: reading.usage.endpointGigabytes / interfaces,
        basis: 'used',
      },
    ];
  },
};
