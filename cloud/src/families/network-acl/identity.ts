import { type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::NetworkAcl': identified('acl', 'Id'),
  'AWS::EC2::NetworkAclEntry': (draft) => {
    const direction = draft.properties.Egress === true || draft.properties.Egress === 'true' ? 'true' : 'false';
    const id = `${textOf(draft, 'NetworkAclId') ?? ''}|${textOf(draft, 'RuleNumber') ?? ''}|${direction}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::EC2::SubnetNetworkAclAssociation': identified('aclassoc', 'AssociationId'),
};
