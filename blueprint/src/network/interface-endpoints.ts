import { Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, type CfnSubnet, type CfnVPC, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { because, becauseOfRules, nameTag } from '../reason.ts';
import { type Words, words } from '../words.ts';

/**
 * Where there is no NAT gateway, what servers must reach comes to them: one private address of each service, in each subnet given.
 * Packages and the application come from S3 by the gateway endpoint, which is free.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export function buildInterfaceEndpoints(
  scope: Construct,
  network: { readonly vpc: CfnVPC; readonly range: string; readonly subnets: readonly CfnSubnet[] },
): void {
  if (network.subnets.length === 0) return;
  const group = because(
    new CfnSecurityGroup(scope, 'EndpointSecurityGroup', {
      vpcId: network.vpc.ref,
      groupDescription: 'Endpoints of AWS services: admit HTTPS from the servers of the VPC',
      tags: nameTag('endpoint-security-group'),
      securityGroupIngress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: network.range,
          description: 'HTTPS from the servers of this VPC',
        },
      ],
      securityGroupEgress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: '127.0.0.1/32',
          description: 'Calls nobody: with no rule at all AWS would allow everything',
        },
      ],
    }),
    'network',
    words(
      'Endpoints answer the VPC’s own servers on HTTPS and nobody else.',
      '엔드포인트는 이 VPC의 서버가 보낸 HTTPS 요청에만 응답합니다.',
    ),
  );
  becauseOfRules(group, {
    SecurityGroupIngress: [
      words(
        'Servers of both tiers call the services; without it they wait until they time out.',
        '두 계층의 서버가 서비스를 호출합니다. 이 규칙이 없으면 시간 초과까지 기다리게 됩니다.',
      ),
    ],
    SecurityGroupEgress: [
      words('Endpoints answer and never call.', '엔드포인트는 응답만 하고 먼저 접속하지 않습니다.'),
    ],
  });
  for (const [name, service, reason] of services) {
    because(
      new CfnVPCEndpoint(scope, `${name}Endpoint`, {
        vpcId: network.vpc.ref,
        serviceName: `com.amazonaws.${Stack.of(scope).region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: network.subnets.map((subnet) => subnet.ref),
        securityGroupIds: [group.attrGroupId],
      }),
      'network',
      words(`${reason.en} 0.013 USD an hour in each zone.`, `${reason.ko} 가용 영역마다 시간당 0.013달러입니다.`),
    );
  }
}

const services: readonly (readonly [name: string, service: string, reason: Words])[] = [
  [
    'Secrets',
    'secretsmanager',
    words(
      'The application reads the database’s password here; without NAT this is its only way.',
      '애플리케이션이 데이터베이스 비밀번호를 읽는 곳입니다. NAT가 없으면 이 길뿐입니다.',
    ),
  ],
  [
    'Signal',
    'cloudformation',
    words(
      'A server tells CloudFormation here that it has booted; unheard, the deployment would be rolled back.',
      '서버가 부팅을 마쳤다고 CloudFormation에 알리는 곳입니다. 알리지 못하면 배포가 되돌려집니다.',
    ),
  ],
  ['Management', 'ssm', words('SSM manages the servers through it.', 'SSM이 이 엔드포인트로 서버를 관리합니다.')],
  [
    'Sessions',
    'ssmmessages',
    words('Session Manager opens sessions through it.', 'Session Manager가 이 엔드포인트로 세션을 엽니다.'),
  ],
];
