import { instance, plain, ref, subnet, template } from '../connectivity-templates.ts';
import {
  acrossPeering,
  back,
  cases,
  type FlowCase,
  fails,
  one,
  open,
  passes,
  peeringGuide,
  there,
  two,
  vpcGuide,
} from './case.ts';

export const resolver: readonly FlowCase[] = [
  ...cases(
    ': resolver-addresses',
    `${vpcGuide}/AmazonDNS-concepts.html`,
    template(
      ...one,
      open,
      plain('Range', 'EC2::VPCCidrBlock', { VpcId: ref('Vpc'), CidrBlock: '10.21.0.0/16' }),
      subnet('Far', 'Vpc', '10.21.0.0/24'),
      instance('Client', 'Far', ['Open']),
    ),
    { to: '10.20.0.2', port: 53, ...passes },
    { to: '169.254.169.253', port: 53, ...passes },
    { to: '10.21.0.2', port: 53, ...fails },
  ),
  ...cases(
    ': dns-attributes',
    `${vpcGuide}/AmazonDNS-concepts.html`,
    template(
      ...one,
      open,
      plain('Vpc', 'EC2::VPC', { CidrBlock: '10.20.0.0/16', EnableDnsSupport: false }),
      instance('Client', 'A', ['Open']),
    ),
    { to: '10.20.0.2', port: 53, ...fails },
    { to: '169.254.169.254', port: 80, ...passes },
  ),
  ...cases(
    'resolver-not-across-peering: peering-resolver-unreachable',
    `${peeringGuide}/vpc-peering-basics.html`,
    template(...two, ...acrossPeering, there, back),
    { to: '10.9.0.2', port: 53, ...fails },
    { to: '10.20.0.2', port: 53, ...passes },
  ),
];
