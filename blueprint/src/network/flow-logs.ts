import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';

/** Records of what the VPCs refused, kept for 30 days: the first place to look when something cannot reach something. */
export function buildFlowLogs(
  scope: Construct,
  vpcs: Readonly<Record<'PublicVpc' | 'PrivateVpc', CfnVPC>>,
  role: string,
): void {
  for (const [name, vpc] of Object.entries(vpcs)) {
    const group = because(
      new CfnLogGroup(scope, `${name}FlowLogGroup`, {
        logGroupName: `/terrace/${Stack.of(scope).stackName}/${name}`,
        retentionInDays: 30,
      }),
      'network',
      words(
        'Keeps the records for 30 days and no longer: storage is charged by the gigabyte.',
        '기록을 30일만 보관합니다. 저장 용량(GB)만큼 요금이 나옵니다.',
      ),
    );
    group.applyRemovalPolicy(RemovalPolicy.DESTROY);
    because(
      new CfnFlowLog(scope, `${name}FlowLog`, {
        resourceId: vpc.ref,
        resourceType: 'VPC',
        trafficType: 'REJECT',
        logDestinationType: 'cloud-watch-logs',
        logGroupName: group.ref,
        deliverLogsPermissionArn: role,
        tags: nameTag(`${name}-flow-log`),
      }),
      'network',
      words(
        'Shows who was refused and where. Only refused traffic is recorded, which is the interesting and the small part.',
        '무엇이 어디에서 거부되었는지 보여 줍니다. 양은 적지만 중요한, 거부된 트래픽만 기록합니다.',
      ),
    );
  }
}
