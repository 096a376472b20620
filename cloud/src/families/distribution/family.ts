import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const distribution: Family = {
  identity,
  fidelity,
  charges,
  permissions,
  unstated: {
    'AWS::CloudFront::OriginAccessControl': { fidelity: 'nothing reads it' },
    'AWS::CloudFront::CachePolicy': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::CloudFront::OriginRequestPolicy': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::CloudFront::ResponseHeadersPolicy': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::CloudFront::VpcOrigin': { permissions: 'not known' },
    'AWS::CloudFront::CloudFrontOriginAccessIdentity': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
