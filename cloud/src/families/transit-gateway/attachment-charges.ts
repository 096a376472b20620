import { words } from '../../words.ts';
import { type Charge, hourly, type Reading, tariff } from '../contract/charge.ts';

/** An attachment is paid for by the hour, and what it sends to the gateway by the gigabyte: the figure of usage is of all together. */
export function attachment(resource: string, reading: Reading): Charge[] {
  const attachments =
    reading.ofType('AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment').length +
    reading.ofType('AWS::EC2::VPNConnection').filter((each) => each.properties.TransitGatewayId !== undefined).length;
  const gigabytes = reading.usage.transitGigabytes / attachments;
  return [
    hourly(resource, 'Transit Gateway VPC attachment'),
    {
      resource,
      heading: 'endpoints',
      what: words(
        `${round(gigabytes)} GB through the transit gateway`,
        `트랜짓 게이트웨이를 지나는 ${round(gigabytes)}GB`,
      ),
      tariff: tariff('VPC', 'Transit Gateway data processed'),
      quantity: gigabytes,
      basis: 'used',
      ends: 'dismantled',
    },
  ];
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
