import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

const template = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16, EnableDnsHostnames: true}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.2.0/24, AvailabilityZone: ap-northeast-2b}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 10.10.0.0/16}]}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: secret, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Secret}, {Effect: Allow, Action: ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource: !GetAtt Jobs.Arn}]}}]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Other:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}}
  OtherProfile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Other]}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {Name: database, GenerateSecretString: {SecretStringTemplate: '{"username":"arcade"}', GenerateStringKey: password, ExcludePunctuation: true}}}
  Attached: {Type: AWS::SecretsManager::SecretTargetAttachment, Properties: {SecretId: !Ref Secret, TargetType: AWS::RDS::DBInstance, TargetId: !Ref Database}}
  Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: data, SubnetIds: [!Ref A, !Ref B]}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: "17"
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "20"
      MultiAZ: true
      BackupRetentionPeriod: 0
      DBSubnetGroupName: !Ref Subnets
      VPCSecurityGroups: [!GetAtt Group.GroupId]
      MasterUsername: !Sub "{{resolve:secretsmanager:\${Secret}:SecretString:username}}"
      MasterUserPassword: !Sub "{{resolve:secretsmanager:\${Secret}:SecretString:password}}"
  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.secretsmanager", PrivateDnsEnabled: true, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  QueueEndpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.sqs", PrivateDnsEnabled: true, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]}}
  One: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, SecurityGroupIds: [!Ref Group], IamInstanceProfile: !Ref Profile, Tags: [{Key: Name, Value: one}]}}
  Two: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref B, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, SecurityGroupIds: [!Ref Group], IamInstanceProfile: !Ref OtherProfile, Tags: [{Key: Name, Value: two}]}}
`;

interface Up {
  readonly failures: readonly unknown[];
  readonly databases: readonly { readonly endpoint: string; readonly state: string }[];
}

let project: Project;
let endpoint: string;

beforeAll(async () => {
  project = await Project.ofTemplate(template);
  const { value } = await project.terrace<Up>('up', '--detach', '--template', 'template.yaml');
  expect(value.failures).toEqual([]);
  endpoint = value.databases[0]!.endpoint;
});
afterAll(() => project[Symbol.asyncDispose]());

/** What a shell command inside an instance prints, and ends with. */
async function inside(instance: string, command: string): Promise<{ output: string; status: number }> {
  const { value } = await project.terrace<{ output: string; status: number }>(
    'exec',
    instance,
    '--',
    'sh',
    '-c',
    command,
  );
  return value;
}
const imds = (path: string, token = '"$T"') =>
  `curl -s -m 20 -H "X-aws-ec2-metadata-token: "${token} http://169.254.169.254/latest/${path}`;
const withToken =
  'T=$(curl -s -m 20 -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token);';

