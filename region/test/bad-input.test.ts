import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Project, terraceCommand } from './support/project.ts';

interface Mistakes {
  readonly mistakes: readonly {
    readonly code: string;
    readonly cause: { readonly en: string };
    readonly next: { readonly en: string };
  }[];
}

const one = (userData: string) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24, AvailabilityZone: ap-northeast-2a } }
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.micro
      SubnetId: !Ref Subnet
      UserData:
        Fn::Base64: |
${userData.replace(/^/gm, '          ')}
`;

describe('user data that fails', () => {
  test('is told by name, with its last words, and nothing hangs', async () => {
    await using project = await Project.ofTemplate(one('#!/bin/bash\necho getting ready\nls /no/such/place\nexit 3'));
    const up = await project.terrace<{ failures: Mistakes['mistakes']; instances: { state: string }[] }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(up.status).toBe(3);
    expect(up.value.failures).toHaveLength(1);
    expect(up.value.failures[0]).toMatchObject({
      code: 'USER_DATA_FAILED',
      cause: { en: expect.stringContaining('/no/such/place') },
    });
    expect(up.value.instances[0]!.state).toBe('user-data-failed');
    const logs = await project.terrace<{ entries: { text: string }[] }>('logs', 'Server');
    expect(logs.value.entries.map(({ text }) => text).join('\n')).toContain('getting ready');
  });

  test('everywhere is not waited for: nobody is left who could answer', async () => {
    await using project = await Project.ofTemplate(`${one('#!/bin/bash\nexit 3')}
  Other: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.2.0/24, AvailabilityZone: ap-northeast-2c } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attached: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    DependsOn: Attached
    Properties: { Subnets: [!Ref Subnet, !Ref Other] }
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, Targets: [{ Id: !Ref Server }] }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }]
`);
    const up = await project.terrace<{ failures: { code: string }[]; timings: { total: number } }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(up.value).toMatchObject({
      failures: [
        {
          code: 'USER_DATA_FAILED',
          cause: {
            en: 'The user data of Server ended with 3 and printed nothing.',
            ko: 'Server의 사용자 데이터가 3으로 끝났고, 아무것도 출력하지 않았습니다.',
          },
        },
      ],
    });
    const unknown = await project.terrace<Mistakes>('logs', 'nope');
    expect(unknown).toMatchObject({
      status: 2,
      value: { mistakes: [{ code: 'NO_SUCH_INSTANCE', next: { en: 'choose one of: Server, Balancer' } }] },
    });
    const unit = await project.terrace<Mistakes>('logs', 'Balancer', '--unit', 'nginx.service');
    expect(unit).toMatchObject({ status: 2, value: { mistakes: [{ code: 'NO_UNITS' }] } });
    expect(up.value.timings.total, 'an answer is waited for for 15 s').toBeLessThan(15_000);
  });

  test('that ends well after an install without a way to the repository is told, with what reach says of the way', async () => {
    await using project = await Project.ofTemplate(one('#!/bin/bash\ndnf install -y nginx\necho ready'));
    const up = await project.terrace<{ failures: Mistakes['mistakes'] }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(up.status).toBe(3);
    expect(up.value.failures).toMatchObject([
      { code: 'BOOT_STEP_REFUSED', cause: { en: expect.stringContaining('NO_ROUTE_TO_DESTINATION') } },
    ]);
    const logs = await project.terrace<{ entries: { text: string }[] }>('logs', 'Server');
    expect(logs.value.entries.map(({ text }) => text).join('\n')).toMatch(/Curl error \(28\).*ready/s);
    const status = await project.terrace<{ instances: { state: string }[]; failures: Mistakes['mistakes'] }>('status');
    expect(status).toMatchObject({ status: 1, value: { failures: [{ code: 'BOOT_STEP_REFUSED' }] } });
    expect(status.value.instances[0]!.state).toBe('boot-step-refused');
  });
});

describe('a database that is not quite the one asked for', () => {
  test('runs, and what differs is a remark and no failure', async () => {
    await using project = await Project.ofTemplate(`
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24, AvailabilityZone: ap-northeast-2a } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.2.0/24, AvailabilityZone: ap-northeast-2b } }
  Group: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: both, SubnetIds: [!Ref A, !Ref B] } }
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: '16.4'
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: '20'
      MasterUsername: somebody
      MasterUserPassword: longer-than-eight
      DBSubnetGroupName: !Ref Group
