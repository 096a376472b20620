import { loadTexts } from '@terrace/cloud/assembly/load';
import { expect, test } from 'vitest';
import { whyNoAnswer } from './why-no-answer.ts';

const template = (door: string, servers: string) => `
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
  Front: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: front, VpcId: !Ref Vpc, SecurityGroupIngress: ${door} } }
  Inside: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: inside, VpcId: !Ref Vpc, SecurityGroupIngress: ${servers} } }
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, SecurityGroupIds: [!Ref Inside] } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, DependsOn: Out, Properties: { Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Front] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, Targets: [{ Id: !Ref Server }] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
`;
const anybody = '[{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }]';

test.each([
  ['the door', '[]', anybody, null, 'Front'],
  ['the target', anybody, '[]', 'Target.Timeout', 'Inside'],
  ['the program', anybody, anybody, 'Target.FailedHealthChecks', 'start the program on Server'],
  ['nothing between', anybody, anybody, 'healthy', 'terrace logs of a target'],
])('the last line names what mends %s', async (_, door, servers, reason, said) => {
  const loaded = await loadTexts({ 'shop.yaml': template(door, servers) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const health = reason === 'healthy' ? { health: 'healthy', reason: null } : { health: 'unhealthy', reason };
  const targets = [{ targetGroup: 'Targets', target: 'Server', port: 80, ...health }];
  expect(whyNoAnswer(loaded.value, { targets }).at(-1)?.en).toContain(said);
});