describe('in a running region', () => {
  // imdsv2-token
  test('metadata tells each instance of itself, and a token of one is worth nothing to another', async () => {
    const told = await inside('one', `${withToken} ${imds('meta-data/placement/availability-zone')}; echo " $T"`);
    const [zone, token] = told.output.trim().split(' ');
    expect(zone).toBe('ap-northeast-2a');
    const other = await inside(
      'two',
      `${withToken} ${imds('meta-data/placement/availability-zone')}; echo; ${imds('meta-data/', `'${token}'`)}`,
    );
    expect(other.output).toMatch(/^ap-northeast-2b\n401/);
  });

  // interface-endpoint
  test('a service’s usual name means the interface endpoint, whose calls the role’s policies decide', async () => {
    expect((await inside('one', 'getent hosts secretsmanager.ap-northeast-2.amazonaws.com')).output).toMatch(
      /^10\.10\.1\.\d+ /,
    );
    const get = 'aws secretsmanager get-secret-value --secret-id database --region ap-northeast-2';
    const secret = JSON.parse((await inside('one', get)).output) as { SecretString: string };
    expect(JSON.parse(secret.SecretString)).toMatchObject({
      username: 'arcade',
      host: endpoint,
      port: 5432,
      engine: 'postgres',
    });
    const refused = await inside('two', `${get} 2>&1`);
    expect([refused.status === 0, refused.output]).toEqual([false, expect.stringContaining('AccessDenied')]);
  });

  test('a queue takes and gives messages by the role’s policies', async () => {
    const ask = (role: string, action: string, input: object) => {
      const QueueUrl = 'https://sqs.ap-northeast-2.amazonaws.com/000000000000/jobs';
      const credentials = `${withToken} C=$(${imds(`meta-data/iam/security-credentials/$(${imds('meta-data/iam/security-credentials/')})`)})`;
      const field = (name: string) => `$(echo "$C" | sed -n 's/.*"${name}" *: *"\\([^"]*\\)".*/\\1/p')`;
      return inside(
        role,
        `${credentials}; curl -s -m 20 --aws-sigv4 aws:amz:ap-northeast-2:sqs --user "${field('AccessKeyId')}:${field('SecretAccessKey')}" ` +
          `-H "X-Amz-Security-Token: ${field('Token')}" -H 'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: AmazonSQS.${action}' ` +
          `-d '${JSON.stringify({ QueueUrl, ...input })}' https://sqs.ap-northeast-2.amazonaws.com/`,
      );
    };
    expect((await ask('one', 'SendMessage', { MessageBody: 'build' })).output).toContain('MessageId');
    const received = JSON.parse((await ask('one', 'ReceiveMessage', {})).output) as { Messages: { Body: string }[] };
    expect(received.Messages.map(({ Body }) => Body)).toEqual(['build']);
    expect((await ask('one', 'PurgeQueue', {})).output).toContain('not authorized to perform: sqs:PurgeQueue');
    expect((await ask('two', 'ReceiveMessage', {})).output).toContain('not authorized to perform: sqs:ReceiveMessage');
  });

  test('the secret is in no log, argument or inventory', async () => {
    const secret = JSON.parse(
      (await inside('one', 'aws secretsmanager get-secret-value --secret-id database --region ap-northeast-2')).output,
    ) as { SecretString: string };
    const { password } = JSON.parse(secret.SecretString) as { password: string };
    expect(password).toHaveLength(32);
    const state = join(project.directory, '.terrace');
    for (const name of await readdir(state, { recursive: true })) {
      if (name.startsWith('secrets/')) continue;
      const text = await readFile(join(state, name), 'latin1').catch(() => '');
      expect(text.includes(password), name).toBe(false);
    }
    for (const process of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      expect(await readFile(`/proc/${process}/cmdline`, 'latin1').catch(() => ''), process).not.toContain(password);
    }
  });

  // rds-multi-az-failover
  test('a database fails over to the other zone when its server dies, and its name follows', async () => {
    const address = async () => (await inside('one', `getent hosts ${endpoint}`)).output.split(' ')[0]!;
    expect(await address()).toMatch(/^10\.10\.1\./);
    const [folder] = await readdir(join(project.directory, '.terrace/databases'));
    const directory = join(project.directory, '.terrace/databases', folder!);
    const state = async () =>
      JSON.parse(await readFile(join(directory, 'pair.json'), 'utf8').catch(() => '{}')) as { inSync?: boolean };
    await until(state, ({ inSync }) => inSync === true);
    process.kill(await holderOf(join(directory, 'lock')), 'SIGKILL');
    await until(address, (found) => found.startsWith('10.10.2.'));
    await until(state, ({ inSync }) => inSync === true);
    expect((await project.terrace<{ failures: unknown[] }>('status')).value.failures).toEqual([]);
  });
});

/** The server's first process holds its lock as file 9; its sessions inherit that, and have it as their parent. */
async function holderOf(lock: string): Promise<number> {
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    const held = await readlink(`/proc/${name}/fd/9`).catch(() => '');
    const command = await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => '');
    if (held === lock && command.startsWith('/opt/postgresql/bin/postgres')) return Number(name);
  }
  throw new Error(`nobody holds ${lock}`);
}
