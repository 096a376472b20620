import { hexadecimal } from '../../allocate/identifier.ts';
import { type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::NatGateway': identified('nat', 'NatGatewayId', (draft) => ({
    EniId: `eni-0${hexadecimal(draft.subject, 'nat-interface', 16)}`,
  })),
};
