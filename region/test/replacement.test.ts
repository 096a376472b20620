import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, terraceCommand, until } from './support/project.ts';

const template = (key: string, range = '10.10.2.0/24') => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16, EnableDnsHostnames: true}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: ${range}, AvailabilityZone: ap-northeast-2b}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  RoutesA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
  RoutesB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Table}}
  Packages: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.ap-northeast-2.s3, RouteTableIds: [!Ref Table]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 10.10.0.0/16}]}}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: inside.example, VPCs: [{VPCId: !Ref Vpc, VPCRegion: !Ref AWS::Region}]}}
  Record: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: server.inside.example, Type: A, TTL: "60", ResourceRecords: [!GetAtt Server.PrivateIp]}}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      SubnetId: !Ref A
      KeyName: ${key}
      SecurityGroupIds: [!Ref Group]
      Tags: [{Key: Name, Value: server}]
      UserData:
        Fn::Base64: |
          #!/bin/bash
          dnf install -y nginx
          printf 'events {}\\nhttp { server { listen 80; location / { return 200 $server_addr; } } }\\n' > /etc/nginx/nginx.conf
          systemctl enable --now nginx
  Client:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      SubnetId: !Ref A
      SecurityGroupIds: [!Ref Group]
      Tags: [{Key: Name, Value: client}]
  Far:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      SubnetId: !Ref B
      SecurityGroupIds: [!Ref Group]
      Tags: [{Key: Name, Value: far}]
`;

interface Instance {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly state: string;
}

let project: Project;
let first: readonly Instance[];

beforeAll(async () => {
  project = await Project.ofTemplate(template('one'));
  first = await up();
});
afterAll(() => project?.[Symbol.asyncDispose]());

async function up(): Promise<readonly Instance[]> {
  const { value } = await project.terrace<{ failures: unknown; instances: readonly Instance[] }>(
    'up',
    '--detach',
    '--template',
    'template.yaml',
  );
  expect(value.failures).toEqual([]);
  return value.instances;
}

const named = (instances: readonly Instance[], name: string) => instances.find((each) => each.name === name)!;

async function inside(instance: string, command: string): Promise<string> {
  const { value } = await project.terrace<{ output: string }>('exec', instance, '--', 'sh', '-c', command);
  return value.output.trim();
}

// cfn-update-behaviors
describe('an instance that a change replaces', () => {
  test('is another, at another address, and names follow', async () => {
    expect(await inside('client', 'curl -sS 2>&1 http://server.inside.example')).toBe(named(first, 'server').address);
    await inside('client', 'touch /opt/same');
    await writeFile(join(project.directory, 'template.yaml'), template('two'));

    const said = await project.terrace<{ changes: { key: string; change: string; properties: { path: string }[] }[] }>(
      'diff',
      '--template',
      'template.yaml',
    );
    expect(said.value.changes.map(({ key, change }) => [key, change])).toEqual([
      ['template/Server', 'replacement'],
      ['template/Record', 'in-place'],
    ]);

    const second = await up();
    const [former, latter] = [named(first, 'server'), named(second, 'server')];
    expect(latter.id).not.toBe(former.id);
    expect(latter.address).not.toBe(former.address);
    expect(latter.state).toBe('running');
    expect(named(second, 'client')).toEqual(named(first, 'client'));
    expect(await inside('client', 'ls /opt/same; curl -sS 2>&1 http://server.inside.example')).toBe(
      `/opt/same\n${latter.address}`,
    );
    expect(await inside('server', 'curl -sS 2>&1 http://localhost')).toBe('127.0.0.1');
    const gone = await project.terrace<{ outcome: string }>('probe', 'client', `${former.address}/32`, '--wait', '500');
    expect(gone.value.outcome).toBe('timeout');
    const { status } = await project.terrace('exec', former.id, '--', 'true');
    expect(status).toBe(2);
  });

  test('takes along what stands on it, and stays the new one, over down and up', async () => {
    await writeFile(join(project.directory, 'template.yaml'), template('two', '10.10.7.0/24'));
    const third = await up();
    expect(named(third, 'far').id).not.toBe(named(first, 'far').id);
    expect(named(third, 'far').address).toMatch(/^10\.10\.7\./);
    expect(named(third, 'client')).toEqual(named(first, 'client'));
    await project.terrace('down');
    expect(await up()).toEqual(third);
  });

  test('stays the new one where who asked for the change was gone before it was through', async () => {
    await writeFile(join(project.directory, 'template.yaml'), template('three', '10.10.7.0/24'));
    const words = [terraceCommand, 'up', '--detach', '--yes', '--template', 'template.yaml'];
    const asking = spawn(process.execPath, words, { cwd: project.directory, stdio: ['ignore', 'ignore', 'pipe'] });
    // The region has the request once it says what it is at.
    for await (const text of asking.stderr) if (String(text).includes('network')) break;
    asking.kill('SIGKILL');
    await until(
      () => readFile(join(project.directory, '.terrace/allocations.json'), 'utf8'),
      (text) => text.includes('"replaced template/Server": "2"'),
    );
    const { value } = await project.terrace<{ instances: readonly Instance[] }>('status');
    await project.terrace('down');
    expect(named(await up(), 'server')).toEqual(named(value.instances, 'server'));
  });
});
