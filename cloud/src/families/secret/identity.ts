import { suffix } from '../../allocate/identifier.ts';
import { type Identify, textOf } from '../contract/identity.ts';
import { secretArn } from './secret-arn.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::SecretsManager::Secret': (draft) => {
    const name = textOf(draft, 'Name') ?? `${draft.subject.logicalId}-${suffix(draft.subject, 'name', 12)}`;
    const id = secretArn(draft, name);
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::SecretTargetAttachment': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::RotationSchedule': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::ResourcePolicy': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
};
