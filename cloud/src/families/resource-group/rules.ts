import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { form } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

/** Types whose tags are a list of keys and values. */
const types = [
  ...['Instance', 'InternetGateway', 'NatGateway', 'NetworkAcl', 'NetworkInterface', 'RouteTable', 'SecurityGroup'],
  ...['Subnet', 'VPC', 'VPCPeeringConnection', 'Volume', 'EIP', 'TransitGateway'],
]
  .map((each) => `AWS::EC2::${each}`)
  .concat([
    ...['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
    ...['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBSubnetGroup', 'AWS::S3::Bucket', 'AWS::SNS::Topic'],
    ...[
      'AWS::SQS::Queue',
      'AWS::SecretsManager::Secret',
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::Lambda::Function',
    ],
    ...['AWS::DynamoDB::Table', 'AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition'],
    ...['AWS::AutoScaling::AutoScalingGroup', 'AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::CloudWatch::Alarm'],
  ]);
const page = 'tag-editor/latest/userguide/best-practices-and-strats.html';

/** What AWS refuses of tags. */
export const rules: readonly Rule[] = [
  form({
    types,
    path: 'Tags.*.Key',
    code: 'NAME_RESERVED',
    pattern: /^(?!aws:)/i,
    said: words('AWS keeps keys that begin with aws:', 'aws:로 시작하는 키는 AWS가 씁니다.'),
    page,
    aws: () => 'Tag keys starting with "aws:" are reserved for internal use',
  }),
  refusedItem({
    code: 'LISTED_TWICE',
    types,
    list: 'Tags',
    page,
    what: words('A resource has each key of a tag once.', '태그의 키는 리소스에 한 번씩만 씁니다.'),
    where: (item, _, index, all) => (all.findIndex((each) => each.Key === item.Key) < index ? ['Key'] : []),
    aws: 'Duplicate tag key',
  }),
];
