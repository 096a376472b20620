import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

const privateZone = because(
  'a private zone is tied to a VPC, which Route 53 looks up',
  '프라이빗 호스팅 영역을 연결할 VPC를 Route 53이 확인합니다',
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-creating.html',
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Route53::HostedZone', ['hosted zone', '호스팅 영역'], 'route53/hostedzone', {
    create: [
      'route53:CreateHostedZone GetChange',
      given('VPCs', 'route53:AssociateVPCWithHostedZone ec2:DescribeVpcs', privateZone),
      given('QueryLoggingConfig', 'route53:CreateQueryLoggingConfig'),
      tagged('route53:ChangeTagsForResource'),
      'route53:GetHostedZone',
      given('HostedZoneFeatures', 'route53:UpdateHostedZoneFeatures'),
    ],
    read: [
      'route53:GetHostedZone',
      tagged('route53:ListTagsForResource'),
      given('QueryLoggingConfig', 'route53:ListQueryLoggingConfigs'),
    ],
    update: [
      'route53:GetChange UpdateHostedZoneComment ChangeTagsForResource ListTagsForResource',
      given('VPCs', 'route53:AssociateVPCWithHostedZone DisassociateVPCFromHostedZone ec2:DescribeVpcs', privateZone),
      given('QueryLoggingConfig', 'route53:CreateQueryLoggingConfig DeleteQueryLoggingConfig'),
      'route53:GetHostedZone',
      given('HostedZoneFeatures', 'route53:UpdateHostedZoneFeatures'),
      given('QueryLoggingConfig', 'route53:ListQueryLoggingConfigs'),
    ],
    delete: [
      'route53:DeleteHostedZone GetChange',
      given('QueryLoggingConfig', 'route53:DeleteQueryLoggingConfig ListQueryLoggingConfigs'),
      'route53:GetHostedZone',
      given('HostedZoneFeatures', 'route53:UpdateHostedZoneFeatures'),
    ],
  }),
  records('AWS::Route53::RecordSet', ['record', '레코드']),
  records('AWS::Route53::RecordSetGroup', ['group of records', '레코드 그룹']),
];

function records(type: string, noun: readonly [string, string]): TypeNeeds {
  const zoneByName = given('HostedZoneName', 'route53:ListHostedZonesByName');
  return needsOf(type, noun, null, {
    create: ['route53:ChangeResourceRecordSets GetChange', zoneByName],
    read: ['route53:ListResourceRecordSets'],
    update: ['route53:ChangeResourceRecordSets GetChange', zoneByName],
    delete: ['route53:ChangeResourceRecordSets GetChange', zoneByName],
  });
}
