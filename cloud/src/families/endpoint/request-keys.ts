import { type KeysOf, notKnown, stated } from '../contract/request-keys.ts';
import { inVpc } from '../vpc/in-vpc.ts';

/** Keys of EC2 for networks. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::VPCEndpoint': (call) => {
    const service = stated(call.resource.properties.ServiceName);
    return {
      ...inVpc(call),
      'ec2:VpceServiceName': service,
      'ec2:VpceServiceOwner': service?.startsWith('com.amazonaws.') ? 'amazon' : notKnown,
    };
  },
};
