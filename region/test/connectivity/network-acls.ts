import { acl, instance, plain, template } from '../connectivity-templates.ts';
import { cases, clientAndServer, type FlowCase, fails, one, open, passes, vpcGuide } from './case.ts';

const aclGuide = `${vpcGuide}/nacl-rules.html`;

export const acls: readonly FlowCase[] = [
  ...cases(
    'acl-stateless: acl-stateless',
    aclGuide,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow tcp 8080 0.0.0.0/0']),
    ),
    fails,
  ),
  ...cases(
    'acl-stateless: acl-stateless',
    aclGuide,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow tcp 1024-65535 0.0.0.0/0']),
    ),
    passes,
    { port: 9090, ...fails },
  ),
  ...cases(
    'acl-rule-order: acl-first-match',
    aclGuide,
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.10' }),
      instance('Stranger', 'A', ['Open'], { PrivateIpAddress: '10.20.1.200' }),
      instance('Server', 'B', ['Open']),
      acl(
        'Acl',
        'Vpc',
        ['B'],
        ['in 100 allow tcp 8080 0.0.0.0/0', 'in 90 deny tcp 8000-8100 10.20.1.128/25', 'out 100 allow all 0.0.0.0/0'],
      ),
    ),
    passes,
    { from: 'Stranger', ...fails },
  ),
  ...cases(
    'acl-rule-order: acl-first-match',
    aclGuide,
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.200' }),
      instance('Server', 'B', ['Open']),
      acl(
        'Acl',
        'Vpc',
        ['B'],
        ['in 110 deny tcp 8000-8100 10.20.1.128/25', 'in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow all 0.0.0.0/0'],
      ),
    ),
    passes,
  ),
  ...cases(
    'custom-acls: acl-final-deny',
    aclGuide,
    template(...one, open, ...clientAndServer, acl('Acl', 'Vpc', ['B'], [])),
    fails,
    { from: 'Server', to: 'Client', ...fails },
  ),
  ...cases(
    'default-acls: acl-default-allows',
    `${vpcGuide}/default-network-acl.html`,
    template(...one, open, ...clientAndServer),
    passes,
    { protocol: 'udp', port: 9, ...passes },
  ),
  ...cases(
    'default-acls: acl-default-allows',
    `${vpcGuide}/default-network-acl.html`,
    template(
      ...one,
      open,
      ...clientAndServer,
      plain('Changed', 'EC2::NetworkAclEntry', {
        NetworkAclId: { 'Fn::GetAtt': ['Vpc', 'DefaultNetworkAcl'] },
        RuleNumber: 50,
        RuleAction: 'deny',
        Protocol: 6,
        PortRange: { From: 8080, To: 8080 },
        CidrBlock: '10.20.1.0/24',
      }),
    ),
    fails,
    { port: 9090, ...passes },
  ),
  ...cases(
    'acl-stateless: acl-ephemeral-ports',
    `${vpcGuide}/nacl-ephemeral-ports.html`,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow all 0.0.0.0/0', 'out 100 allow tcp 1024-5000 0.0.0.0/0']),
    ),
    fails,
  ),
  ...cases(
    'acl-stateless: acl-ephemeral-ports',
    `${vpcGuide}/nacl-ephemeral-ports.html`,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow all 0.0.0.0/0', 'out 100 allow tcp 32768-61000 0.0.0.0/0']),
    ),
    passes,
  ),
  ...cases(
    'custom-acls: acl-edge-of-subnet-only',
    `${vpcGuide}/vpc-network-acls.html`,
    template(
      ...one,
      open,
      instance('Client', 'B', ['Open']),
      instance('Server', 'B', ['Open']),
      instance('Stranger', 'A', ['Open']),
      acl('Acl', 'Vpc', ['B'], ['in 100 deny all 10.20.2.0/24', 'out 100 deny all 10.20.2.0/24']),
    ),
    passes,
    { from: 'Stranger', ...fails },
  ),
];
