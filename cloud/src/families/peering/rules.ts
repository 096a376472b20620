import { words } from '../../words.ts';
import { identifier } from '../contract/refused.ts';
import { form } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::EC2::VPCPeeringConnection'];
const page = 'AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html';

/** What AWS refuses of peering connections, besides overlapping ranges (validate/network). */
export const rules: readonly Rule[] = [
  identifier({ types, path: 'VpcId', prefixes: ['vpc'], page }),
  identifier({ types, path: 'PeerVpcId', prefixes: ['vpc'], page }),
  form({
    types,
    path: 'PeerOwnerId',
    code: 'WRONG_FORM',
    pattern: /^\d{12}$/,
    said: words('an account has twelve digits', '계정은 숫자 12자리입니다.'),
    page,
  }),
];
