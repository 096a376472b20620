import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Project } from './support/project.ts';

interface Up {
  readonly failures: readonly { readonly code: string }[];
  readonly instances: readonly { readonly name: string; readonly state: string }[];
}

interface Mistakes {
  readonly mistakes: readonly { readonly code: string; readonly cause: { readonly en: string } }[];
}

const signal = '/opt/aws/bin/cfn-signal --stack template --resource Server --region ap-northeast-2 --exit-code';

/** An instance that has to say that it is ready, in a subnet that reaches CloudFormation. */
const template = (userData: string, timeout = 'PT1M') => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, MapPublicIpOnLaunch: true}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, DependsOn: Attachment, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Associated: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
  Server:
    Type: AWS::EC2::Instance
    DependsOn: Out
    CreationPolicy: {ResourceSignal: {Timeout: ${timeout}}}
    Properties:
      SubnetId: !Ref A
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.micro
      UserData:
        Fn::Base64: |
          #!/bin/bash
          ${userData}
`;

const beside = `
  Other: {Type: AWS::EC2::Instance, DependsOn: Out, Properties: {SubnetId: !Ref A, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}}
`;

async function up<T>(project: Project, text: string, ...words: readonly string[]) {
  await writeFile(join(project.directory, 'template.yaml'), text);
  return project.terrace<T>('up', '--detach', '--template', 'template.yaml', ...words);
}

// cfn-creation-policy
describe.concurrent('an instance with a creation policy', () => {
  test('is complete when it has signalled success', async () => {
    await using project = await Project.ofTemplate('Resources: {}');
    const { value, status } = await up<Up>(project, template(`sleep 1; ${signal} 0`));
    expect([status, value.failures, value.instances.map(({ state }) => state)]).toEqual([0, [], ['running']]);
  });

  test.each([
    ['signals failure', `${signal} 1; sleep 60`, 'PT1M', 'signalled failure', ['NOT_CONFIRMED']],
    ['does not signal in time', 'sleep 60', 'PT2S', '0 of 1 success signals came within 2 s', ['NOT_CONFIRMED']],
    [
      'fails without a signal',
      'exit 3',
      'PT1M',
      'user data of Server failed without a signal',
      ['NOT_CONFIRMED', 'USER_DATA_FAILED'],
    ],
  ])('that %s fails, and what was made is removed', async (_what, userData, timeout, cause, codes) => {
    await using project = await Project.ofTemplate('Resources: {}');
    const { value, status } = await up<Mistakes>(project, template(userData, timeout));
    expect(status).toBe(2);
    expect(value.mistakes.map((each) => each.code)).toEqual(codes);
    expect(value.mistakes[0]!.cause.en).toContain(cause);
    expect((await project.terrace<Mistakes>('status')).value.mistakes?.map(({ code }) => code)).toEqual([
      'REGION_NOT_RUNNING',
    ]);
  });

  test('that fails in a change is rolled back, or kept where that is asked for', async () => {
    await using project = await Project.ofTemplate('Resources: {}');
    const before = template('true').replace(/ {2}Server:[\s\S]*/, beside);
    expect((await up<Up>(project, before)).status).toBe(0);
    const running = async () =>
      (await project.terrace<Up>('status')).value.instances.map(({ name, state }) => `${name} ${state}`).sort();

    const refused = await up<Mistakes>(project, template('exit 3') + beside);
    expect([refused.status, refused.value.mistakes.map(({ code }) => code)]).toEqual([
      2,
      ['NOT_CONFIRMED', 'USER_DATA_FAILED'],
    ]);
    expect(await running()).toEqual(['Other running']);

    const kept = await up<Up>(project, template('exit 3') + beside, '--no-rollback');
    expect([kept.status, kept.value.failures.map(({ code }) => code).sort()]).toEqual([
      3,
      ['NOT_CONFIRMED', 'USER_DATA_FAILED'],
    ]);
    expect(await running()).toEqual(['Other running', 'Server user-data-failed']);
    // The template is the region's, and yet the region is not what it was to be.
    const diff = await project.terrace<{ changes: unknown[]; unfinished: { code: string }[] }>(
      ...['diff', '--template', 'template.yaml'],
    );
    expect([diff.status, diff.value.changes]).toEqual([1, []]);
    expect(diff.value.unfinished.map(({ code }) => code).sort()).toEqual(['NOT_CONFIRMED', 'USER_DATA_FAILED']);
  });

  test('that fails in a change leaves no protected database in the way of the next one', async () => {
    await using project = await Project.ofTemplate('Resources: {}');
    const before = template('true').replace(/ {2}Server:[\s\S]*/, beside);
    const database = `
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.2.0/24}}
  Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: all, SubnetIds: [!Ref A, !Ref B]}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "20"
      MasterUsername: terrace
      MasterUserPassword: abcdefgh12
      DBSubnetGroupName: !Ref Subnets
      DeletionProtection: true
`;
    expect((await up<Up>(project, before)).status).toBe(0);
    const refused = await up<Mistakes>(project, template('exit 3') + beside + database);
    expect(refused.value.mistakes.map(({ code }) => code)).toEqual(['NOT_CONFIRMED', 'USER_DATA_FAILED']);
    expect((await up<Up>(project, before)).status).toBe(0);
    expect((await project.terrace('down', '--purge')).status).toBe(0);
  });
});
