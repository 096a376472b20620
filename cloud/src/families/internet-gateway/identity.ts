import { type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::InternetGateway': identified('igw', 'InternetGatewayId'),
  'AWS::EC2::VPCGatewayAttachment': (draft) => {
    const kind = textOf(draft, 'InternetGatewayId') === undefined ? 'VGW' : 'IGW';
    return { physicalId: `${kind}|${textOf(draft, 'VpcId') ?? ''}`, attributes: { AttachmentType: kind } };
  },
  'AWS::EC2::EgressOnlyInternetGateway': identified('eigw', 'Id'),
};
