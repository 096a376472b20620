import { alike, monthly, type Reader, used } from '@terrace/cloud/families/contract/charge';
import { words } from '@terrace/cloud/words';
import { list } from '../properties.ts';

/** What keeps an architecture in order and costs little: keys, secrets, names, alarms, logs, messages, budgets. */
export const upkeepReaders: Readonly<Record<string, Reader>> = {
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
  'AWS::Route53Resolver::ResolverEndpoint': (resource) => {
    const interfaces = list(resource.properties.IpAddresses).length;
    const what = words(
      `Resolver endpoint, ${interfaces} interfaces`,
      `Resolver 엔드포인트, 인터페이스 ${interfaces}개`,
    );
    return [
      {
        ...monthly(resource, 'names', 'Resolver endpoint network interface', 'Route 53', what),
        quantity: interfaces,
        basis: 'hourly',
        ends: 'dismantled',
      },
    ];
  },
};
