import { describe, expect, test } from 'vitest';
import { demandsOf } from '../deployment/demands.ts';
import { fixesFor } from '../deployment/fixes.ts';
import { type PreflightOptions, preflightOf } from '../deployment/preflight.ts';
import { subjectWith } from '../evaluation/subject.ts';
import { inventoryOf } from '../template.fixture.ts';

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const deny = (action: string, condition: object, resource: string | string[] = '*') => [
  everything,
  { Effect: 'Deny', Action: action, Resource: resource, Condition: condition },
];
/** Everything but one action, and that one under a condition. */
const only = (action: string, condition: object) => [
  { Effect: 'Allow', NotAction: action, Resource: '*' },
  { Effect: 'Allow', Action: action, Resource: '*', Condition: condition },
];

async function judged(resources: object, statements: object[], options: PreflightOptions = { via: 'cloudformation' }) {
  const inventory = await inventoryOf({ Resources: resources });
  const subject = subjectWith(inventory, {
    documents: [{ name: 'given', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
  });
  if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
  const demands = demandsOf(inventory, options);
  const result = preflightOf(demands, subject.value, options);
  const fixes = fixesFor(result.missing, { ...options, demands, personas: [], subject: subject.value });
  return { ...result, fixes };
}

/** `allowed`, or what is missing with its verdict. */
async function verdicts(resources: object, statements: object[]): Promise<string> {
  const { missing } = await judged(resources, statements);
  return missing.map(({ demand, decision }) => `${demand.action} ${decision.verdict}`).join(', ') || 'allowed';
}

const network = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'ap-northeast-2a' },
  },
};
const server = (more: object = {}) => ({
  ...network,
  Server: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      InstanceType: 't3.micro',
      ImageId: 'ami-0123456789abcdef0',
      SubnetId: { Ref: 'Subnet' },
      ...more,
    },
  },
});
const launched = (data: object) => ({
  ...network,
  Template: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', ...data } },
  },
  Server: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
      SubnetId: { Ref: 'Subnet' },
    },
  },
});
const database = (more: object = {}) => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: '20',
      MasterUsername: 'someone',
      MasterUserPassword: 'b12345678',
      ...more,
    },
  },
});
const balancer = (more: object = {}) => ({
  ...network,
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attached: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
  },
  Other: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'ap-northeast-2c' },
  },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Subnets: [{ Ref: 'Subnet' }, { Ref: 'Other' }], ...more },
  },
});
const role = (more: object = {}) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'worker',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      ...more,
    },
  },
});
const instances = 'arn:aws:ec2:*:*:instance/*';
const boundary = 'arn:aws:iam::000000000000:policy/Boundary';
const run = 'ec2:RunInstances';
const make = 'rds:CreateDBInstance';

