import { CfnParameter, type CfnResource, Stack } from 'aws-cdk-lib';
import {
  CfnInternetGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  CfnVPCGatewayAttachment,
  CfnVPCPeeringConnection,
} from 'aws-cdk-lib/aws-ec2';

import { Construct } from 'constructs';
import { because, letter, nameTag, type Tier } from '../reason.ts';
import type { Addresses, Nat } from '../settings/settings.ts';
import { type Words, words } from '../words.ts';
import { buildDatabaseAcl } from './database-acl.ts';
import { buildFlowLogs } from './flow-logs.ts';
import { buildInterfaceEndpoints } from './interface-endpoints.ts';
import { buildNatGateways, differsByZone, zonesWithoutNat } from './nat-gateways.ts';
import {
  applicationSubnetReason,
  databaseSubnetReason,
  privateVpcReason,
  publicSubnetReason,
  publicVpcReason,
  webSubnetReason,
} from './network-reasons.ts';
import { buildTestSubnet } from './test-subnet.ts';

export interface ThreeTierNetworkProps {
  readonly addresses: Addresses;
  /** Three zones; the database subnets use all of them. */
  readonly zones: readonly [string, string, string];
  readonly nat: Nat;
  /** A network ACL on the database subnets that admits this port; `null` for AWS's default, which allows everything. */
  readonly databaseAcl: { readonly port: number } | null;
  /** ARN of the role that writes records of refused traffic; `null` for no records. */
  readonly flowLogRole: string | null;
}

/**
 * Two VPCs, peered: one for what faces the public (load balancers, web and application servers), one for what
 * nobody outside may reach (the database). Subnets of a tier stand in different zones.
 *
 * ```ts
 * const network = new ThreeTierNetwork(stack, 'Network', { addresses, zones, nat: 'one', databaseAcl: { port: 5432 }, flowLogRole: null });
 * new DatabaseTier(stack, 'Database', { vpc: network.privateVpc.ref, … });
 * ```
 */
export class ThreeTierNetwork extends Construct {
  readonly publicVpc: CfnVPC;
  readonly privateVpc: CfnVPC;
  readonly publicSubnets: readonly CfnSubnet[];
  readonly webSubnets: readonly CfnSubnet[];
  readonly applicationSubnets: readonly CfnSubnet[];
  readonly databaseSubnets: readonly CfnSubnet[];
  readonly testSubnet: CfnSubnet | null;
  readonly peering: CfnVPCPeeringConnection;
  readonly #zones: readonly string[];
  readonly #ways: CfnResource[] = [];

