import type { Identify } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CloudFormation::WaitCondition': (draft) => ({
    physicalId: `${draft.stackId}/${draft.subject.logicalId}`,
    attributes: { Data: '{}' },
  }),
  'AWS::CloudFormation::WaitConditionHandle': (draft) => ({
    physicalId: `https://cloudformation-waitcondition-${draft.subject.region}.s3.${draft.subject.region}.${draft.urlSuffix}/${encodeURIComponent(draft.stackId)}/${draft.subject.logicalId}`,
    attributes: {},
  }),
};
