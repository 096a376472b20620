import { type Words, words } from '../../words.ts';

/** What a bill is grouped by: the words of AWS's own bill where it has them. */
export type Heading = keyof typeof headings;

export const headings = {
  instances: words('EC2 instances', 'EC2 인스턴스'),
  volumes: words('EBS volumes', 'EBS 볼륨'),
  nat: words('NAT gateways', 'NAT 게이트웨이'),
  balancers: words('Load balancers', '로드 밸런서'),
  addresses: words('Public IPv4 addresses', '퍼블릭 IPv4 주소'),
  database: words('RDS', 'RDS'),
  transfer: words('Data transfer', '데이터 전송'),
  endpoints: words('Endpoints, VPN and transit', '엔드포인트·VPN·트랜짓'),
  keys: words('KMS', 'KMS'),
  secrets: words('Secrets Manager', 'Secrets Manager'),
  names: words('Route 53', 'Route 53'),
  monitoring: words('CloudWatch', 'CloudWatch'),
  notifications: words('SNS', 'SNS'),
  budgets: words('AWS Budgets', 'AWS Budgets'),
  storage: words('S3', 'S3'),
  functions: words('Lambda', 'Lambda'),
  gateway: words('API Gateway', 'API Gateway'),
  containers: words('Fargate', 'Fargate'),
  tables: words('DynamoDB', 'DynamoDB'),
  edge: words('CloudFront', 'CloudFront'),
  accelerator: words('Global Accelerator', 'Global Accelerator'),
  queues: words('SQS', 'SQS'),
  files: words('EFS', 'EFS'),
  cache: words('ElastiCache', 'ElastiCache'),
  firewall: words('WAF', 'WAF'),
  other: words('Other', '기타'),
} as const satisfies Readonly<Record<string, Words>>;
