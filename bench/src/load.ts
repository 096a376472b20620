import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTemplates } from '@terrace/cloud/assembly/load';
import { stringify } from 'yaml';

export interface LoadMeasurement {
  readonly resources: number;
  readonly format: 'json' | 'yaml';
  /** In a process of its own, nothing warm: modules loaded, file read, checked and resolved. */
  readonly coldSeconds: number;
  /** The median of five more in a warm process. */
  readonly warmSeconds: number;
  /** The bar for 500 resources, cold. */
  readonly limitSeconds: 0.5 | null;
  readonly holds: boolean | null;
}

export interface LoadReport {
  readonly measurements: readonly LoadMeasurement[];
  /** Warm time for each resource at 5,000 against 500: 1 is linear. */
  readonly growth: Readonly<Record<'json' | 'yaml', number>>;
  /** cfn-lint on the 500 resources in YAML, with the same Region; `null` where it is not installed. */
  readonly cfnLint: { readonly version: string; readonly seconds: number } | null;
}

/** Loading, checking and resolving 500 to 5,000 resources, 500 a template, with cfn-lint on the same file beside it. Needs `npm run build`. */
export async function measureLoad(): Promise<LoadReport> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-bench-load-'));
  try {
    const measurements: LoadMeasurement[] = [];
    for (const resources of [500, 1000, 2000, 5000]) {
      for (const format of ['json', 'yaml'] as const) {
        const files = Array.from({ length: resources / 500 }, (_, index) => {
          const file = join(folder, `template-${resources}-${index}.${format}`);
          const template = manyResources(500, index);
          writeFileSync(
            file,
            format === 'json'
              ? JSON.stringify(template, null, 2)
              : stringify(template, { aliasDuplicateObjects: false }),
          );
          return file;
        });
        const coldSeconds = measureCold(files);
        const warmSeconds = await measureWarm(files);
        const limitSeconds = resources === 500 ? 0.5 : null;
        const holds = limitSeconds === null ? null : coldSeconds <= limitSeconds;
        measurements.push({ resources, format, coldSeconds, warmSeconds, limitSeconds, holds });
      }
    }
    const growth = (format: 'json' | 'yaml') => {
      const each = (resources: number) =>
        measurements.find((one) => one.resources === resources && one.format === format)!.warmSeconds / resources;
      return each(5000) / each(500);
    };
    return {
      measurements,
      growth: { json: growth('json'), yaml: growth('yaml') },
      cfnLint: measureCfnLint(join(folder, 'template-500-0.yaml')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureCold(files: readonly string[]): number {
  const loader = new URL('../../cloud/dist/assembly/load.js', import.meta.url).href;
  const program = `
    const start = performance.now();
    const { loadTemplates } = await import(${JSON.stringify(loader)});
    const loaded = await loadTemplates(${JSON.stringify(files)});
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes.slice(0, 3)));
    console.log((performance.now() - start) / 1000);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return Number(run.stdout);
}

async function measureWarm(files: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const loaded = await loadTemplates(files);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes.slice(0, 3)));
    times.push((performance.now() - start) / 1000);
  }
  return times.sort((one, other) => one - other)[2]!;
}

function measureCfnLint(file: string): LoadReport['cfnLint'] {
  const version = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return null;
  const start = performance.now();
  spawnSync('cfn-lint', ['-r', 'ap-northeast-2', '-t', file], { encoding: 'utf8' });
  return { version: version.stdout.trim(), seconds: (performance.now() - start) / 1000 };
}

/** A template of so many resources in a VPC of its own; a block is a subnet with its route table, a group with rules, a server, a target group and an alarm. */
function manyResources(count: number, template: number): object {
  const resources: Record<string, object> = {};
  const put = (name: string, type: string, properties: object) => {
    if (Object.keys(resources).length < count) resources[name] = { Type: type, Properties: properties };
  };
  for (let block = 0; Object.keys(resources).length < count; block++) {
    const vpc = 'Vpc';
    if (block === 0) put(vpc, 'AWS::EC2::VPC', { CidrBlock: `10.${template}.0.0/16`, EnableDnsHostnames: true });
    const range = `10.${template}.${block}.0/24`;
    const zone = { 'Fn::Select': [block % 2, { 'Fn::GetAZs': '' }] };
    const tags = [{ Key: 'Name', Value: { 'Fn::Sub': `\${AWS::StackName}-${block}` } }];
    put(`Subnet${block}`, 'AWS::EC2::Subnet', {
      VpcId: { Ref: vpc },
      CidrBlock: range,
      AvailabilityZone: zone,
      Tags: tags,
    });
    put(`Table${block}`, 'AWS::EC2::RouteTable', { VpcId: { Ref: vpc }, Tags: tags });
    put(`Routes${block}`, 'AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: { Ref: `Subnet${block}` },
      RouteTableId: { Ref: `Table${block}` },
    });
    put(`Group${block}`, 'AWS::EC2::SecurityGroup', {
      GroupDescription: `Block ${block}`,
      VpcId: { Ref: vpc },
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: { 'Fn::GetAtt': [vpc, 'CidrBlock'] } },
        { IpProtocol: 'tcp', FromPort: '8080', ToPort: '8080', CidrIp: '10.0.0.0/8' },
      ],
    });
    put(`Itself${block}`, 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { Ref: `Group${block}` },
      SourceSecurityGroupId: { Ref: `Group${block}` },
      IpProtocol: '-1',
    });
    put(`Server${block}`, 'AWS::EC2::Instance', {
      ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}',
      InstanceType: 't3.micro',
      SubnetId: { Ref: `Subnet${block}` },
      SecurityGroupIds: [{ Ref: `Group${block}` }],
      UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/bash\necho \${Subnet${block}.AvailabilityZone} > /root/zone\n` } },
      Tags: tags,
    });
    put(`Targets${block}`, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 8080,
      Protocol: 'HTTP',
      VpcId: { Ref: vpc },
      TargetType: 'instance',
      Targets: [{ Id: { Ref: `Server${block}` } }],
    });
    put(`Topic${block}`, 'AWS::SNS::Topic', { DisplayName: `Block ${block}` });
    put(`Alarm${block}`, 'AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: { Ref: `Server${block}` } }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [{ Ref: `Topic${block}` }],
    });
  }
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: resources };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${JSON.stringify(await measureLoad(), null, 2)}\n`);