describe('a condition key that follows from the template is in the request', () => {
  test.each<[what: string, resources: object, statements: object[], verdict: string]>([
    [
      'instance type: denied',
      server(),
      deny(run, { StringEquals: { 'ec2:InstanceType': 't3.micro' } }, instances),
      `${run} explicit-deny`,
    ],
    [
      'instance type: another is denied',
      server(),
      deny(run, { StringEquals: { 'ec2:InstanceType': 'm5.large' } }, instances),
      'allowed',
    ],
    [
      'instance type: all others are denied',
      server(),
      deny(run, { StringNotLike: { 'ec2:InstanceType': 't3.*' } }, instances),
      'allowed',
    ],
    // The image and the subnet of the same launch carry no instance type.
    [
      'instance type, on whatever a launch takes',
      server(),
      deny(run, { StringNotLike: { 'ec2:InstanceType': 't3.*' } }),
      `${run} explicit-deny`,
    ],
    [
      'instance type that a policy does not allow',
      server(),
      only(run, { StringEqualsIfExists: { 'ec2:InstanceType': 'm5.large' } }),
      `${run} implicit-deny`,
    ],
    [
      'instance type of a launch template',
      launched({}),
      deny(run, { StringEquals: { 'ec2:InstanceType': 't3.micro' } }, instances),
      `${run} explicit-deny`,
    ],
    [
      'metadata tokens required',
      launched({ MetadataOptions: { HttpTokens: 'required' } }),
      deny(run, { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }, instances),
      'allowed',
    ],
    [
      'metadata tokens not stated',
      server(),
      deny(run, { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }, instances),
      `${run} explicit-deny`,
    ],
    [
      'tenancy that is not stated is the default',
      server(),
      deny(run, { StringEquals: { 'ec2:Tenancy': 'dedicated' } }, instances),
      'allowed',
    ],
    [
      'zone of the subnet',
      server(),
      deny(run, { StringEquals: { 'ec2:AvailabilityZone': 'ap-northeast-2a' } }, instances),
      `${run} explicit-deny`,
    ],
    [
      'a volume that is encrypted',
      server({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }] }),
      deny(run, { Bool: { 'ec2:Encrypted': 'false' } }, 'arn:aws:ec2:*:*:volume/*'),
      'allowed',
    ],
    [
      'database that is not encrypted',
      database(),
      deny(make, { Bool: { 'rds:StorageEncrypted': 'false' } }),
      `${make} explicit-deny`,
    ],
    [
      'database that is encrypted',
      database({ StorageEncrypted: true }),
      deny(make, { Bool: { 'rds:StorageEncrypted': 'false' } }),
      'allowed',
    ],
    ['database class', database(), deny(make, { StringNotLike: { 'rds:DatabaseClass': 'db.t4g.*' } }), 'allowed'],
    ['database engine', database(), deny(make, { StringEquals: { 'rds:DatabaseEngine': 'mysql' } }), 'allowed'],
    ['database in one zone', database(), deny(make, { Bool: { 'rds:MultiAz': 'true' } }), 'allowed'],
    [
      'database in two zones',
      database({ MultiAZ: true }),
      deny(make, { Bool: { 'rds:MultiAz': 'true' } }),
      `${make} explicit-deny`,
    ],
    ['storage in GiB', database(), deny(make, { NumericGreaterThan: { 'rds:StorageSize': '100' } }), 'allowed'],
    [
      'balancer that faces the internet by default',
      balancer(),
      deny('elasticloadbalancing:CreateLoadBalancer', {
        StringEquals: { 'elasticloadbalancing:Scheme': 'internet-facing' },
      }),
      'elasticloadbalancing:CreateLoadBalancer explicit-deny',
    ],
    [
      'internal balancer',
      balancer({ Scheme: 'internal' }),
      deny('elasticloadbalancing:CreateLoadBalancer', {
        StringEquals: { 'elasticloadbalancing:Scheme': 'internet-facing' },
      }),
      'allowed',
    ],
    [
      'boundary of a role',
      role({ PermissionsBoundary: boundary }),
      only('iam:CreateRole', { StringEquals: { 'iam:PermissionsBoundary': boundary } }),
      'allowed',
    ],
    [
      'a role without a boundary',
      role(),
      only('iam:CreateRole', { StringEquals: { 'iam:PermissionsBoundary': boundary } }),
      'iam:CreateRole implicit-deny',
    ],
    [
      'each managed policy that is attached',
      role({
        ManagedPolicyArns: [
          'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
          'arn:aws:iam::aws:policy/AdministratorAccess',
        ],
      }),
      deny('iam:AttachRolePolicy', { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } }),
      'iam:AttachRolePolicy explicit-deny',
    ],
    [
      'managed policies that are all allowed',
      role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }),
      deny('iam:AttachRolePolicy', { ArnNotLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonS3*' } }),
      'allowed',
    ],
    [
      'tags on create',
      {
        Vpc: {
          Type: 'AWS::EC2::VPC',
          Properties: { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Team', Value: 'shop' }] },
        },
      },
      deny('ec2:CreateVpc', { StringNotEquals: { 'aws:RequestTag/Team': 'shop' } }),
      'allowed',
    ],
    [
      'tags that are not given',
      { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
      deny('ec2:CreateVpc', { Null: { 'aws:RequestTag/Team': 'true' } }),
      'ec2:CreateVpc explicit-deny',
    ],
    [
      'protocol of a subscription',
      {
        Topic: { Type: 'AWS::SNS::Topic' },
        Mail: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@example.com' },
        },
      },
      deny('sns:Subscribe', { StringNotEquals: { 'sns:Protocol': 'https' } }),
      'sns:Subscribe explicit-deny',
    ],
    [
      'CloudFormation calls on the session',
      server(),
      deny('ec2:*', { Bool: { 'aws:ViaAWSService': 'false' } }),
      'allowed',
    ],
    [
      'CloudFormation is the first and the last to call',
      server(),
      only('ec2:*', { StringEquals: { 'aws:CalledViaFirst': 'cloudformation.amazonaws.com' } }),
      'allowed',
    ],
  ])('%s', async (_, resources, statements, verdict) => {
    expect(await verdicts(resources, statements)).toBe(verdict);
  });
});

