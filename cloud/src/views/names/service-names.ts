/**
 * The names at which AWS's services are called in a Region, by endpoint prefix. A name that is not here does not exist;
 * one that is here resolves, whether or not the region carries the service out: the endpoint says which it does.
 *
 * https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export function serviceNames(region: string): { readonly service: string; readonly name: string }[] {
  return [
    ...regional.map((service) => ({ service, name: `${service}.${region}.amazonaws.com` })),
    ...global.map((service) => ({ service, name: `${service}.amazonaws.com` })),
    ...[
      `s3.${region}.amazonaws.com`,
      `*.s3.${region}.amazonaws.com`,
      `s3.dualstack.${region}.amazonaws.com`,
      `*.s3.dualstack.${region}.amazonaws.com`,
      's3.amazonaws.com',
      '*.s3.amazonaws.com',
    ].map((name) => ({ service: 's3', name })),
    { service: 'ec2', name: `ec2.${region}.api.aws` },
    ...packageMirrors.map((name) => ({ service: packageMirror, name: name.replace('REGION', region) })),
  ];
}

/** Called by no AWS service's name: mirrors of distributions, in the region's internet. They listen, so that there is or is no way to them. */
export const packageMirror = 'package-mirror';

const packageMirrors = [
  'REGION.ec2.archive.ubuntu.com',
  'REGION.ec2.ports.ubuntu.com',
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'cdn-aws.deb.debian.org',
  'deb.debian.org',
  'security.debian.org',
];

const regional = [
  'access-analyzer',
  'acm',
  'apigateway',
  'application-autoscaling',
  'athena',
  'autoscaling',
  'autoscaling-plans',
  'backup',
  'batch',
  'cloudformation',
  'cloudtrail',
  'codebuild',
  'codedeploy',
  'cognito-idp',
  'config',
  'dynamodb',
  'ebs',
  'ec2',
  'ec2messages',
  'ecs',
  'eks',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'email',
  'events',
  'firehose',
  'glue',
  'guardduty',
  'inspector2',
  'kinesis',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  'rds',
  'redshift',
  'resource-groups',
  'scheduler',
  'secretsmanager',
  'securityhub',
  'servicediscovery',
  'servicequotas',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'tagging',
  'xray',
  'api.ecr',
];

const global = ['budgets', 'ce', 'cloudfront', 'health', 'iam', 'organizations', 'route53', 'shield', 'sts', 'waf'];
