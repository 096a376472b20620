import { loadTexts } from '@terrace/cloud/assembly/load';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { describe, expect, test } from 'vitest';
import { behindBalancer, type SeenTarget } from './behind-balancer.ts';

interface Shape {
  /** Ingress of the servers' group. */
  readonly servers?: string;
  readonly database?: string;
  readonly members?: number;
  readonly action?: string;
  readonly more?: string;
}

const fromBalancer = '[{ IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Front }]';
const fromServers = '[{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Inside }]';

const template = ({ servers = fromBalancer, database = fromServers, members = 1, action, more = '' }: Shape) => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attached: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Out: { Type: AWS::EC2::Route, DependsOn: Attached, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2b } }
  OfA: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref A, RouteTableId: !Ref Table } }
  OfB: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref B, RouteTableId: !Ref Table } }
  Front: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: front, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }] } }
  Inside: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: inside, VpcId: !Ref Vpc, SecurityGroupIngress: ${servers} } }
  Data: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: data, VpcId: !Ref Vpc, SecurityGroupIngress: ${database} } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, SecurityGroupIds: [!Ref Inside] } } }
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: { MinSize: '0', MaxSize: '2', DesiredCapacity: '${members}', VPCZoneIdentifier: [!Ref A], TargetGroupARNs: [!Ref Targets], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Out, Properties: { Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Front] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, HealthCheckPath: /health } }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [${action ?? '{ Type: forward, TargetGroupArn: !Ref Targets }'}] }
  Group: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: data, SubnetIds: [!Ref A, !Ref B] } }
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: '20', MasterUsername: shop, ManageMasterUserPassword: true, DBSubnetGroupName: !Ref Group, VPCSecurityGroups: [!Ref Data] }
${more}`;

const other = `
  Empty: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, TargetType: ip } }
  Rule: { Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: { ListenerArn: !Ref Listener, Priority: 1, Conditions: [{ Field: path-pattern, Values: [/api/*] }], Actions: [{ Type: forward, TargetGroupArn: !Ref Empty }] } }`;
const service = `${other}
  Cluster: { Type: AWS::ECS::Cluster }
  Api: { Type: AWS::ECS::Service, DependsOn: Rule, Properties: { Cluster: !Ref Cluster, TaskDefinition: api, LoadBalancers: [{ TargetGroupArn: !Ref Empty, ContainerName: api, ContainerPort: 80 }] } }`;

async function behind(shape: Shape, verdicts: readonly (readonly [string, string | null])[], port = 80) {
  const loaded = await loadTexts({ 'shop.yaml': template(shape) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const inventory = loaded.value;
  const fleet = initialFleet(inventory);
  const network = networkView(inventory, fleet);
  const seen = verdicts.map(([health, reason], at): SeenTarget => {
    return { targetGroup: 'Targets', target: `Servers/${at}`, port: 80, health, reason };
  });
  const id = inventory.resources.find(({ logicalId }) => logicalId === 'Balancer')!.physicalId;
  return behindBalancer({ inventory, network, fleet, seen }, id, port)!;
}

const well = [['healthy', null]] as const;

describe('behind a balancer', () => {
  test('all is well where its targets are, down to the database', async () => {
    const links = await behind({}, well);
    expect(links.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'listener passed',
      'target passed',
      'database passed',
    ]);
  });

  test.each<[string, Shape, readonly (readonly [string, string | null])[], string, string, string]>([
    [
      'a group that does not admit the balancer',
      { servers: '[]' },
      [['unhealthy', 'Target.Timeout']],
      'target',
      'Inside',
      'Inside',
    ],
    [
      'another port admitted',
      { servers: '[{ IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref Front }]' },
      [['unhealthy', 'Target.Timeout']],
      'target',
      'Inside',
      'Inside',
    ],
    [
      'nobody who listens',
      {},
      [['unhealthy', 'Target.FailedHealthChecks: Connection refused']],
      'target',
      'network is fine',
      'listens on port 80',
    ],
    [
      'a page that is not there',
      {},
      [['unhealthy', 'Target.ResponseCodeMismatch: 404']],
      'target',
      'HTTP 80 /health, answered by 200',
      'HealthCheckPath',
    ],
    [
      'a group without members',
      { members: 0 },
      [],
      'target-group',
      'Servers has no instance',
      'desired capacity of Servers',
    ],
    ['a group that nobody fills', { more: other }, well, 'target-group', 'nothing is registered', 'TargetGroupARNs'],
    [
      'a group of an ECS service',
      { more: service },
      well,
      'target-group',
      'Api, an ECS service, which is not carried out',
      'service',
    ],
    ['a database that admits no server', { database: '[]' }, well, 'database', 'no server here can reach it', 'Data'],
  ])('%s is the cause', async (_, shape, verdicts, kind, seen, next) => {
    const failed = (await behind(shape, verdicts)).find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ kind, seen: { en: expect.stringContaining(seen) } });
    expect(failed?.next?.en).toContain(next);
  });

  test('a port without a listener is the cause, and its ports are listed', async () => {
    expect(await behind({}, well, 443)).toMatchObject([
      { kind: 'listener', state: 'failed', next: { en: expect.stringContaining('80') } },
    ]);
  });

  test('a balancer that answers by itself needs no target', async () => {
    const links = await behind({ action: "{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }" }, []);
    expect(links.slice(0, 2)).toMatchObject([{ kind: 'listener' }, { kind: 'rule', state: 'passed' }]);
  });

  test('a target that was not looked at is not known, and not well', async () => {
    const links = await behind({}, []);
    expect(links.find(({ kind }) => kind === 'target')).toMatchObject({ state: 'unknown', next: null });
  });
});
