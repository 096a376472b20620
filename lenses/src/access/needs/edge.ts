import { always, given, needsOf, type TypeNeeds, tagged } from '@terrace/cloud/families/contract/need';
import { because } from '@terrace/cloud/families/contract/reasons';

const attachesAcl = because(
  'WAF has the service of the protected resource attach the web ACL in your name',
  'WAF가 호출자 권한으로 보호할 리소스의 서비스에 웹 ACL을 연결하게 합니다',
  'https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html',
);

/** https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html */
const acceleratorFlowLogs = [
  given('FlowLogsEnabled', 'globalaccelerator:DescribeAcceleratorAttributes UpdateAcceleratorAttributes'),
  given(
    'FlowLogsEnabled',
    'logs:CreateLogDelivery DeleteLogDelivery s3:GetBucketPolicy PutBucketPolicy',
    because(
      'flow logs of the accelerator are delivered to a bucket of yours',
      '액셀러레이터의 플로 로그를 지정한 버킷으로 전달합니다',
      'https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html',
    ),
  ),
];

const edgeCertificate = because(
  'CloudFront takes the certificate from ACM in us-east-1',
  'CloudFront가 us-east-1의 ACM 인증서를 씁니다',
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
);

/**
 * Actions of the service whose resource a web ACL protects: WAF has the service attach it in your name.
 *
 * https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
 */
const protectedBy: Readonly<Record<string, Readonly<Record<'attach' | 'detach' | 'look', string>>>> = {
  elasticloadbalancing: {
    attach: 'SetWebAcl CreateWebACLAssociation',
    detach: 'SetWebAcl DeleteWebACLAssociation',
    look: 'GetLoadBalancerWebACL',
  },
  apigateway: { attach: 'SetWebACL', detach: 'SetWebACL', look: '' },
  appsync: {
    attach: 'SetWebACL AssociateWebACL',
    detach: 'SetWebACL DisassociateWebACL',
    look: 'GetWebACLForResource',
  },
  'cognito-idp': { attach: 'AssociateWebACL', detach: 'DisassociateWebACL', look: 'GetWebACLForResource' },
  apprunner: { attach: 'AssociateWebAcl', detach: 'DisassociateWebAcl', look: 'DescribeWebAclForService' },
  ec2: {
    attach: 'AssociateVerifiedAccessInstanceWebAcl',
    detach: 'DisassociateVerifiedAccessInstanceWebAcl',
    look: 'DescribeVerifiedAccessInstanceWebAclAssociations GetVerifiedAccessInstanceWebAcl',
  },
  amplify: { attach: 'AssociateWebACL', detach: 'DisassociateWebACL', look: 'GetWebACLForResource' },
  'bedrock-agentcore': {
    attach: 'GatewayAssociateWebACL',
    detach: 'GatewayDisassociateWebACL',
    look: 'GatewayGetWebACLForResource',
  },
};

function ofProtected(...parts: readonly ('attach' | 'detach' | 'look')[]) {
  return Object.entries(protectedBy).flatMap(([service, actions]) => {
    const named = parts
      .map((part) => actions[part])
      .join(' ')
      .trim();
    if (named === '') return [];
    return {
      ...always(`${service}:${named}`, attachesAcl),
      when: (properties: { readonly ResourceArn?: unknown }) =>
        String(properties.ResourceArn ?? '').split(':')[2] === service,
    };
  });
}

export const edgeNeeds: readonly TypeNeeds[] = [
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
  needsOf('AWS::GlobalAccelerator::Accelerator', ['accelerator', '액셀러레이터'], 'globalaccelerator/accelerator', {
    create: [
      'globalaccelerator:CreateAccelerator DescribeAccelerator',
      tagged('globalaccelerator:TagResource'),
      tagged('globalaccelerator:ListTagsForResource'),
      ...acceleratorFlowLogs,
    ],
    read: ['globalaccelerator:DescribeAccelerator'],
    update: [
      'globalaccelerator:UpdateAccelerator TagResource UntagResource',
      'globalaccelerator:DescribeAccelerator ListTagsForResource',
      ...acceleratorFlowLogs,
    ],
    delete: [
      'globalaccelerator:UpdateAccelerator DeleteAccelerator',
      'globalaccelerator:DescribeAccelerator',
      ...acceleratorFlowLogs.slice(1),
    ],
  }),
  needsOf(
    'AWS::GlobalAccelerator::Listener',
    ["accelerator's listener", '액셀러레이터 리스너'],
    'globalaccelerator/listener',
    {
      create: ['globalaccelerator:CreateListener DescribeListener DescribeAccelerator'],
      read: ['globalaccelerator:DescribeListener'],
      update: ['globalaccelerator:UpdateListener DescribeListener DescribeAccelerator'],
      delete: ['globalaccelerator:DeleteListener DescribeListener', 'globalaccelerator:DescribeAccelerator'],
    },
  ),
  needsOf(
    'AWS::GlobalAccelerator::EndpointGroup',
    ['endpoint group', '엔드포인트 그룹'],
    'globalaccelerator/endpointgroup',
    {
      create: [
        'globalaccelerator:CreateEndpointGroup DescribeEndpointGroup DescribeListener ListAccelerators ListListeners',
        'globalaccelerator:DescribeAccelerator',
      ],
      read: ['globalaccelerator:DescribeEndpointGroup'],
      update: [
        'globalaccelerator:UpdateEndpointGroup DescribeEndpointGroup DescribeListener',
        'globalaccelerator:DescribeAccelerator',
      ],
      delete: ['globalaccelerator:DeleteEndpointGroup DescribeEndpointGroup DescribeAccelerator'],
    },
  ),
  needsOf('AWS::WAFv2::WebACL', ['web ACL', '웹 ACL'], 'wafv2/webacl', {
    create: [
      'wafv2:CreateWebACL GetWebACL',
      tagged('wafv2:TagResource'),
      tagged('wafv2:ListTagsForResource UntagResource'),
    ],
    read: ['wafv2:GetWebACL ListTagsForResource'],
    update: ['wafv2:UpdateWebACL GetWebACL TagResource UntagResource ListTagsForResource'],
    delete: ['wafv2:DeleteWebACL GetWebACL'],
  }),
  needsOf('AWS::WAFv2::WebACLAssociation', ["web ACL's association", '웹 ACL 연결'], null, {
    create: [
      'wafv2:AssociateWebACL DisassociateWebACL GetWebACLForResource GetWebACL',
      ...ofProtected('attach', 'detach', 'look'),
    ],
    read: ['wafv2:GetWebACLForResource GetWebACL', ...ofProtected('look')],
    update: [
      'wafv2:AssociateWebACL DisassociateWebACL GetWebACLForResource GetWebACL',
      ...ofProtected('attach', 'detach', 'look'),
    ],
    delete: ['wafv2:DisassociateWebACL GetWebACLForResource GetWebACL', ...ofProtected('attach', 'detach', 'look')],
  }),
];
