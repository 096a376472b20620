import { always, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

const attachesAcl = because(
  'WAF has the service of the protected resource attach the web ACL in your name',
  'WAF가 호출자 권한으로 보호할 리소스의 서비스에 웹 ACL을 연결하게 합니다',
  'https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html',
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

export const permissions: readonly TypeNeeds[] = [
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
