import { type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::RouteTable': identified('rtb', 'RouteTableId'),
  'AWS::EC2::Route': (draft) => {
    const destination =
      textOf(draft, 'DestinationCidrBlock') ??
      textOf(draft, 'DestinationIpv6CidrBlock') ??
      textOf(draft, 'DestinationPrefixListId') ??
      '';
    return {
      physicalId: `${textOf(draft, 'RouteTableId') ?? ''}|${destination}`,
      attributes: { CidrBlock: destination },
    };
  },
  'AWS::EC2::SubnetRouteTableAssociation': identified('rtbassoc', 'Id'),
  'AWS::EC2::GatewayRouteTableAssociation': identified('rtbassoc', 'AssociationId'),
};
