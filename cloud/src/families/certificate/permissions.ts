import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CertificateManager::Certificate', ['certificate', '인증서'], 'acm/certificate', {
    create: [
      'acm:RequestCertificate DescribeCertificate',
      given('DomainValidationOptions.*.HostedZoneId', 'route53:ChangeResourceRecordSets GetChange'),
      tagged('acm:AddTagsToCertificate'),
      given(
        'CertificateAuthorityArn',
        'acm-pca:IssueCertificate GetCertificate',
        because(
          'a private certificate authority issues the certificate',
          '프라이빗 인증 기관이 인증서를 발급합니다',
          'https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-request-private.html',
        ),
      ),
    ],
    read: ['acm:DescribeCertificate ListTagsForCertificate'],
    update: ['acm:UpdateCertificateOptions AddTagsToCertificate RemoveTagsFromCertificate DescribeCertificate'],
    delete: ['acm:DeleteCertificate DescribeCertificate', tagged('acm:RemoveTagsFromCertificate')],
  }),
];
