import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::IAM::OIDCProvider': (draft) => {
    const provider = arn(draft, 'iam', `oidc-provider/${(textOf(draft, 'Url') ?? '').replace(/^https?:\/\//, '')}`, {
      region: false,
    });
    return { physicalId: provider, attributes: { Arn: provider } };
  },
};
