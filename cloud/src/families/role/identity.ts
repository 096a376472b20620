import { generatedName, suffix } from '../../allocate/identifier.ts';
import { type Identify, iamArn, textOf } from '../contract/identity.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const identity: Readonly<Record<string, Identify>> = {
  'AWS::IAM::Role': (draft) => {
    const name = textOf(draft, 'RoleName') ?? generatedName(draft.subject, 64);
    return {
      physicalId: name,
      attributes: {
        Arn: iamArn(draft, 'role', name),
        RoleId: `AROA${suffix(draft.subject, 'role', 17)}`,
      },
    };
  },
  'AWS::IAM::InstanceProfile': (draft) => {
    const name = textOf(draft, 'InstanceProfileName') ?? generatedName(draft.subject, 128);
    return { physicalId: name, attributes: { Arn: iamArn(draft, 'instance-profile', name) } };
  },
  'AWS::IAM::ServiceLinkedRole': (draft) => ({
    physicalId: `AWSServiceRoleFor${suffix(draft.subject, 'name', 12)}`,
    attributes: { RoleName: `AWSServiceRoleFor${suffix(draft.subject, 'name', 12)}` },
  }),
};