`);
    const up = await project.terrace<{ failures: unknown[]; databases: { state: string }[] }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(up.value).toMatchObject({ failures: [], databases: [{ state: 'available' }] });
    expect(up.status).toBe(0);
  });
});

describe('before anything starts', () => {
  test('a port that is taken is said, with what to do', async () => {
    await using project = await Project.ofTemplate(one('#!/bin/bash'));
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const up = await project.terrace<Mistakes>('up', '--template', 'template.yaml', '--detach', '--port', String(port));
    taken.close();
    expect(up.status).toBe(2);
    expect(up.value.mistakes.map(({ code }) => code)).toEqual(['PORT_IN_USE']);
    expect(existsSync(join(project.directory, '.terrace/supervisor.log'))).toBe(false);
  });

  test.concurrent.each([
    [['up', '--port', '99999'], 'OPTION_OUT_OF_RANGE'],
    [['up', '--language', 'fr'], 'UNKNOWN_LANGUAGE'],
    [['stauts'], 'UNKNOWN_COMMAND'],
    [['help', 'stauts'], 'UNKNOWN_COMMAND'],
    [['reach', '', 'Server', '--template', 'template.yaml'], 'MISSING_ARGUMENT'],
    [['access', '--template', 'template.yaml', '--stack', ''], 'MISSING_VALUE'],
    [['cost', '--template', 'template.yaml', '--prices', 'template.yaml'], 'NOT_A_PRICE_FILE'],
    [['cost', '--template', 'template.yaml', '--prices', '.'], 'NOT_A_PRICE_FILE'],
    [['prices', 'list', '--prices', 'nowhere.json'], 'NO_SUCH_FILE'],
    [['prices', 'list', '--region', 'mars-1'], 'REGION_WITHOUT_PRICES'],
    [['up', '--template', 'nowhere.yaml'], 'UNREADABLE_FILE'],
    [['probe', 'a', 'b'], 'REGION_NOT_RUNNING'],
    [['exec', 'a', '--', 'true'], 'REGION_NOT_RUNNING'],
    [['logs', 'a'], 'REGION_NOT_RUNNING'],
    [['status'], 'REGION_NOT_RUNNING'],
    [['diff', '--template', 'template.yaml'], 'REGION_NOT_RUNNING'],
  ])('%j is %s', async (command, code) => {
    await using project = await Project.ofTemplate(one('#!/bin/bash'));
    const said = await project.terrace<Mistakes>(...command);
    expect(said.value.mistakes.map((each) => each.code)).toContain(code);
    expect(said.status).toBe(2);
    expect(existsSync(join(project.directory, '.terrace/supervisor.log'))).toBe(false);
  });

  test('what is not carried out is named, and refused where that is asked for', async () => {
    const stream = `${one('#!/bin/bash')}
  Stream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
`;
    await using project = await Project.ofTemplate(stream);
    const strict = await project.terrace<Mistakes>('up', '--template', 'template.yaml', '--detach', '--strict');
    expect(strict.status).toBe(2);
    expect(strict.value.mistakes.some(({ cause }) => cause.en.includes('AWS::Kinesis::Stream'))).toBe(true);
    const up = await project.terrace<{ resources: Record<string, Record<string, number>> }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(up.value.resources.ignored!['AWS::Kinesis::Stream']).toBe(1);
    expect(up.value.resources.real!['AWS::Kinesis::Stream']).toBeUndefined();
  });

  test('a second up of the same project changes the running region instead of starting another', async () => {
    await using project = await Project.ofTemplate(one('#!/bin/bash'));
    await project.terrace('up', '--template', 'template.yaml', '--detach');
    const again = await project.terrace<{ timings: Record<string, number> }>(
      'up',
      '--template',
      'template.yaml',
      '--detach',
    );
    expect(again.status).toBe(0);
  });
});

test('a reader that stops early, as head does, is no error', async () => {
  await using project = await Project.ofTemplate(one('#!/bin/bash'));
  const command = `set -o pipefail; "${process.execPath}" "${terraceCommand}" prices list | head -1`;
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile('bash', ['-c', command], { cwd: project.directory }, (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
  expect(stdout).toContain('USD /');
  expect(stderr).toBe('');
});
