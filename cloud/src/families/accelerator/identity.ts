import { letters, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::GlobalAccelerator::Accelerator': (draft) => {
    const accelerator = arn(draft, 'globalaccelerator', `accelerator/${uuid(draft.subject, 'accelerator')}`, {
      region: false,
    });
    return {
      physicalId: accelerator,
      attributes: {
        AcceleratorArn: accelerator,
        DnsName: `a${letters(draft.subject, 'name', 16)}.awsglobalaccelerator.com`,
        Ipv4Addresses: [draft.publicAddress(`${draft.key}@0`), draft.publicAddress(`${draft.key}@1`)],
      },
    };
  },
  'AWS::GlobalAccelerator::Listener': (draft) => {
    const listener = `${textOf(draft, 'AcceleratorArn') ?? ''}/listener/${letters(draft.subject, 'listener', 8)}`;
    return { physicalId: listener, attributes: { ListenerArn: listener } };
  },
  'AWS::GlobalAccelerator::EndpointGroup': (draft) => {
    const group = `${textOf(draft, 'ListenerArn') ?? ''}/endpoint-group/${letters(draft.subject, 'group', 12)}`;
    return { physicalId: group, attributes: { EndpointGroupArn: group } };
  },
};
