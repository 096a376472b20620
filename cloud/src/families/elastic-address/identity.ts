import { resourceIdentifier } from '../../allocate/identifier.ts';
import { type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::EIP': (draft) => {
    const address = draft.publicAddress(draft.key);
    const allocation = resourceIdentifier(draft.subject, 'eipalloc');
    return { physicalId: address, attributes: { PublicIp: address, AllocationId: allocation } };
  },
  'AWS::EC2::EIPAssociation': identified('eipassoc', 'Id'),
};
