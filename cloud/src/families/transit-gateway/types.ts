/** Attachments of VPCs; CloudFormation has two types for them. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html */
export const vpcAttachments = ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'] as const;

/** Attachments of what is no VPC. https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html */
export const otherAttachments = [
  'AWS::EC2::TransitGatewayPeeringAttachment',
  'AWS::EC2::TransitGatewayConnect',
] as const;

/** What a route table of the gateway says of attachments. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html */
export const tableSatellites = [
  'AWS::EC2::TransitGatewayRoute',
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  'AWS::EC2::TransitGatewayRouteTablePropagation',
] as const;
