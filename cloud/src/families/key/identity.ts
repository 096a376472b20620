import { uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::KMS::Key': (draft) => {
    const id = uuid(draft.subject, 'key');
    return { physicalId: id, attributes: { KeyId: id, Arn: arn(draft, 'kms', `key/${id}`) } };
  },
  'AWS::KMS::Alias': (draft) => ({ physicalId: textOf(draft, 'AliasName') ?? '', attributes: {} }),
};
