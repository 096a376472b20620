import { freemem } from 'node:os';
import { RegionUnderTest } from './region-under-test.ts';

export interface ManyInstancesMeasurement {
  readonly instances: number;
  /** Milliseconds until every one serves its page. */
  readonly milliseconds: number;
  readonly gibibytes: number;
  /** Milliseconds of a changed security group rule, from apply to enforced on new flows. */
  readonly changedRule: number;
  readonly limits: { readonly milliseconds: 30000; readonly gibibytes: 8; readonly changedRule: 300 };
}

/** Instances in eight subnets, each with nginx by its own user data. */
export async function measureManyInstances(instances: number): Promise<ManyInstancesMeasurement> {
  await using region = await RegionUnderTest.make();
  const before = freemem();
  const summary = await region.up('--template', await region.write('many.json', template(instances, true)));
  const after = freemem();
  const addresses = summary.instances.map((each) => each.address);
  const checked = (await region.terrace(
    'exec',
    'Instance0',
    '--',
    'sh',
    '-c',
    `for each in ${addresses.join(' ')}; do curl -sf "http://$each/" || echo "no $each"; done`,
  )) as { output: string };
  const pages = checked.output.split('\n').filter((line) => line.startsWith('page of ')).length;
  if (pages !== instances) throw new Error(`${pages} of ${instances} pages: ${checked.output.slice(0, 400)}`);
  const changed = await region.up('--template', await region.write('many.json', template(instances, false)));
  const probe = (await region
    .terrace('probe', 'Instance0', 'Instance1', '--port', '80', '--wait', '500')
    .catch((error: { stdout?: string }) => JSON.parse(error.stdout ?? '{}'))) as { outcome?: string };
  if (probe.outcome !== 'timeout') throw new Error(`the rule is gone, and the probe says ${probe.outcome}`);
  return {
    instances,
    milliseconds: summary.timings.total!,
    gibibytes: (before - after) / 1024 ** 3,
    changedRule: changed.timings.fabric!,
    limits: { milliseconds: 30000, gibibytes: 8, changedRule: 300 },
  };
}

function template(instances: number, open: boolean): string {
  const subnets = Array.from({ length: 8 }, (_, index) => [
    [
      `Subnet${index}`,
      {
        Type: 'AWS::EC2::Subnet',
        Properties: {
          VpcId: { Ref: 'Vpc' },
          CidrBlock: `10.20.${index}.0/24`,
          AvailabilityZone: `ap-northeast-2${'abc'[index % 3]}`,
        },
      },
    ],
    [
      `Routes${index}`,
      {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: `Subnet${index}` }, RouteTableId: { Ref: 'Table' } },
      },
    ],
  ]).flat();
  const servers = Array.from({ length: instances }, (_, index) => [
    `Instance${index}`,
    {
      Type: 'AWS::EC2::Instance',
      Properties: {
        ImageId: 'ami-0123456789abcdef0',
        InstanceType: 't3.micro',
        SubnetId: { Ref: `Subnet${index % 8}` },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
        UserData: {
          'Fn::Base64': `#!/bin/bash\nset -e\ndnf install -y nginx\necho 'page of ${index}' > /usr/share/nginx/html/index.html\nsystemctl enable --now nginx\n`,
        },
      },
    },
  ]);
  const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.20.0.0/16' };
  return JSON.stringify({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16' } },
      Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
      Packages: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcId: { Ref: 'Vpc' },
          ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
          RouteTableIds: [{ Ref: 'Table' }],
        },
      },
      ...Object.fromEntries(subnets),
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { VpcId: { Ref: 'Vpc' }, GroupDescription: 'web', SecurityGroupIngress: open ? [rule] : [] },
      },
      ...Object.fromEntries(servers),
    },
  });
}
