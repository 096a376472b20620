import { acl, group, instance, template } from '../connectivity-templates.ts';
import { type ConnectivityCase, cases, clocks, fails, one, open, passes, questions, vpcGuide } from './case.ts';

const subject = 'past-groups-and-acls: not-filtered-by-groups-or-acls';
const source = `${vpcGuide}/vpc-security-groups.html`;

/** A client whose group lets nothing out, in a subnet whose ACL lets nothing across. */
const shut = template(
  ...one,
  open,
  group('Mute', 'Vpc', [], ['-1 127.0.0.1/32']),
  instance('Client', 'A', ['Mute'], { PrivateIpAddress: '10.20.1.10' }),
  instance('Server', 'B', ['Open'], { PrivateIpAddress: '10.20.2.10' }),
  acl('Shut', 'Vpc', ['A'], []),
);

export const pastFilters: readonly ConnectivityCase[] = [
  ...cases(
    subject,
    source,
    shut,
    { to: '10.20.0.2', port: 53, ...passes },
    { to: '169.254.169.253', port: 53, ...passes },
    { to: '169.254.169.254', port: 80, ...passes },
    { port: 53, ...fails },
    { port: 80, ...fails },
  ),
  ...questions(
    subject,
    source,
    shut,
    [
      'pass',
      { from: 'Client', name: '10.2.20.10.in-addr.arpa', type: 'PTR' },
      ['ip-10-20-2-10.ap-northeast-2.compute.internal'],
    ],
    ['not', { from: 'Client', name: '10.2.20.10.in-addr.arpa', type: 'PTR', resolver: '10.20.2.10' }, 'silence'],
  ),
  ...clocks(subject, source, shut, { expected: 'the time' }, { server: '10.20.2.10', expected: 'silence' }),
];
