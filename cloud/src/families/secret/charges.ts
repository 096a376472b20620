import { words } from '../../words.ts';
import { alike, type Charges, free, monthly, used } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::SecretsManager::Secret': (resource, reading) => [
    monthly(resource, 'secrets', 'secret', 'Secrets Manager', words('secret', '보안 암호')),
    used(resource, 'secrets', 'API calls', 'Secrets Manager', reading.usage.secretCalls / alike(resource, reading)),
  ],
  'AWS::SecretsManager::SecretTargetAttachment': free,
  'AWS::SecretsManager::RotationSchedule': free,
  'AWS::SecretsManager::ResourcePolicy': free,
};
