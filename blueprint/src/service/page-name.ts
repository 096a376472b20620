import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnHostedZone, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { admit } from '../network/security-group.ts';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';
import type { WebTier } from './web-tier.ts';

export interface PageNameProps {
  /** For example `play.example.com`. */
  readonly domain: string;
  /** Existing public hosted zone of that domain; `null` makes one, whose name servers the registrar has to be told. */
  readonly hostedZone: string | null;
  readonly web: WebTier;
}

/** The page under its own name, with a certificate that renews itself; plain HTTP only points to HTTPS. */
export class PageName extends Construct {
  constructor(scope: Construct, id: string, { domain, hostedZone, web }: PageNameProps) {
    super(scope, id);
    const zone = hostedZone ?? this.#zone(domain);
    const certificate = because(
      new CfnCertificate(this, 'Certificate', {
        domainName: domain,
        validationMethod: 'DNS',
        domainValidationOptions: [{ domainName: domain, hostedZoneId: zone }],
        tags: nameTag('page-certificate'),
      }),
      'edge',
      words(
        'Proves to browsers that the page is ours. Free, and renewed by AWS as long as the name stands in the zone.',
        '브라우저에 우리 페이지임을 증명합니다. 무료이며 이름이 호스팅 영역에 있는 한 AWS가 갱신합니다.',
      ),
    );
    because(
      new CfnListener(this, 'SecureListener', {
        loadBalancerArn: web.balancer.balancer.ref,
        port: 443,
        protocol: 'HTTPS',
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        certificates: [{ certificateArn: certificate.ref }],
        defaultActions: [{ type: 'forward', targetGroupArn: web.balancer.targets.ref }],
      }),
      'edge',
      words(
        'Takes requests over TLS 1.2 and newer, so that nobody between can read or change them.',
        'TLS 1.2 이상으로만 요청을 받아 중간에서 읽거나 바꿀 수 없게 합니다.',
      ),
    );
    web.balancer.listener.defaultActions = [
      { type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
    ];
    admit(this, 'SecureFromInternet', {
      into: web.balancerSecurityGroup,
      from: { range: '0.0.0.0/0' },
      port: 443,
      tier: 'edge',
      description: 'Everybody may ask for the page',
      reason: words('The page is for everybody, over HTTPS.', '누구나 HTTPS로 페이지를 볼 수 있어야 합니다.'),
    });
    const { balancer } = web.balancer;
    because(
      new CfnRecordSet(this, 'Record', {
        hostedZoneId: zone,
        name: domain,
        type: 'A',
        aliasTarget: {
          dnsName: balancer.attrDnsName,
          hostedZoneId: balancer.attrCanonicalHostedZoneId,
          evaluateTargetHealth: false,
        },
      }),
      'edge',
      words(
        'Leads the page’s name to the load balancer, whose addresses change. Asking for it costs nothing.',
        '페이지 이름을 주소가 바뀌는 로드 밸런서로 연결합니다. 별칭 레코드라 조회 비용이 없습니다.',
      ),
    );
  }

  #zone(domain: string): string {
    return because(
      new CfnHostedZone(this, 'Zone', { name: domain, hostedZoneTags: nameTag('page-zone') }),
      'edge',
      words(
        'Answers the world for this name. The certificate is issued once the registrar names this zone’s servers. 0.50 USD a month.',
        '이 이름에 대한 전 세계의 조회에 응답합니다. 도메인 등록 기관에 이 호스팅 영역의 네임서버를 등록해야 인증서가 발급됩니다. 월 0.50달러입니다.',
      ),
    ).ref;
  }
}
