import { modelled, readOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::CertificateManager::Certificate': modelled(readOnly),
};
