import { balancer, forward, ground, listener, server, targets } from '../balancing/balancing-templates.ts';
import { group, ref, template } from '../connectivity-templates.ts';
import { outsideClient, type RequestCase, requests } from './case.ts';

const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

const standing = (
  attributes: Readonly<Record<string, string>> = {},
  { ingress = '0.0.0.0/0' }: { readonly ingress?: string } = {},
) => ({
  template: template(
    ground,
    group('Members', 'Vpc', [`tcp 8080 ${ingress}`]),
    server('One', 'PrivateA', ['Members']),
    server('Client'),
    balancer({}, { Type: 'network', SecurityGroups: ref('AWS::NoValue') }),
    targets(
      'Group',
      ['One'],
      { Protocol: 'TCP', HealthCheckProtocol: 'TCP', HealthCheckPath: ref('AWS::NoValue') },
      attributes,
    ),
    listener('Front', 80, forward('Group'), { Protocol: 'TCP' }),
  ),
  servers: { One: { port: 8080 } },
});

export const networkLoadBalancers: readonly RequestCase[] = [
  ...requests(
    'preserved-sources: nlb-client-address',
    `${guide}/edit-target-group-attributes.html`,
    standing(),
    ['pass', {}, { servers: ['One'], client: outsideClient }],
    ['pass', { from: 'Client', to: 'private:Balancer' }, { servers: ['One'], client: 'private:Client' }],
    ['not', { from: 'One', to: 'private:Balancer' }, { none: 'silence' }],
  ),
  ...requests(
    'preserved-sources: nlb-client-address',
    `${guide}/edit-target-group-attributes.html`,
    standing({ 'preserve_client_ip.enabled': 'false' }),
    ['not', {}, { servers: ['One'], client: 'private:Balancer' }],
  ),
  ...requests(
    'preserved-sources: nlb-client-address',
    `${guide}/edit-target-group-attributes.html`,
    standing({}, { ingress: '10.40.0.0/16' }),
    ['not', {}, { none: 'silence' }],
    ['pass', { from: 'Client', to: 'private:Balancer' }, { servers: ['One'], client: 'private:Client' }],
  ),
];
