import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

/** A group behind a load balancer that tracks requests to each of its members. */
const template = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.2.0/24, AvailabilityZone: ap-northeast-2b}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, DependsOn: Attached, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  RoutesA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
  RoutesB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Table}}
  Packages: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.ap-northeast-2.s3, RouteTableIds: [!Ref Table]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}]}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Attached, Properties: {Scheme: internet-facing, Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Group]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2, HealthyThresholdCount: 2}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        InstanceType: t3.micro
        SecurityGroupIds: [!Ref Group]
        UserData:
          Fn::Base64: |
            #!/bin/bash
            dnf install -y nginx
            printf 'events {}\\nhttp { server { listen 80; location / { return 200; } } }\\n' > /etc/nginx/nginx.conf
            systemctl enable --now nginx
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AutoScalingGroupName: web
      MinSize: "1"
      MaxSize: "3"
      DefaultInstanceWarmup: 60
      TerminationPolicies: [OldestInstance]
      VPCZoneIdentifier: [!Ref A, !Ref B]
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}
      TargetGroupARNs: [!Ref Targets]
  Policy:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Servers
      PolicyType: TargetTrackingScaling
      TargetTrackingConfiguration:
        TargetValue: 10
        PredefinedMetricSpecification:
          PredefinedMetricType: ALBRequestCountPerTarget
          ResourceLabel: !Join ["/", [!GetAtt Balancer.LoadBalancerFullName, !GetAtt Targets.TargetGroupFullName]]
`;

interface Status {
  readonly instances: readonly { readonly id: string; readonly state: string }[];
  readonly doors: readonly { readonly url: string }[];
  readonly targets: readonly { readonly health: string }[];
  readonly groups: readonly { readonly desired: number; readonly inService: number }[];
  readonly alarms: readonly { readonly name: string; readonly state: string }[];
  readonly activities: readonly { readonly cause: string; readonly description: string }[];
}

let project: Project;
beforeAll(async () => {
  project = await Project.ofTemplate(template);
  const up = await project.terrace('up', '--detach', '--speed', '180', '--template', 'template.yaml');
  expect(up.status).toBe(0);
});
afterAll(() => project?.[Symbol.asyncDispose]());

const status = async () => (await project.terrace<Status>('status')).value;

/** Asks again and again, with so many milliseconds in between, until it is stopped; gives how many were asked and what failed. */
function load(url: string, pace: number) {
  const failed: unknown[] = [];
  let asked = 0;
  const timer = setInterval(() => {
    asked++;
    fetch(url, { headers: { connection: 'close' } })
      .then((answer) => answer.ok || failed.push(answer.status))
      .catch((error) => failed.push(error));
  }, pace);
  return {
    failed,
    stop: () => {
      clearInterval(timer);
      return asked;
    },
  };
}

describe('a group that tracks requests to each target', { timeout: 60_000 }, () => {
  test('grows under load from outside and shrinks without it, and no request fails', async () => {
    // Where none is healthy yet, requests go to all, new ones among them.
    const { doors, instances } = await until(status, ({ targets }) =>
      targets.some(({ health }) => health === 'healthy'),
    );
    const first = instances[0]!.id;
    const busy = load(doors[0]!.url, 20);
    const grown = await until(status, ({ groups }) => groups[0]!.inService === 3);
    expect(grown.groups).toMatchObject([{ desired: 3 }]);
    const [launch] = grown.activities.filter(({ cause }) => cause.includes('triggered policy'));
    expect(launch!.cause).toMatch(
      /^At \S+Z a monitor alarm TargetTracking-web-AlarmHigh-[-0-9a-f]{36} in state ALARM triggered policy \S+ changing the desired capacity from 1 to [23]\. {2}At \S+Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to [23]\.$/,
    );
    expect(busy.stop()).toBeGreaterThan(20);
    // Few enough for the alarm below the target, so that somebody asks while members leave.
    const few = load(doors[0]!.url, 150);
    const shrunk = await until(
      status,
      ({ groups, instances: left }) => groups[0]!.inService === 1 && left.length === 1,
    );
    few.stop();
    expect({ growing: busy.failed, shrinking: few.failed }).toEqual({ growing: [], shrinking: [] });
    // The oldest is the first to go.
    expect(shrunk.instances.map(({ id }) => id)).not.toContain(first);
    expect(shrunk.activities.at(-1)!.cause).toMatch(
      /AlarmLow-[-0-9a-f]{36} in state ALARM triggered policy \S+ changing the desired capacity from 3 to 1\. {2}At .* shrinking the capacity from 3 to 1\./,
    );
  });
});
