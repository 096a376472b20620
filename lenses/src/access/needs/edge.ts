import { given, needsOf, type TypeNeeds, tagged } from '@terrace/cloud/families/contract/need';
import { because } from '@terrace/cloud/families/contract/reasons';

const toBalancer = because(
  'the web ACL is put in front of a load balancer',
  '웹 ACL을 로드 밸런서 앞에 둡니다',
  'https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html',
);
const edgeCertificate = because(
  'CloudFront takes the certificate from ACM in us-east-1',
  'CloudFront가 us-east-1의 ACM 인증서를 씁니다',
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
);

/** Which service the ARN of the thing protected belongs to. */
const protects = (service: string) => (properties: { readonly ResourceArn?: unknown }) =>
  String(properties.ResourceArn ?? '').split(':')[2] === service;

export const edgeNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::CertificateManager::Certificate', ['certificate', '인증서'], 'acm/certificate', {
    create: [
      'acm:RequestCertificate DescribeCertificate',
      given('DomainValidationOptions.*.HostedZoneId', 'route53:ChangeResourceRecordSets GetChange'),
      tagged('acm:AddTagsToCertificate'),
    ],
    read: ['acm:DescribeCertificate ListTagsForCertificate'],
    update: ['acm:UpdateCertificateOptions AddTagsToCertificate RemoveTagsFromCertificate DescribeCertificate'],
    delete: ['acm:DeleteCertificate DescribeCertificate'],
  }),
  needsOf('AWS::CloudFront::Distribution', ['distribution', '배포'], 'cloudfront/distribution', {
    create: [
      'cloudfront:CreateDistribution GetDistribution GetDistributionConfig',
      given('DistributionConfig.ViewerCertificate.AcmCertificateArn', 'acm:DescribeCertificate', edgeCertificate),
      tagged('cloudfront:TagResource'),
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
      update: ['cloudfront:UpdateOriginAccessControl'],
      delete: ['cloudfront:DeleteOriginAccessControl'],
    },
  ),
  needsOf('AWS::GlobalAccelerator::Accelerator', ['accelerator', '액셀러레이터'], 'globalaccelerator/accelerator', {
    create: ['globalaccelerator:CreateAccelerator DescribeAccelerator', tagged('globalaccelerator:TagResource')],
    read: ['globalaccelerator:DescribeAccelerator'],
    update: ['globalaccelerator:UpdateAccelerator TagResource UntagResource'],
    delete: ['globalaccelerator:UpdateAccelerator DeleteAccelerator'],
  }),
  needsOf(
    'AWS::GlobalAccelerator::Listener',
    ["accelerator's listener", '액셀러레이터 리스너'],
    'globalaccelerator/listener',
    {
      create: ['globalaccelerator:CreateListener DescribeListener DescribeAccelerator'],
      read: ['globalaccelerator:DescribeListener'],
      update: ['globalaccelerator:UpdateListener DescribeListener DescribeAccelerator'],
      delete: ['globalaccelerator:DeleteListener DescribeListener'],
    },
  ),
  needsOf(
    'AWS::GlobalAccelerator::EndpointGroup',
    ['endpoint group', '엔드포인트 그룹'],
    'globalaccelerator/endpointgroup',
    {
      create: [
        'globalaccelerator:CreateEndpointGroup DescribeEndpointGroup DescribeListener ListAccelerators ListListeners',
      ],
      read: ['globalaccelerator:DescribeEndpointGroup'],
      update: ['globalaccelerator:UpdateEndpointGroup DescribeEndpointGroup DescribeListener'],
      delete: ['globalaccelerator:DeleteEndpointGroup DescribeEndpointGroup DescribeAccelerator'],
    },
  ),
  needsOf('AWS::WAFv2::WebACL', ['web ACL', '웹 ACL'], 'wafv2/webacl', {
    create: ['wafv2:CreateWebACL GetWebACL', tagged('wafv2:TagResource')],
    read: ['wafv2:GetWebACL ListTagsForResource'],
    update: ['wafv2:UpdateWebACL GetWebACL TagResource UntagResource ListTagsForResource'],
    delete: ['wafv2:DeleteWebACL GetWebACL'],
  }),
  needsOf('AWS::WAFv2::WebACLAssociation', ["web ACL's association", '웹 ACL 연결'], null, {
    create: [
      'wafv2:AssociateWebACL',
      { ...given('', 'elasticloadbalancing:SetWebAcl', toBalancer), when: protects('elasticloadbalancing') },
      { ...given('', 'apigateway:SetWebACL'), when: protects('apigateway') },
      { ...given('', 'appsync:SetWebACL'), when: protects('appsync') },
      { ...given('', 'cognito-idp:AssociateWebACL'), when: protects('cognito-idp') },
      { ...given('', 'apprunner:AssociateWebAcl'), when: protects('apprunner') },
    ],
    read: [
      'wafv2:GetWebACLForResource GetWebACL',
      { ...given('', 'cognito-idp:GetWebACLForResource'), when: protects('cognito-idp') },
      { ...given('', 'apprunner:DescribeWebAclForService'), when: protects('apprunner') },
    ],
    delete: [
      'wafv2:DisassociateWebACL GetWebACLForResource GetWebACL',
      { ...given('', 'elasticloadbalancing:SetWebAcl', toBalancer), when: protects('elasticloadbalancing') },
      { ...given('', 'apigateway:SetWebACL'), when: protects('apigateway') },
      { ...given('', 'appsync:SetWebACL'), when: protects('appsync') },
      { ...given('', 'cognito-idp:DisassociateWebACL GetWebACLForResource'), when: protects('cognito-idp') },
      { ...given('', 'apprunner:DisassociateWebAcl DescribeWebAclForService'), when: protects('apprunner') },
    ],
  }),
];
