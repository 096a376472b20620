import { generatedName, suffix } from '../../allocate/identifier.ts';
import { type Draft, type Identify, iamArn, textOf } from '../contract/identity.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const identity: Readonly<Record<string, Identify>> = {
  'AWS::IAM::Policy': (draft) => {
    const id = `${draft.subject.stack.slice(0, 4)}-${draft.subject.logicalId.slice(0, 4)}-${suffix(draft.subject, 'name', 12)}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::IAM::ManagedPolicy': (draft) => {
    const name = textOf(draft, 'ManagedPolicyName') ?? generatedName(draft.subject, 128);
    const policy = iamArn(draft, 'policy', name);
    return {
      physicalId: policy,
      attributes: { PolicyArn: policy, PolicyId: `ANPA${suffix(draft.subject, 'policy', 17)}`, IsAttachable: true },
    };
  },
  'AWS::IAM::RolePolicy': inline,
  'AWS::IAM::GroupPolicy': inline,
  'AWS::IAM::UserPolicy': inline,
};

function inline(draft: Draft) {
  return { physicalId: textOf(draft, 'PolicyName') ?? generatedName(draft.subject, 128), attributes: {} };
}