describe('a value that the template does not say decides nothing', () => {
  test.each<[what: string, resources: object, statements: object[], on: string]>([
    [
      "the caller's address",
      server(),
      deny(run, { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      'aws:SourceIp',
    ],
    [
      "the caller's tags",
      server(),
      only(run, { StringEquals: { 'aws:PrincipalTag/Team': 'shop' } }),
      'aws:PrincipalTag/Team',
    ],
    [
      'the time',
      server(),
      only(run, { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }),
      'aws:CurrentTime',
    ],
    [
      'how long ago the second factor was given',
      server(),
      only(run, { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }),
      'aws:MultiFactorAuthAge',
    ],
    [
      "the image's own volume",
      server(),
      deny(run, { Bool: { 'ec2:Encrypted': 'false' } }, 'arn:aws:ec2:*:*:volume/*'),
      'ec2:Encrypted',
    ],
    [
      'whose image it is',
      server(),
      deny(run, { StringNotEquals: { 'ec2:Owner': 'amazon' } }, 'arn:aws:ec2:*::image/*'),
      'ec2:Owner',
    ],
    [
      'the encryption of a copy',
      database({ DBSnapshotIdentifier: 'snapshot' }),
      deny('rds:RestoreDBInstanceFromDBSnapshot', { Bool: { 'rds:StorageEncrypted': 'false' } }),
      'rds:StorageEncrypted',
    ],
    [
      'a variable in a resource',
      server(),
      deny(run, {}, 'arn:aws:ec2:*:*:instance/${aws:PrincipalTag/Name}'),
      'arn:aws:ec2:*:*:instance/${aws:PrincipalTag/Name}',
    ],
  ])('%s', async (_, resources, statements, on) => {
    const { allowed, missing, fixes } = await judged(resources, statements);
    expect([allowed, missing.map(({ decision }) => [decision.verdict, decision.dependsOn])]).toEqual([
      false,
      missing.map(() => ['depends', [on]]),
    ]);
    expect(missing.length).toBeGreaterThan(0);
    expect([fixes.smallest, fixes.managed, fixes.open.length]).toEqual([[], [], missing.length]);
  });

  test('unless both ways lead to the same answer', async () => {
    const either = [
      everything,
      {
        Effect: 'Deny',
        Action: 'ec2:DeleteVpc',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
    ];
    expect(await verdicts(server(), either)).toBe('allowed');
    const never = [
      {
        Effect: 'Allow',
        Action: 's3:*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
      },
    ];
    expect((await judged(network, never)).missing.every(({ decision }) => decision.verdict === 'implicit-deny')).toBe(
      true,
    );
  });
});

describe('each call is judged as it is made', () => {
  const byAddress = [
    everything,
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Bool: { 'aws:ViaAWSService': 'false' } },
    },
  ];

  test("by the caller to CloudFormation, with the caller's address; by CloudFormation on the caller's session, without", async () => {
    const { missing } = await judged(server(), byAddress);
    expect([...new Set(missing.map(({ demand }) => demand.action.split(':')[0]))]).toEqual(['cloudformation']);
  });

  test('by the caller alone, in the console', async () => {
    const { missing } = await judged(network, byAddress, { via: 'console' });
    expect([...new Set(missing.map(({ demand }) => demand.action.split(':')[0]))]).toEqual(['ec2']);
  });

  test('by the role that CloudFormation is given, which is not via a service', async () => {
    const inventory = await inventoryOf({ Resources: network });
    const given = (statements: object[]) => {
      const subject = subjectWith(inventory, {
        documents: [{ name: 'given', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
      });
      if (!subject.ok) throw new Error('no subject');
      return subject.value;
    };
    const executionRole = given(only('ec2:CreateVpc', { Bool: { 'aws:ViaAWSService': 'true' } }));
    const options = { via: 'cloudformation', executionRole } as const;
    const { missing } = preflightOf(demandsOf(inventory, options), given([everything]), options);
    expect(missing.map(({ demand }) => demand.action)).toEqual(['ec2:CreateVpc']);
  });
});

describe('a mend', () => {
  test('never leaves out the condition of a statement that is there: it would undo a delegation', async () => {
    const delegated = [
      { Effect: 'Allow', NotAction: ['iam:CreateRole', 'iam:AttachRolePolicy'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:AttachRolePolicy'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
      },
    ];
    const { fixes, missing } = await judged(role(), delegated);
    expect(missing.map(({ demand }) => demand.action)).toEqual(['iam:CreateRole']);
    expect([fixes.smallest, fixes.managed, fixes.conditional.length]).toEqual([[], [], 1]);
  });
});

describe('a role that is handed over', () => {
  test.each<[what: string, more: object, arns: string[]]>([
    [
      'by an instance profile that stands outside: any role',
      { IamInstanceProfile: 'existing' },
      ['arn:aws:iam::000000000000:role/*'],
    ],
    [
      'by a launch template that stands outside: any role',
      { LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '1' } },
      ['arn:aws:iam::000000000000:role/*'],
    ],
    ['by nobody', {}, []],
  ])('%s', async (_, more, arns) => {
    const { demands } = demandsOf(await inventoryOf({ Resources: server(more) }), { via: 'cloudformation' });
    expect(demands.filter(({ action }) => action === 'iam:PassRole').flatMap((each) => each.arns)).toEqual(arns);
  });

  test('by a group whose launch template has no profile: none, and nothing is asked for', async () => {
    const { Server: _, ...resources } = launched({});
    const group = {
      ...resources,
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '1',
          MaxSize: '1',
          VPCZoneIdentifier: [{ Ref: 'Subnet' }],
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
        },
      },
    };
    const { demands } = demandsOf(await inventoryOf({ Resources: group }), { via: 'cloudformation' });
    expect(demands.filter(({ arns }) => arns.length === 0)).toEqual([]);
    expect(demands.some(({ action }) => action === 'iam:PassRole')).toBe(false);
  });
});
