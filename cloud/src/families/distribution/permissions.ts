import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

const edgeCertificate = because(
  'CloudFront takes the certificate from ACM in us-east-1',
  'CloudFront가 us-east-1의 ACM 인증서를 씁니다',
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CloudFront::Distribution', ['distribution', '배포'], 'cloudfront/distribution', {
    create: [
      'cloudfront:CreateDistribution GetDistribution GetDistributionConfig',
      given('DistributionConfig.ViewerCertificate.AcmCertificateArn', 'acm:DescribeCertificate', edgeCertificate),
      tagged('cloudfront:TagResource'),
      given('DistributionConfig.TenantConfig', 'cloudfront:CreateConnectionGroup GetConnectionGroup'),
      given('DistributionConfig.Origins.*.VpcOriginConfig', 'cloudfront:GetVpcOrigin'),
    ],
    read: ['cloudfront:GetDistribution GetDistributionConfig', tagged('cloudfront:ListTagsForResource')],
    update: [
      'cloudfront:UpdateDistribution GetDistribution GetDistributionConfig TagResource UntagResource ListTagsForResource',
      given('DistributionConfig.Staging', 'cloudfront:UpdateDistributionWithStagingConfig'),
      given('DistributionConfig.TenantConfig', 'cloudfront:CreateConnectionGroup GetConnectionGroup'),
      given('DistributionConfig.Origins.*.VpcOriginConfig', 'cloudfront:GetVpcOrigin'),
    ],
    delete: ['cloudfront:DeleteDistribution GetDistribution GetDistributionConfig UpdateDistribution'],
  }),
  needsOf(
    'AWS::CloudFront::OriginAccessControl',
    ['origin access control', '원본 액세스 제어'],
    'cloudfront/origin-access-control',
    {
      create: ['cloudfront:CreateOriginAccessControl'],
      read: ['cloudfront:GetOriginAccessControl'],
      update: ['cloudfront:UpdateOriginAccessControl', 'cloudfront:GetOriginAccessControl'],
      delete: ['cloudfront:DeleteOriginAccessControl', 'cloudfront:GetOriginAccessControl'],
    },
  ),
];
