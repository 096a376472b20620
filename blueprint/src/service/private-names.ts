import { Stack } from 'aws-cdk-lib';
import { CfnHostedZone, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';
import type { LoadBalancer } from './load-balancer.ts';

export interface PrivateNamesProps {
  /** For example `terrace.internal`. */
  readonly zone: string;
  /** Ids of the VPCs in which the names are known. */
  readonly vpcs: readonly string[];
  readonly databaseAddress: string;
  readonly internalBalancer: LoadBalancer;
}

/**
 * Names that people can remember: `database.ZONE` and `application.ZONE`, known inside the VPCs only. The application itself takes the
 * database’s own name, because that is the name in its certificate.
 */
export class PrivateNames extends Construct {
  constructor(scope: Construct, id: string, props: PrivateNamesProps) {
    super(scope, id);
    const zone = because(
      new CfnHostedZone(this, 'Zone', {
        name: props.zone,
        vpcs: props.vpcs.map((vpcId) => ({ vpcId, vpcRegion: Stack.of(this).region })),
        hostedZoneTags: nameTag('private-names'),
      }),
      'network',
      words(
        'Names that only the two VPCs know; nobody outside can even ask. 0.50 USD a month.',
        '두 VPC 안에서만 통하는 이름입니다. 바깥에서는 물어볼 수도 없습니다. 월 0.50달러입니다.',
      ),
    );
    because(
      new CfnRecordSet(this, 'Database', {
        hostedZoneId: zone.ref,
        name: `database.${props.zone}`,
        type: 'CNAME',
        ttl: '30',
        resourceRecords: [props.databaseAddress],
      }),
      'database',
      words(
        'A name for people who look for the database. Programs that verify its certificate take the name of RDS itself.',
        '데이터베이스를 찾는 사람을 위한 이름입니다. 인증서를 검증하는 프로그램은 RDS가 준 이름을 씁니다.',
      ),
    );
    const { balancer } = props.internalBalancer;
    because(
      new CfnRecordSet(this, 'Application', {
        hostedZoneId: zone.ref,
        name: `application.${props.zone}`,
        type: 'A',
        aliasTarget: {
          dnsName: balancer.attrDnsName,
          hostedZoneId: balancer.attrCanonicalHostedZoneId,
          evaluateTargetHealth: false,
        },
      }),
      'was',
      words(
        'A name for the internal load balancer that survives its replacement.',
        '내부 로드 밸런서를 바꾸어도 그대로 남는 이름입니다.',
      ),
    );
  }
}
