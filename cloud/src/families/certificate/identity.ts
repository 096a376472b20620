import { uuid } from '../../allocate/identifier.ts';
import { arn, type Identify } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CertificateManager::Certificate': (draft) => {
    const certificate = arn(draft, 'acm', `certificate/${uuid(draft.subject, 'certificate')}`);
    return { physicalId: certificate, attributes: { Id: certificate, CertificateArn: certificate } };
  },
};
