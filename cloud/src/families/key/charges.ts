import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { alike, type Charges, free, monthly, used } from '../contract/charge.ts';

export const charges: Charges = {
  /** Deleting a key takes 7 days at least, but it is not billed meanwhile: https://aws.amazon.com/kms/pricing/ */
  'AWS::KMS::Key': (resource, reading) => [
    monthly(resource, 'keys', 'customer managed key', 'KMS', words('customer managed key', '고객 관리형 키')),
    used(
      resource,
      'keys',
      'symmetric requests',
      'KMS',
      reading.usage.keyRequests / alike(resource, reading),
      allowances.keyRequests,
    ),
  ],
  'AWS::KMS::Alias': free,
};
