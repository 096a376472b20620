import { letters, suffix, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

/** Names, certificates and what stands before a region. */
export const edge: Readonly<Record<string, Identify>> = {
  'AWS::CertificateManager::Certificate': (draft) => {
    const certificate = arn(draft, 'acm', `certificate/${uuid(draft.subject, 'certificate')}`);
    return { physicalId: certificate, attributes: { Id: certificate, CertificateArn: certificate } };
  },
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
  'AWS::GlobalAccelerator::Accelerator': (draft) => {
    const accelerator = arn(draft, 'globalaccelerator', `accelerator/${uuid(draft.subject, 'accelerator')}`, {
      region: false,
    });
    return {
      physicalId: accelerator,
      attributes: {
        AcceleratorArn: accelerator,
        DnsName: `a${letters(draft.subject, 'name', 16)}.awsglobalaccelerator.com`,
        Ipv4Addresses: [draft.publicAddress(`${draft.key}@0`), draft.publicAddress(`${draft.key}@1`)],
      },
    };
  },
  'AWS::GlobalAccelerator::Listener': (draft) => {
    const listener = `${textOf(draft, 'AcceleratorArn') ?? ''}/listener/${letters(draft.subject, 'listener', 8)}`;
    return { physicalId: listener, attributes: { ListenerArn: listener } };
  },
  'AWS::GlobalAccelerator::EndpointGroup': (draft) => {
    const group = `${textOf(draft, 'ListenerArn') ?? ''}/endpoint-group/${letters(draft.subject, 'group', 12)}`;
    return { physicalId: group, attributes: { EndpointGroupArn: group } };
  },
  'AWS::WAFv2::WebACL': (draft) => {
    const id = uuid(draft.subject, 'acl');
    const name = textOf(draft, 'Name') ?? draft.subject.logicalId;
    const scope = textOf(draft, 'Scope') ?? 'REGIONAL';
    return {
      physicalId: `${name}|${id}|${scope}`,
      attributes: {
        Id: id,
        Arn: arn(draft, 'wafv2', `${scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${name}/${id}`),
        Capacity: 0,
      },
    };
  },
};

function identifier(id: string) {
  return { physicalId: id, attributes: { Id: id } };
}
