import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::CertificateManager::Certificate': free,
};
