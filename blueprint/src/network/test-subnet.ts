import {
  CfnInternetGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  type CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';

/**
 * A public subnet in the VPC of the data, to stand a test instance beside the database and find out which part is broken.
 * `terrace reach` and `terrace diagnose` answer the same without it.
 */
export function buildTestSubnet(scope: Construct, vpc: CfnVPC, range: string, zone: string): CfnSubnet {
  const subnet = because(
    new CfnSubnet(scope, 'TestSubnet', {
      vpcId: vpc.ref,
      cidrBlock: range,
      availabilityZone: zone,
      mapPublicIpOnLaunch: true,
      tags: nameTag('test'),
    }),
    'database',
    words(
      'For finding out by hand whether peering or the database is at fault. Risk: the VPC of the data gets a door to the internet while it is there. `terrace diagnose` names the cause without it.',
      '피어링과 데이터베이스 중 어느 쪽이 문제인지 직접 확인하는 용도입니다. 두는 동안에는 데이터베이스가 있는 VPC에 인터넷 연결 통로가 생깁니다. `terrace diagnose`는 이것 없이도 원인을 알려 줍니다.',
    ),
  );
  const gateway = because(
    new CfnInternetGateway(scope, 'TestInternetGateway', { tags: nameTag('test-internet-gateway') }),
    'database',
    words(
      'Lets SSM reach the test instance. The database subnets have no route to it.',
      'SSM이 테스트 인스턴스에 연결하게 합니다. 데이터베이스 서브넷에는 이 게이트웨이로 가는 경로가 없습니다.',
    ),
  );
  const attachment = because(
    new CfnVPCGatewayAttachment(scope, 'TestInternetGatewayAttachment', {
      vpcId: vpc.ref,
      internetGatewayId: gateway.ref,
    }),
    'database',
    words(
      'VPC 2 has a door to the internet as long as this stands.',
      '이 연결이 있는 동안 VPC 2에는 인터넷 연결 통로가 있습니다.',
    ),
  );
  const table = because(
    new CfnRouteTable(scope, 'TestRouteTable', { vpcId: vpc.ref, tags: nameTag('test-routes') }),
    'database',
    words(
      'A table of its own, so that the database subnets never share the test subnet’s way out.',
      '데이터베이스 서브넷이 테스트 서브넷의 출구를 함께 쓰지 않도록 테이블을 따로 둡니다.',
    ),
  );
  because(
    new CfnSubnetRouteTableAssociation(scope, 'TestSubnetRoutes', { subnetId: subnet.ref, routeTableId: table.ref }),
    'database',
    words('Gives the test subnet that table.', '테스트 서브넷에 이 테이블을 적용합니다.'),
  );
  const route = because(
    new CfnRoute(scope, 'TestToInternet', {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.ref,
    }),
    'database',
    words(
      'Without it no session can be opened on the test instance.',
      '이 경로가 없으면 테스트 인스턴스에 세션을 열 수 없습니다.',
    ),
  );
  route.addResourceDependency(attachment);
  return subnet;
}
