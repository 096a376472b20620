import { generatedName, suffix } from '../../allocate/identifier.ts';
import { type Identify, iamArn, textOf } from '../contract/identity.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const identity: Readonly<Record<string, Identify>> = {
  'AWS::IAM::User': (draft) => {
    const name = textOf(draft, 'UserName') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: iamArn(draft, 'user', name) } };
  },
  'AWS::IAM::Group': (draft) => {
    const name = textOf(draft, 'GroupName') ?? generatedName(draft.subject, 128);
    return { physicalId: name, attributes: { Arn: iamArn(draft, 'group', name) } };
  },
  'AWS::IAM::UserToGroupAddition': (draft) => ({ physicalId: generatedName(draft.subject), attributes: {} }),
  'AWS::IAM::AccessKey': (draft) => {
    const id = `AKIA${suffix(draft.subject, 'key', 16)}`;
    return { physicalId: id, attributes: { SecretAccessKey: `{{terrace:secret:${draft.key}}}` } };
  },
};
