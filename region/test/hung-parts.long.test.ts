import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Process, processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';

const template = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16, EnableDnsHostnames: true}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Default: {Type: AWS::EC2::Route, DependsOn: Attached, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, AvailabilityZone: ap-northeast-2a, MapPublicIpOnLaunch: true}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.2.0/24, AvailabilityZone: ap-northeast-2b}}
  InA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
  InB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Table}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 0.0.0.0/0}]}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Attached, Properties: {Type: application, Scheme: internet-facing, Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Group]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200", ContentType: text/plain, MessageBody: here}}]
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
      MasterUsername: arcade
      MasterUserPassword: long-enough-1
  One: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, SecurityGroupIds: [!Ref Group], Tags: [{Key: Name, Value: one}]}}
`;

interface Status {
  readonly app: string;
  readonly databases: readonly { readonly endpoint: string; readonly state: string; readonly standby: string | null }[];
  readonly mechanisms: readonly { readonly inForce: boolean; readonly found: { readonly en: string } }[];
}

let project: Project;
let app: string;
let endpoint: string;

beforeAll(async () => {
  project = await Project.ofTemplate(template);
  const settings = { template: 'template.yaml', databaseHangSeconds: 10, standbyHangSeconds: 2 };
  await writeFile(join(project.directory, 'terrace.json'), JSON.stringify(settings));
  const { value } = await project.terrace<Status>('up', '--detach');
  app = value.app;
  endpoint = value.databases[0]!.endpoint;
  await until(status, ({ databases }) => databases[0]!.standby === 'in-sync');
});
afterAll(() => project[Symbol.asyncDispose]());

const status = async () => (await project.terrace<Status>('status')).value;
const log = () => readFile(join(project.directory, '.terrace/supervisor.log'), 'utf8');
const inside = async (command: string) =>
  (await project.terrace<{ output: string }>('exec', 'one', '--', 'sh', '-c', command)).value.output;

describe.sequential('in a region, a part that is stopped is said to be silent, and replaced', () => {
  test.each([
    [
      'a VPC’s resolver',
      /vpc-services\/process/,
      /services of vpc-\S+ \(/,
      async () => inside(`getent hosts ${endpoint}`),
    ],
    [
      "AWS's endpoints",
      /endpoints-process/,
      /AWS endpoints \(/,
      async () => inside('curl -s -m 3 https://s3.ap-northeast-2.amazonaws.com/ | head -c 20'),
    ],
    ['a load balancer’s nodes', /haproxy -db -f \S*balancers/, /load balancer's node \S+ \(/, async () => body()],
    ['the ingress', /haproxy -db -f \S*ingress/, /ingress \(/, async () => body()],
  ])('%s', async (_, words, told, works) => {
    const before = await until(works, (said) => said !== '');
    const stopped = processesOf(project.directory).filter((each) => words.test(each.words));
    expect(stopped.length).toBeGreaterThan(0);
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    const { mechanisms } = await status();
    expect(mechanisms.filter(({ inForce }) => !inForce).map(({ found }) => found.en)).toEqual(
      expect.arrayContaining([expect.stringMatching(told)]),
    );
    expect(await until(works, (said) => said === before)).toBe(before);
    expect(processesOf(project.directory).filter(({ pid }) => stopped.some((each) => each.pid === pid))).toEqual([]);
    expect(await log()).toMatch(/did not answer for 1\d\.\d s: it is killed/);
    await until(status, ({ mechanisms: each }) => each.every(({ inForce }) => inForce));
  });

  // rds-hung-primary
  test('a database, whose name then means the other zone', async () => {
    const address = async () => (await inside(`getent hosts ${endpoint}`)).split(' ')[0]!;
    expect(await address()).toMatch(/^10\.10\.1\./);
    expect((await status()).databases).toMatchObject([{ state: 'available', standby: 'in-sync' }]);
    const [folder] = await readdir(join(project.directory, '.terrace/databases'));
    const server = await firstOf(join(project.directory, '.terrace/databases', folder!));
    process.kill(server, 'SIGSTOP');
    expect((await status()).databases).toMatchObject([{ state: 'not-answering' }]);
    await until(address, (found) => found.startsWith('10.10.2.'));
    await until(status, ({ databases }) => databases[0]!.state === 'available' && databases[0]!.standby === 'in-sync');
    expect(await log()).toMatch(/database \S+ did not answer for 1\d\.\d s: it is killed/);
  });
});

describe.sequential('in a region, the host of instances and process 1 of an instance', () => {
  const launcher = () => processesOf(project.directory).find(({ words }) => words.startsWith('terrace-launcher'))!;
  const initOfOne = () => processesOf(project.directory).find(({ words }) => words.trim() === 'init')!;
  const silent = async () => (await status()).mechanisms.filter(({ inForce }) => !inForce).map(({ found }) => found.en);

  test.each([
    ['launcher of instances', launcher],
    ['process 1 of i-', initOfOne],
  ])('%s goes on after it was stopped', async (part, find) => {
    const { pid } = find();
    process.kill(pid, 'SIGSTOP');
    expect(await silent()).toEqual([expect.stringContaining(`do not answer: ${part}`)]);
    await until(silent, (said) => said.length === 0);
    expect(find().pid).toBe(pid);
    expect(await inside('echo here')).toBe('here\n');
  });

  test('the launcher, kept from going on, is killed; the instance starts again with its disk and its address', async () => {
    await inside('echo kept > /root/kept');
    const address = await inside('hostname -I');
    const { pid } = launcher();
    using _ = await keepStopped(pid);
    await until(
      async () => launcher() as Process | undefined,
      (found) => found !== undefined && found.pid !== pid,
    );
    await until(silent, (said) => said.length === 0);
    expect(
      await until(
        () => inside('cat /root/kept'),
        (said) => said !== '',
      ),
    ).toBe('kept\n');
    expect(await inside('hostname -I')).toBe(address);
    expect(await log()).toMatch(/launcher of instances did not answer for 1\d\.\d s: it is killed/);
    expect(await log()).toMatch(/one ended and is started again: its host failed/);
  });

  test('process 1, kept from going on, is impaired: commands say so, and the region ends without it', async () => {
    const { pid } = initOfOne();
    using _ = await keepStopped(pid);
    await until(silent, (said) => said.length > 0);
    const refused = await project.terrace<{ error: string }>('exec', 'one', '--', 'true');
    expect(refused.value.error).toMatch(/process 1 of i-\S+ has not answered for/);
    await until(log, (said) => said.includes('impaired'));
    const began = Date.now();
    expect((await project.terrace('down')).status).toBe(0);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(processesOf(project.directory)).toEqual([]);
  });
});

describe.sequential('a supervisor that does not answer', () => {
  const silence = /The region has not answered for 5 s: its supervisor is stopped or hangs/;
  const start = async () => {
    await project.terrace('up', '--detach');
    return processesOf(project.directory).find(({ words }) => /^\S*node \S*supervisor\/main\.js/.test(words))!.pid;
  };
  const failure = async (...words: readonly string[]) =>
    (await project.terrace<{ failure: string }>(...words)).value.failure;

  test('is named by every command, and ended in order by down once it goes on', async () => {
    process.kill(await start(), 'SIGSTOP');
    expect(await failure('status')).toMatch(silence);
    expect(await failure('exec', 'one', '--', 'true')).toMatch(silence);
    expect((await project.terrace('down')).status).toBe(0);
    await until(
      async () => processesOf(project.directory),
      (all) => all.length === 0,
    );
  });

  test('is killed by down where it cannot go on, and leaves nothing behind', async () => {
    using _ = await keepStopped(await start());
    expect((await project.terrace('down')).status).toBe(0);
    await until(
      async () => processesOf(project.directory),
      (all) => all.length === 0,
    );
  });
});

/** Holds a process as a debugger does, for two minutes at most: nothing but its end lets it go on. */
async function keepStopped(pid: number): Promise<Disposable> {
  // The kernel tells its end to the debugger first, which passes it on by ending too.
  const held =
    'alarm 120; syscall($ARGV[1] + 0, 16, $ARGV[0] + 0, 0, 0) == 0 or die "$!"; waitpid $ARGV[0], 0; print "held"; waitpid $ARGV[0], 0';
  const ptrace = process.arch === 'x64' ? 101 : 117;
  const child = spawn('perl', ['-e', `$| = 1; ${held}`, String(pid), String(ptrace)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

async function body(): Promise<string> {
  return fetch(app, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.text(),
    () => '',
  );
}

/** The first process of the server of the primary's node: the one in its own network, whose data folder is not the standby's. */
async function firstOf(directory: string): Promise<number> {
  const servers = processesOf(project.directory).filter(({ words }) =>
    words.startsWith('/opt/postgresql/bin/postgres'),
  );
  for (const { pid } of servers) {
    const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8');
    if (mounts.split('\n').some((line) => line.includes(`${directory.split('/').slice(-3).join('/')}/data /data `)))
      return pid;
  }
  throw new Error('no server of the primary runs');
}
