import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';

const group = (name: string, subnet: string, members: number, more: string) => `
  ${name}Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        InstanceType: t3.micro
        SecurityGroupIds: [!Ref Group]
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            dnf install -y nginx
            echo \${Network.DNSName} > /opt/balancer
            echo \${Balancer.DNSName} > /opt/application-balancer
            head -c 80000 /dev/zero > /opt/slow
            printf 'events {}\\nhttp { server { listen 80; location / { return 200; } location /slow { alias /opt/slow; limit_rate 20k; } } }\\n' > /etc/nginx/nginx.conf
            systemctl enable --now nginx
  ${name}:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 1}}
    Properties:
      MinSize: "${members}"
      MaxSize: "2"
      VPCZoneIdentifier: [!Ref ${subnet}]
      LaunchTemplate: {LaunchTemplateId: !Ref ${name}Launch, Version: !GetAtt ${name}Launch.LatestVersionNumber}
      TargetGroupARNs: [!Ref Targets, !Ref NetworkTargets]
      Tags: [{Key: Name, Value: ${name.toLowerCase()}, PropagateAtLaunch: true}]
${more.replace(/^/gm, '      ')}`;

const checks = `
      VpcId: !Ref Vpc
      Port: 80
      HealthCheckProtocol: HTTP
      HealthCheckIntervalSeconds: 5
      HealthCheckTimeoutSeconds: 2
      HealthyThresholdCount: 2
      UnhealthyThresholdCount: 2`;

const template = (checked: number) => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.2.0/24, AvailabilityZone: ap-northeast-2b}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  RoutesA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
  RoutesB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Table}}
  Packages: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.ap-northeast-2.s3, RouteTableIds: [!Ref Table]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 10.10.0.0/16}]}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Group]}}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:${checks}
      Name: targets
      Protocol: HTTP
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Network: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [!Ref A, !Ref B]}}
  NetworkTargets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:${checks}
      Name: network-targets
      Protocol: TCP
  NetworkListener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Network, Port: 80, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref NetworkTargets}]}}
