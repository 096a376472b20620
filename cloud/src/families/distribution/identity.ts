import { letters, suffix, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CloudFront::Distribution': (draft) => {
    const id = `E${suffix(draft.subject, 'distribution', 13)}`;
    return {
      physicalId: id,
      attributes: {
        Id: id,
        DomainName: `d${letters(draft.subject, 'domain', 13)}.cloudfront.net`,
        Arn: arn(draft, 'cloudfront', `distribution/${id}`, { region: false }),
      },
    };
  },
  'AWS::CloudFront::OriginAccessControl': (draft) => identifier(`E${suffix(draft.subject, 'control', 13)}`),
  'AWS::CloudFront::CachePolicy': (draft) => identifier(uuid(draft.subject, 'policy')),
  'AWS::CloudFront::OriginRequestPolicy': (draft) => identifier(uuid(draft.subject, 'policy')),
  'AWS::CloudFront::ResponseHeadersPolicy': (draft) => identifier(uuid(draft.subject, 'policy')),
  'AWS::CloudFront::VpcOrigin': (draft) => {
    const id = `vo_${suffix(draft.subject, 'origin', 22)}`;
    return {
      physicalId: id,
      attributes: { Id: id, Arn: arn(draft, 'cloudfront', `vpcorigin/${id}`, { region: false }) },
    };
  },
};

function identifier(id: string) {
  return { physicalId: id, attributes: { Id: id } };
}
