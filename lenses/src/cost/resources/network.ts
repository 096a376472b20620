import { hourly, type Reader, tariff } from '@terrace/cloud/families/contract/charge';
import { attachment } from '@terrace/cloud/families/vpn/transit-attachment';
import { words } from '@terrace/cloud/words';
import { list, text } from '../properties.ts';

/** The parts of a network that cost by the hour merely by being there. */
export const networkReaders: Readonly<Record<string, Reader>> = {
  'AWS::EC2::VPCEndpoint': (resource, reading) => {
    const kind = text(resource.properties.VpcEndpointType) ?? 'Gateway';
    if (kind === 'Gateway') return [];
    const zones = Math.max(1, list(resource.properties.SubnetIds).length);
    const interfaces = reading
      .ofType('AWS::EC2::VPCEndpoint')
      .filter((each) => each.properties.VpcEndpointType === kind).length;
    const name = text(resource.properties.ServiceName) ?? 'endpoint';
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
  'AWS::EC2::TransitGatewayAttachment': (resource, reading) => attachment(resource.key, reading),
  'AWS::EC2::TransitGatewayVpcAttachment': (resource, reading) => attachment(resource.key, reading),
  'AWS::EC2::TransitGatewayPeeringAttachment': (resource) => [
    hourly(resource.key, 'Transit Gateway peering attachment'),
  ],
  'AWS::EC2::TransitGatewayConnect': (resource) => [hourly(resource.key, 'Transit Gateway Connect attachment')],
  'AWS::EC2::ClientVpnEndpoint': (resource) => [hourly(resource.key, 'Client VPN endpoint')],
};
