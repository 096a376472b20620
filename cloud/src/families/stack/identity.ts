import { generatedName, uuid } from '../../allocate/identifier.ts';
import { text } from '../../property.ts';
import type { Identify } from '../contract/identity.ts';
import { isCertificateRequest } from './certificate-request.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CloudFormation::CustomResource': (draft) => {
    if (!isCertificateRequest(draft.properties)) return { physicalId: generatedName(draft.subject), attributes: {} };
    const region = text(draft.properties, 'Region') ?? draft.subject.region;
    const name = `certificate/${uuid({ ...draft.subject, region }, 'certificate')}`;
    const arn = `arn:${draft.partition}:acm:${region}:${draft.subject.account}:${name}`;
    return { physicalId: arn, attributes: { Arn: arn } };
  },
  'AWS::CloudFormation::WaitCondition': (draft) => ({
    physicalId: `${draft.stackId}/${draft.subject.logicalId}`,
    attributes: { Data: '{}' },
  }),
  'AWS::CloudFormation::WaitConditionHandle': (draft) => ({
    physicalId: `https://cloudformation-waitcondition-${draft.subject.region}.s3.${draft.subject.region}.${draft.urlSuffix}/${encodeURIComponent(draft.stackId)}/${draft.subject.logicalId}`,
    attributes: {},
  }),
};