  constructor(scope: Construct, id: string, props: ThreeTierNetworkProps) {
    super(scope, id);
    this.#zones = props.zones.map((zone, index) => this.#zone(letter(index), zone));
    const { addresses } = props;

    this.publicVpc = this.#vpc('PublicVpc', addresses.publicVpc, publicVpcReason);
    this.publicSubnets = this.#subnets('Public', 'edge', this.publicVpc, addresses.publicSubnets, publicSubnetReason);
    this.webSubnets = this.#subnets('Web', 'web', this.publicVpc, addresses.webSubnets, webSubnetReason);
    this.applicationSubnets = this.#subnets(
      'Application',
      'was',
      this.publicVpc,
      addresses.applicationSubnets,
      applicationSubnetReason,
    );
    this.privateVpc = this.#vpc('PrivateVpc', addresses.privateVpc, privateVpcReason);
    this.databaseSubnets = this.#subnets(
      'Database',
      'database',
      this.privateVpc,
      addresses.databaseSubnets,
      databaseSubnetReason,
    );
    this.peering = this.#peer();

    const publicTables = this.#routeTables('Public', 'edge', this.publicVpc, this.publicSubnets, false);
    const perZone = differsByZone(props.nat);
    const webTables = this.#routeTables('Web', 'web', this.publicVpc, this.webSubnets, perZone);
    const applicationTables = this.#routeTables('Application', 'was', this.publicVpc, this.applicationSubnets, perZone);
    const databaseTables = this.#routeTables('Database', 'database', this.privateVpc, this.databaseSubnets, false);

    const attachment = this.#internetGateway(publicTables);
    const natRoutes = buildNatGateways(this, props.nat, {
      attachment,
      publicSubnets: this.publicSubnets,
      webTables,
      applicationTables,
    });
    this.#ways.push(this.peering, ...natRoutes, ...this.#peeringRoutes(applicationTables, databaseTables, addresses));
    this.#storageEndpoint([...webTables, ...applicationTables]);
    buildInterfaceEndpoints(this, {
      vpc: this.publicVpc,
      range: addresses.publicVpc,
      subnets: zonesWithoutNat(props.nat, 2).map((index) => this.applicationSubnets[index]!),
    });
    const { testSubnet } = addresses;
    this.testSubnet = testSubnet === null ? null : buildTestSubnet(this, this.privateVpc, testSubnet, this.#zones[0]!);
    if (props.databaseAcl) {
      const callers = [...addresses.applicationSubnets, ...(testSubnet ? [testSubnet] : [])];
      buildDatabaseAcl(this, {
        vpc: this.privateVpc,
        subnets: this.databaseSubnets,
        port: props.databaseAcl.port,
        callers,
      });
    }
    if (props.flowLogRole) {
      buildFlowLogs(this, { PublicVpc: this.publicVpc, PrivateVpc: this.privateVpc }, props.flowLogRole);
    }
  }

  /**
   * Lets something of the same stack wait until there are ways out and a way to the other VPC: servers that boot sooner find no packages,
   * and a group that names one across the peering is refused. Between stacks the stacks' order does the same.
   */
  readyFor(...resources: readonly CfnResource[]): void {
    for (const resource of resources) {
      for (const way of this.#ways) resource.addResourceDependency(way);
    }
  }

  #zone(name: string, usual: string): string {
    return new CfnParameter(this, `Zone${name}`, {
      type: 'AWS::EC2::AvailabilityZone::Name',
      default: usual,
      description: `Availability zone ${name} / ${name} 가용 영역`,
    }).valueAsString;
  }

  #vpc(id: string, range: string, reason: Words): CfnVPC {
    const vpc = new CfnVPC(this, id, {
      cidrBlock: range,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: nameTag(id === 'PublicVpc' ? 'public-vpc' : 'private-vpc'),
    });
    return because(vpc, 'network', reason);
  }

  #subnets(name: string, tier: Tier, vpc: CfnVPC, ranges: readonly string[], reason: Words): CfnSubnet[] {
    return ranges.map((range, index) => {
      const subnet = new CfnSubnet(this, `${name}Subnet${letter(index)}`, {
        vpcId: vpc.ref,
        cidrBlock: range,
        availabilityZone: this.#zones[index]!,
        mapPublicIpOnLaunch: false,
        tags: nameTag(`${name.toLowerCase()}-${letter(index).toLowerCase()}`),
      });
      return because(subnet, tier, reason);
    });
  }

  /** One table for the tier, or one for each of its zones where their ways out differ. */
  #routeTables(
    name: string,
    tier: Tier,
    vpc: CfnVPC,
    subnets: readonly CfnSubnet[],
    perZone: boolean,
  ): CfnRouteTable[] {
    const table = (suffix: string): CfnRouteTable =>
      because(
        new CfnRouteTable(this, `${name}RouteTable${suffix}`, {
          vpcId: vpc.ref,
          tags: nameTag(`${name}-routes${suffix && `-${suffix}`}`.toLowerCase()),
        }),
        tier,
        words(
          'A table of its own, so that a route added for one tier never becomes a way out for another.',
          '한 계층에 더한 경로가 다른 계층의 출구가 되지 않도록 계층마다 라우팅 테이블을 따로 둡니다.',
        ),
      );
    const tables = perZone ? subnets.map((_, index) => table(letter(index))) : [table('')];
    for (const [index, subnet] of subnets.entries()) {
      because(
        new CfnSubnetRouteTableAssociation(this, `${name}SubnetRoutes${letter(index)}`, {
          subnetId: subnet.ref,
          routeTableId: tables[index % tables.length]!.ref,
        }),
        tier,
        words(
          'Without it the subnet falls back to the VPC’s main table, which leads nowhere.',
          '이 연결이 없으면 서브넷은 어디로도 나가지 못하는 VPC 기본 라우팅 테이블을 쓰게 됩니다.',
        ),
      );
    }
    return tables;
  }

  #internetGateway(publicTables: readonly CfnRouteTable[]): CfnVPCGatewayAttachment {
    const gateway = because(
      new CfnInternetGateway(this, 'InternetGateway', { tags: nameTag('internet-gateway') }),
      'edge',
      words(
        'The only door to the internet: the external load balancer is reached through it, and the NAT gateway leaves through it.',
        '인터넷으로 통하는 유일한 문입니다. 외부 로드 밸런서로 들어오고 NAT 게이트웨이로 나가는 길이 모두 이곳을 지납니다.',
      ),
    );
    const attachment = because(
      new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
        vpcId: this.publicVpc.ref,
        internetGatewayId: gateway.ref,
      }),
      'edge',
      words(
        'Only VPC 1 gets the gateway; VPC 2, with the database, has no door to the internet at all.',
        '게이트웨이는 VPC 1에만 연결합니다. 데이터베이스가 있는 VPC 2에는 인터넷 연결 통로가 아예 없습니다.',
      ),
    );
    for (const [index, table] of publicTables.entries()) {
      const route = because(
        new CfnRoute(this, `PublicToInternet${index === 0 ? '' : letter(index)}`, {
          routeTableId: table.ref,
          destinationCidrBlock: '0.0.0.0/0',
          gatewayId: gateway.ref,
        }),
        'edge',
        words(
          'This route is what makes the subnets public: load balancers answer, and NAT leaves, through it.',
          '이 경로가 있어야 퍼블릭 서브넷이 됩니다. 로드 밸런서의 응답과 NAT의 바깥 통신이 이 길로 나갑니다.',
        ),
      );
      route.addResourceDependency(attachment);
    }
    return attachment;
  }

  #peer(): CfnVPCPeeringConnection {
    return because(
      new CfnVPCPeeringConnection(this, 'Peering', {
        vpcId: this.publicVpc.ref,
        peerVpcId: this.privateVpc.ref,
        tags: nameTag('peering'),
      }),
      'network',
      words(
        'The application servers in VPC 1 reach the database in VPC 2 privately. Peering itself costs nothing; traffic between zones costs 0.01 USD a gigabyte each way.',
        'VPC 1의 애플리케이션 서버가 VPC 2의 데이터베이스에 프라이빗 네트워크로 접속합니다. 피어링 자체는 무료이고 가용 영역을 넘는 트래픽만 GB당 방향별로 0.01달러입니다.',
      ),
    );
  }

  #peeringRoutes(
    applicationTables: readonly CfnRouteTable[],
    databaseTables: readonly CfnRouteTable[],
    to: Addresses,
  ): CfnRoute[] {
    const routes: CfnRoute[] = [];
    for (const [index, table] of applicationTables.entries()) {
      const route = because(
        new CfnRoute(this, `ApplicationToPrivateVpc${applicationTables.length === 1 ? '' : letter(index)}`, {
          routeTableId: table.ref,
          destinationCidrBlock: to.privateVpc,
          vpcPeeringConnectionId: this.peering.ref,
        }),
        'was',
        words(
          'The way to the database. Only the application tier has it: web servers have no route to VPC 2.',
          '데이터베이스로 가는 길입니다. 애플리케이션 계층에만 있으며 웹 서버에는 VPC 2로 가는 경로가 없습니다.',
        ),
      );
      routes.push(route);
    }
    for (const [index, table] of databaseTables.entries()) {
      const route = because(
        new CfnRoute(this, `DatabaseToPublicVpc${databaseTables.length === 1 ? '' : letter(index)}`, {
          routeTableId: table.ref,
          destinationCidrBlock: to.publicVpc,
          vpcPeeringConnectionId: this.peering.ref,
        }),
        'database',
        words(
          'The way back: without it the database receives every request and no answer ever arrives.',
          '응답이 돌아가는 길입니다. 이 경로가 없으면 요청은 데이터베이스에 도착하지만 응답이 돌아오지 못합니다.',
        ),
      );
      routes.push(route);
    }
    return routes;
  }

  #storageEndpoint(tables: readonly CfnRouteTable[]): void {
    because(
      new CfnVPCEndpoint(this, 'StorageEndpoint', {
        vpcId: this.publicVpc.ref,
        serviceName: `com.amazonaws.${Stack.of(this).region}.s3`,
        vpcEndpointType: 'Gateway',
        routeTableIds: tables.map((table) => table.ref),
      }),
      'network',
      words(
        'Free, and keeps what servers fetch from S3 (the application, and Amazon Linux’s packages) off the NAT gateway, which charges by the gigabyte.',
        '무료입니다. 서버가 S3에서 받는 것(애플리케이션과 Amazon Linux 패키지)이 GB당 요금을 받는 NAT 게이트웨이를 거치지 않습니다.',
      ),
    );
  }
}
