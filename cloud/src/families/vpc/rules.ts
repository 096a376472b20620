import { flag } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { oneOf } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

/** What AWS refuses of VPCs and subnets, besides their ranges and zones (validate/network). */
export const rules: readonly Rule[] = [
  refused({
    code: 'DNS_OFF',
    types: ['AWS::EC2::VPC'],
    page: 'AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html',
    what: words('DNS host names need DNS support.', 'DNS 호스트 이름을 쓰려면 DNS 확인을 켜야 합니다.'),
    next: words('Write EnableDnsSupport: true.', 'EnableDnsSupport를 true로 쓰세요.'),
    where: ({ properties }) =>
      flag(properties, 'EnableDnsHostnames') && flag(properties, 'EnableDnsSupport') === false
        ? ['EnableDnsHostnames']
        : [],
  }),
  oneOf({
    types: ['AWS::EC2::Subnet'],
    path: 'PrivateDnsNameOptionsOnLaunch.HostnameType',
    values: ['ip-name', 'resource-name'],
    page: 'AWSEC2/latest/APIReference/API_PrivateDnsNameOptionsOnLaunch.html',
  }),
];
