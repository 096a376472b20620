import { resourceIdentifier } from '../../allocate/identifier.ts';
import { type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::Volume': (draft) => {
    const id = resourceIdentifier(draft.subject, 'vol');
    return { physicalId: id, attributes: { VolumeId: id } };
  },
  'AWS::EC2::VolumeAttachment': (draft) => ({
    physicalId: `${textOf(draft, 'VolumeId') ?? ''}|${textOf(draft, 'InstanceId') ?? ''}`,
    attributes: {},
  }),
};
