import { identifier } from '../contract/refused.ts';
import { exclusive } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const routes = ['AWS::EC2::Route'];
const page = 'AWSEC2/latest/APIReference/API_CreateRoute.html';

const targets: readonly (readonly [
  path: string,
  prefixes: readonly [string, ...string[]],
  words?: readonly string[],
])[] = [
  ['GatewayId', ['igw', 'vgw', 'vpce'], ['local']],
  ['NatGatewayId', ['nat']],
  ['InstanceId', ['i']],
  ['NetworkInterfaceId', ['eni']],
  ['VpcPeeringConnectionId', ['pcx']],
  ['TransitGatewayId', ['tgw']],
  ['EgressOnlyInternetGatewayId', ['eigw']],
  ['VpcEndpointId', ['vpce']],
];

/** What AWS refuses of routes, besides their destinations and targets (validate/network). */
export const rules: readonly Rule[] = [
  ...targets.map(([path, prefixes, also]) =>
    identifier({ types: routes, path, prefixes, page, ...(also ? { words: also } : {}) }),
  ),
  identifier({ types: routes, path: 'RouteTableId', prefixes: ['rtb'], page }),
  exclusive({
    types: routes,
    paths: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'],
    page,
    aws: 'The request must contain exactly one destination',
  }),
];
