import { elasticIp, gateway, group, instance, template } from '../connectivity-templates.ts';
import { type ConnectionCase, connections, one, open, publicTable } from './case.ts';

const guide = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html';

const admitting = (...ingress: readonly string[]) =>
  template(
    ...one,
    open,
    group('Servers', 'Vpc', ingress),
    instance('Client', 'A', ['Open']),
    instance('Server', 'B', ['Servers']),
  );

const outgoing = (...egress: readonly string[]) =>
  template(
    ...one,
    open,
    group('Callers', 'Vpc', [], egress),
    instance('Client', 'A', ['Callers']),
    instance('Server', 'B', ['Open']),
  );

const inPublic = (...ingress: readonly string[]) =>
  template(
    ...one,
    gateway('Vpc'),
    publicTable,
    group('Servers', 'Vpc', ingress),
    instance('Server', 'A', ['Servers']),
    elasticIp('Address', 'Server'),
  );

export const trackedFlows: readonly ConnectionCase[] = [
  ...connections('tracked-flows: sg-tracked-survive-rule-removal', guide, admitting('tcp 8080 10.20.0.0/16'), {
    meanwhile: admitting('tcp 9999 10.20.0.0/16'),
    expected: 'lives',
  }),
  ...connections('tracked-flows: sg-tracked-survive-rule-removal', guide, outgoing('tcp 8080 10.20.0.0/16'), {
    meanwhile: outgoing('tcp 9999 10.20.0.0/16'),
    expected: 'lives',
  }),
  ...connections('tracked-flows: sg-tracked-survive-rule-removal', guide, inPublic('tcp 8080 203.0.113.0/24'), {
    from: 'internet',
    meanwhile: inPublic('tcp 9999 203.0.113.0/24'),
    expected: 'lives',
  }),
  ...connections('tracked-flows: sg-untracked-break-at-once', guide, admitting('tcp 8080 0.0.0.0/0'), {
    meanwhile: admitting('tcp 9999 0.0.0.0/0'),
    expected: 'ends',
  }),
  ...connections('tracked-flows: sg-untracked-break-at-once', guide, inPublic('tcp 8080 0.0.0.0/0'), {
    from: 'internet',
    meanwhile: inPublic('tcp 9999 0.0.0.0/0'),
    expected: 'ends',
  }),
];
