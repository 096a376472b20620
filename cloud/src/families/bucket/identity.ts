import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::S3::Bucket': (draft) => {
    const name = textOf(draft, 'BucketName') ?? generatedName(draft.subject).toLowerCase();
    const { region } = draft.subject;
    return {
      physicalId: name,
      attributes: {
        Arn: arn(draft, 's3', name, { region: false, account: false }),
        DomainName: `${name}.s3.${draft.urlSuffix}`,
        DualStackDomainName: `${name}.s3.dualstack.${region}.${draft.urlSuffix}`,
        RegionalDomainName: `${name}.s3.${region}.${draft.urlSuffix}`,
        WebsiteURL: `http://${name}.s3-website.${region}.${draft.urlSuffix}`,
      },
    };
  },
  'AWS::S3::BucketPolicy': (draft) => ({ physicalId: textOf(draft, 'Bucket') ?? '', attributes: {} }),
};
