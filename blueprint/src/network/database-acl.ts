import {
  CfnNetworkAcl,
  CfnNetworkAclEntry,
  type CfnSubnet,
  CfnSubnetNetworkAclAssociation,
  type CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, letter, nameTag } from '../reason.ts';
import { words } from '../words.ts';

/**
 * A second lock on the database subnets that security groups cannot open: stateless, so the way back is stated too. Clients call from
 * ports 1024 to 65535.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export function buildDatabaseAcl(
  scope: Construct,
  database: {
    readonly vpc: CfnVPC;
    readonly subnets: readonly CfnSubnet[];
    readonly port: number;
    /** Ranges that may call the database. */
    readonly callers: readonly string[];
  },
): void {
  const acl = because(
    new CfnNetworkAcl(scope, 'DatabaseAcl', { vpcId: database.vpc.ref, tags: nameTag('database-acl') }),
    'database',
    words(
      'A second lock: even a security group opened by mistake lets nobody but the application subnets in. It costs nothing.',
      '두 번째 자물쇠입니다. 실수로 보안 그룹을 열어도 애플리케이션 서브넷 외에는 들어올 수 없습니다. 비용은 없습니다.',
    ),
  );
  const stateless = 'A second lock on the data alone: groups decide, the list catches a group opened by mistake.';
  accept(acl, 'AwsSolutions-VPC3', stateless);
  for (const [index, subnet] of database.subnets.entries()) {
    because(
      new CfnSubnetNetworkAclAssociation(scope, `DatabaseSubnetAcl${letter(index)}`, {
        networkAclId: acl.ref,
        subnetId: subnet.ref,
      }),
      'database',
      words(
        'Puts the subnet under this list instead of the VPC’s default, which allows everything.',
        '모두 허용하는 VPC 기본 목록 대신 이 목록을 서브넷에 적용합니다.',
      ),
    );
  }
  for (const [index, range] of database.callers.entries()) {
    const inbound = because(
      new CfnNetworkAclEntry(scope, `DatabaseAclIn${letter(index)}`, {
        networkAclId: acl.ref,
        ruleNumber: 100 + 10 * index,
        egress: false,
        ruleAction: 'allow',
        protocol: 6,
        cidrBlock: range,
        portRange: { from: database.port, to: database.port },
      }),
      'database',
      words(
        `Application servers of ${range} may call the database.`,
        `${range}의 애플리케이션 서버가 데이터베이스를 호출할 수 있습니다.`,
      ),
    );
    const outbound = because(
      new CfnNetworkAclEntry(scope, `DatabaseAclOut${letter(index)}`, {
        networkAclId: acl.ref,
        ruleNumber: 100 + 10 * index,
        egress: true,
        ruleAction: 'allow',
        protocol: 6,
        cidrBlock: range,
        portRange: { from: 1024, to: 65535 },
      }),
      'database',
      words(
        `Answers go back to ${range}: a network ACL remembers no connection, so without this every call times out.`,
        `${range}으로 응답이 돌아갑니다. 네트워크 ACL은 연결을 기억하지 않으므로 이 규칙이 없으면 모든 호출이 시간 초과됩니다.`,
      ),
    );
    for (const entry of [inbound, outbound]) accept(entry, 'AwsSolutions-VPC3', stateless);
  }
}
