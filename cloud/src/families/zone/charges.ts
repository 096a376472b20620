import { words } from '../../words.ts';
import { alike, type Charges, free, monthly, used } from '../contract/charge.ts';

export const charges: Charges = {
  /** Billed whole twelve hours after it is made: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/troubleshooting-billed-twice.html */
  'AWS::Route53::HostedZone': (resource, reading) => [
    {
      ...monthly(resource, 'names', 'hosted zone, first 25', 'Route 53', words('hosted zone', '호스팅 영역')),
      basis: 'whole month',
    },
    used(
      resource,
      'names',
      'standard queries, first 1 billion/month',
      'Route 53',
      reading.usage.dnsQueries / alike(resource, reading),
    ),
  ],
  'AWS::Route53::RecordSet': free,
  'AWS::Route53::RecordSetGroup': free,
};