${group('Checked', 'A', checked, 'HealthCheckType: ELB\nHealthCheckGracePeriod: 15')}
${group('Patient', 'A', 1, 'HealthCheckType: EC2,ELB\nHealthCheckGracePeriod: 3600')}
${group('Unchecked', 'B', 1, 'HealthCheckType: EC2')}
`;

interface Status {
  readonly instances: readonly {
    readonly name: string;
    readonly id: string;
    readonly address: string;
    readonly state: string;
  }[];
  readonly targets: readonly { readonly targetGroup: string; readonly target: string; readonly health: string }[];
  readonly replacements: readonly {
    readonly instance: string;
    readonly id: string;
    readonly successor: string;
    readonly reason: { readonly en: string };
  }[];
}

let project: Project;

beforeAll(async () => {
  project = await Project.ofTemplate(template(1));
  const { value } = await project.terrace<{ failures: readonly unknown[] }>(
    'up',
    '--detach',
    '--template',
    'template.yaml',
  );
  expect(value.failures).toEqual([]);
  for (const name of ['checked/0', 'patient/0', 'unchecked/0']) await healthOf(name, 'healthy');
});
afterAll(() => project?.[Symbol.asyncDispose]());

const status = async () => (await project.terrace<Status>('status')).value;

/** Where each stands, by name. */
async function members() {
  const { instances } = await status();
  return new Map(instances.map((each) => [each.name, each]));
}

function healthOf(name: string, health: string): Promise<Status> {
  return until(status, ({ targets }) =>
    targets.filter(({ target }) => target === name).every((each) => each.health === health),
  );
}

async function inside(instance: string, command: string): Promise<string> {
  const { value } = await project.terrace<{ output: string }>('exec', instance, '--', 'sh', '-c', command);
  return value.output.trim();
}

/** The network balancer's addresses, by the third octet: 1 is zone a, 2 is zone b. */
async function zonesNamed(): Promise<string[]> {
  const said = await inside('checked/0', 'getent ahostsv4 "$(cat /opt/balancer)" | cut -d. -f3');
  return [...new Set(said.split('\n'))].sort();
}

/** Process 1 of an instance, as the host has it. Another region of the same template gives its instances the same names. */
function initOf(id: string): number {
  const found = processesOf(project.directory).find(
    ({ pid, words }) => words.startsWith('init') && readFileSync(`/proc/${pid}/mounts`, 'utf8').includes(id),
  );
  if (!found) throw new Error(`no process 1 of ${id}`);
  return found.pid;
}

describe('a group whose member fails the checks of its load balancers', () => {
  test('asg-health-types, nlb-zone-in-dns: leaves it alone where only EC2 counts, and the name leaves out its zone', async () => {
    expect(await until(zonesNamed, (zones) => zones.length === 2)).toEqual(['1', '2']);
    await inside('unchecked/0', 'touch /opt/same; systemctl stop nginx');
    await healthOf('unchecked/0', 'unhealthy');
    await until(zonesNamed, (zones) => zones.join() === '1');
    expect((await status()).replacements).toEqual([]);
    expect(await inside('unchecked/0', 'ls /opt/same')).toBe('/opt/same');
    await inside('unchecked/0', 'systemctl start nginx');
    await until(zonesNamed, (zones) => zones.join() === '1,2');
  });

  test('asg-health-types: replaces it where ELB counts, and says why', async () => {
    const former = await members();
    await inside('checked/0', 'touch /opt/same; systemctl stop nginx');
    const { replacements } = await until(status, (said) => said.replacements.length > 0);
    expect(replacements[0]).toMatchObject({
      instance: 'checked/0',
      reason: {
        en: expect.stringMatching(
          /^ELB health check: target group (Network)?Targets found it unhealthy \(.+\), \d+ s after launch/,
        ),
      },
    });
    await healthOf('checked/0', 'healthy');
    expect(await inside('checked/0', 'ls /opt/same 2>/dev/null || echo new')).toBe('new');
    expect((await status()).replacements).toHaveLength(1);
    const latter = await members();
    const [one, other] = [former.get('checked/0')!, latter.get('checked/0')!];
    expect(replacements[0]).toMatchObject({ id: one.id, successor: other.id });
    expect(other.id).not.toBe(one.id);
    expect(other.address).not.toBe(one.address);
    for (const name of ['patient/0', 'unchecked/0']) expect(latter.get(name)).toEqual(former.get(name));
    expect(await inside('patient/0', `curl -s -o /dev/null -w '%{http_code}' http://${other.address}`)).toBe('200');
  });

  test('asg-grace-period, asg-stopped-is-replaced: waits for the grace period to end, but not with one that no longer runs', async () => {
    await inside('patient/0', 'touch /opt/same; systemctl stop nginx');
    await healthOf('patient/0', 'unhealthy');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const before = await status();
    expect(before.replacements.filter(({ instance }) => instance === 'patient/0')).toEqual([]);
    process.kill(initOf(before.instances.find(({ name }) => name === 'patient/0')!.id), 'SIGKILL');
    const after = await until(status, (said) => said.replacements.length > before.replacements.length);
    expect(after.replacements.at(-1)).toMatchObject({
      instance: 'patient/0',
      reason: { en: expect.stringMatching(/^EC2 status check: it stopped by itself/) },
    });
    await healthOf('patient/0', 'healthy');
    expect(await inside('patient/0', 'ls /opt/same 2>/dev/null || echo new')).toBe('new');
    expect((await members()).get('patient/0')).not.toEqual(before.instances.find(({ name }) => name === 'patient/0'));
  });

  test('asg-stopped-is-replaced: who took a place keeps it over down and up, another launch puts others there, and an instance that stays is the same', async () => {
    const before = await members();
    const up = () => project.terrace('up', '--template', 'template.yaml', '--detach');
    await project.terrace('down');
    await up();
    expect(await members()).toEqual(before);
    await writeFile(
      join(project.directory, 'template.yaml'),
      template(1).replace(/echo (?=..Network)/, 'touch /opt/other; echo '),
    );
    await up();
    const after = await members();
    const same = [...before.keys()].filter((name) => before.get(name)!.id === after.get(name)?.id);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(same).toHaveLength(2);
    for (const name of ['checked/0', 'patient/0', 'unchecked/0']) await healthOf(name, 'healthy');
  });

  test('deregistration-delay: a group that shrinks lets go of a member once it has answered', async () => {
    const up = async (checked: number) => {
      await writeFile(join(project.directory, 'template.yaml'), template(checked));
      return project.terrace('up', '--template', 'template.yaml', '--detach');
    };
    await up(2);
    await healthOf('checked/1', 'healthy');
    const asking = inside(
      'patient/0',
      'for each in 1 2 3 4; do curl -s "http://$(cat /opt/application-balancer)/slow" | wc -c & done; wait',
    );
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await up(1);
    expect((await status()).instances.map(({ name }) => name)).not.toContain('checked/1');
    expect((await asking).split('\n')).toEqual(Array(4).fill('80000'));
  });
});
