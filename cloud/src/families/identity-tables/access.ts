import { generatedName, suffix } from '../../allocate/identifier.ts';
import { arn, type Draft, type Identify, textOf } from '../contract/identity.ts';

/** IAM. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const access: Readonly<Record<string, Identify>> = {
  'AWS::IAM::Role': (draft) => {
    const name = textOf(draft, 'RoleName') ?? generatedName(draft.subject, 64);
    return {
      physicalId: name,
      attributes: {
        Arn: global(draft, `role${path(draft)}${name}`),
        RoleId: `AROA${suffix(draft.subject, 'role', 17)}`,
      },
    };
  },
  'AWS::IAM::InstanceProfile': (draft) => {
    const name = textOf(draft, 'InstanceProfileName') ?? generatedName(draft.subject, 128);
    return { physicalId: name, attributes: { Arn: global(draft, `instance-profile${path(draft)}${name}`) } };
  },
  'AWS::IAM::Group': (draft) => {
    const name = textOf(draft, 'GroupName') ?? generatedName(draft.subject, 128);
    return { physicalId: name, attributes: { Arn: global(draft, `group${path(draft)}${name}`) } };
  },
  'AWS::IAM::User': (draft) => {
    const name = textOf(draft, 'UserName') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: global(draft, `user${path(draft)}${name}`) } };
  },
  'AWS::IAM::ManagedPolicy': (draft) => {
    const name = textOf(draft, 'ManagedPolicyName') ?? generatedName(draft.subject, 128);
    const policy = global(draft, `policy${path(draft)}${name}`);
    return {
      physicalId: policy,
      attributes: { PolicyArn: policy, PolicyId: `ANPA${suffix(draft.subject, 'policy', 17)}`, IsAttachable: true },
    };
  },
  'AWS::IAM::Policy': (draft) => {
    const id = `${draft.subject.stack.slice(0, 4)}-${draft.subject.logicalId.slice(0, 4)}-${suffix(draft.subject, 'name', 12)}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::IAM::RolePolicy': inline,
  'AWS::IAM::GroupPolicy': inline,
  'AWS::IAM::UserPolicy': inline,
  'AWS::IAM::AccessKey': (draft) => {
    const id = `AKIA${suffix(draft.subject, 'key', 16)}`;
    return { physicalId: id, attributes: { SecretAccessKey: `{{terrace:secret:${draft.key}}}` } };
  },
  'AWS::IAM::UserToGroupAddition': (draft) => ({ physicalId: generatedName(draft.subject), attributes: {} }),
  'AWS::IAM::ServiceLinkedRole': (draft) => ({
    physicalId: `AWSServiceRoleFor${suffix(draft.subject, 'name', 12)}`,
    attributes: { RoleName: `AWSServiceRoleFor${suffix(draft.subject, 'name', 12)}` },
  }),
  'AWS::IAM::OIDCProvider': (draft) => {
    const provider = global(draft, `oidc-provider/${(textOf(draft, 'Url') ?? '').replace(/^https?:\/\//, '')}`);
    return { physicalId: provider, attributes: { Arn: provider } };
  },
};

function inline(draft: Draft) {
  return { physicalId: textOf(draft, 'PolicyName') ?? generatedName(draft.subject, 128), attributes: {} };
}

function global(draft: Draft, resource: string): string {
  return arn(draft, 'iam', resource, { region: false });
}

function path(draft: Draft): string {
  return textOf(draft, 'Path') ?? '/';
}
