import { words } from '../../words.ts';
import { type Charges, free, publicAddresses } from '../contract/charge.ts';

export const charges: Charges = {
  /** In use or idle, an address costs the same: https://aws.amazon.com/vpc/pricing/ */
  'AWS::EC2::EIP': (resource) => [publicAddresses(resource, 1, words('(Elastic IP)', '탄력적 IP'), 'dismantled')],
  'AWS::EC2::EIPAssociation': free,
};
