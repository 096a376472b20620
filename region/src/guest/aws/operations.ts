import type { Kind } from './options.ts';

/** An operation of a service that the region answers, with the parameters that the command takes. */
export interface Operation {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, Kind>>;
  readonly required?: readonly string[];
  /** The answer in the CLI's names, where the service's are others. */
  readonly rename?: (output: unknown) => unknown;
}

const ec2 = (operation: string, parameters: Operation['parameters']): Operation => ({
  service: 'ec2',
  operation,
  parameters,
  rename: ec2Names,
});
const of = (
  service: string,
  operation: string,
  parameters: Operation['parameters'] = {},
  ...required: readonly string[]
): Operation => ({ service, operation, parameters, required });

/** By the words of the command. What stands in no line is refused by its name. */
export const operations: Readonly<Record<string, Operation>> = {
  'autoscaling describe-auto-scaling-instances': of('autoscaling', 'DescribeAutoScalingInstances', {
    InstanceIds: 'texts',
  }),
  'cloudformation describe-stack-resource': of(
    'cloudformation',
    'DescribeStackResource',
    { StackName: 'text', LogicalResourceId: 'text' },
    ...['StackName', 'LogicalResourceId'],
  ),
  'cloudformation describe-stack-resources': of(
    'cloudformation',
    'DescribeStackResources',
    { StackName: 'text' },
    'StackName',
  ),
  'cloudformation signal-resource': of(
    'cloudformation',
    'SignalResource',
    { StackName: 'text', LogicalResourceId: 'text', UniqueId: 'text', Status: 'text' },
    ...['StackName', 'LogicalResourceId', 'UniqueId', 'Status'],
  ),
  'ec2 describe-instances': ec2('DescribeInstances', { InstanceIds: 'texts', Filters: 'filters' }),
  'ec2 describe-tags': ec2('DescribeTags', { Filters: 'filters' }),
  'secretsmanager describe-secret': of('secretsmanager', 'DescribeSecret', { SecretId: 'text' }, 'SecretId'),
  'secretsmanager get-random-password': of('secretsmanager', 'GetRandomPassword', {
    PasswordLength: 'number',
    ExcludeCharacters: 'text',
    ExcludeNumbers: 'flag',
    ExcludePunctuation: 'flag',
    ExcludeUppercase: 'flag',
    ExcludeLowercase: 'flag',
    IncludeSpace: 'flag',
    RequireEachIncludedType: 'flag',
  }),
  'secretsmanager get-secret-value': of(
    'secretsmanager',
    'GetSecretValue',
    { SecretId: 'text', VersionId: 'text', VersionStage: 'text' },
    'SecretId',
  ),
  'secretsmanager list-secret-version-ids': of(
    'secretsmanager',
    'ListSecretVersionIds',
    { SecretId: 'text' },
    'SecretId',
  ),
  'secretsmanager list-secrets': of('secretsmanager', 'ListSecrets'),
  'secretsmanager put-secret-value': of(
    'secretsmanager',
    'PutSecretValue',
    { SecretId: 'text', SecretString: 'text', ClientRequestToken: 'text', VersionStages: 'texts' },
    ...['SecretId', 'SecretString'],
  ),
  'ssm describe-parameters': of('ssm', 'DescribeParameters'),
  'ssm get-parameter': of('ssm', 'GetParameter', { Name: 'text', WithDecryption: 'flag' }, 'Name'),
  'ssm get-parameters': of('ssm', 'GetParameters', { Names: 'texts', WithDecryption: 'flag' }, 'Names'),
  'ssm get-parameters-by-path': of(
    'ssm',
    'GetParametersByPath',
    { Path: 'text', Recursive: 'flag', WithDecryption: 'flag' },
    'Path',
  ),
  'sts get-caller-identity': of('sts', 'GetCallerIdentity'),
};

/** The target of the services' JSON protocol. */
export const targets: Readonly<Record<string, string>> = {
  autoscaling: 'AutoScaling_2011_01_01',
  cloudformation: 'CloudFormation_2010_05_15',
  ec2: 'AmazonEC2',
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
  sts: 'AWSSecurityTokenServiceV20110615',
};

/** EC2's answers name their lists otherwise than the CLI does. */
const ec2Renamed: Readonly<Record<string, string>> = {
  reservationSet: 'Reservations',
  instancesSet: 'Instances',
  tagSet: 'Tags',
  dnsName: 'PublicDnsName',
  ipAddress: 'PublicIpAddress',
  instanceState: 'State',
};

function ec2Names(output: unknown, within = ''): unknown {
  if (Array.isArray(output)) return output.map((each) => ec2Names(each, within));
  if (typeof output !== 'object' || output === null) return output;
  return Object.fromEntries(
    Object.entries(output)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => {
        const groups = within === 'Instances' ? 'SecurityGroups' : 'Groups';
        const renamed =
          name === 'groupSet' ? groups : (ec2Renamed[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}`);
        return [renamed, ec2Names(value, renamed)];
      }),
  );
}
