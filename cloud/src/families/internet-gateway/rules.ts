import { words } from '../../words.ts';
import { identifier } from '../contract/refused.ts';
import { unique } from '../contract/rows.ts';
import { isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::EC2::VPCGatewayAttachment'];
const page = 'vpc/latest/userguide/VPC_Internet_Gateway.html';
const ofInternet = ({ properties }: { readonly properties: Parameters<typeof isStated>[0] }) =>
  isStated(properties, 'InternetGatewayId');

/** What AWS refuses of internet gateways. */
export const rules: readonly Rule[] = [
  unique({
    types,
    path: 'VpcId',
    code: 'GATEWAY_ATTACHED_TWICE',
    said: words('A VPC has one internet gateway.', 'VPC에는 인터넷 게이트웨이를 하나만 연결할 수 있습니다.'),
    key: (resource, value) => (ofInternet(resource) ? String(value) : undefined),
    page,
    aws: 'Network already has an internet gateway attached',
  }),
  unique({
    types,
    path: 'InternetGatewayId',
    code: 'GATEWAY_ATTACHED_TWICE',
    said: words('An internet gateway is attached to one VPC.', '인터넷 게이트웨이는 VPC 하나에만 연결할 수 있습니다.'),
    key: (_, value) => String(value),
    page,
    aws: 'resource is already associated with network',
  }),
  identifier({ types, path: 'InternetGatewayId', prefixes: ['igw'], page }),
  identifier({ types, path: 'VpnGatewayId', prefixes: ['vgw'], page }),
];
