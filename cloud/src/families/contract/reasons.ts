import { words } from '../../words.ts';
import type { Reason } from './need.ts';

/** Reasons that come back in several types. Each is one line and names AWS's page. */

const userGuide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/** A role is handed to a service, which then acts with it. */
export function passesRole(to: string, ...paths: readonly string[]): Reason {
  return {
    why: words(`hands the role over to ${to}, which acts with it`, `${to}{이/가} 대신 쓸 역할을 넘겨줍니다`),
    page: `${userGuide}/id_roles_use_passrole.html`,
    passes: { paths, to },
  };
}

/** The first thing of its kind in an account makes the service's own role. */
export function serviceLinkedRole(service: string): Reason {
  return {
    why: words(
      `the first of its kind in an account makes the role that ${service} works with; later ones do not need it`,
      `계정에서 처음 만들 때 ${service} 전용 역할이 생깁니다. 두 번째부터는 필요 없습니다`,
    ),
    page: `${userGuide}/id_roles_create-service-linked-role.html`,
    serviceLinkedRole: service,
  };
}

/** The template names a key, so the service asks KMS in the caller's name. */
export function ownKey(page: string, ...paths: readonly string[]): Reason {
  return {
    why: words(
      'the template names a KMS key of your own, and the service uses it in your name',
      '템플릿에 직접 만든 KMS 키가 지정되어 있어, 서비스가 호출자 권한으로 그 키를 씁니다',
    ),
    page,
    key: paths,
  };
}

export function because(en: string, ko: string, page: string): Reason {
  return { why: words(en, ko), page };
}

export const pages = {
  ebsKms: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
  launchTemplate:
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html',
  ec2Console: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html',
  vpcConsole: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-policy-examples.html',
  lambdaVpc: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  flowLogs: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-user.html',
  secretsKms: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
};

export const listsVpcs = because(
  'the console offers the VPCs to choose from',
  '콘솔이 선택할 VPC 목록을 보여 줍니다',
  pages.vpcConsole,
);

export const listsLaunchChoices = because(
  'the launch wizard lists images, types, key pairs, networks and groups to choose from',
  '시작 마법사가 AMI, 유형, 키 페어, 네트워크, 보안 그룹 목록을 보여 줍니다',
  pages.ec2Console,
);

export const listsProfiles = because(
  'the console lists the instance profiles to choose from',
  '콘솔이 선택할 인스턴스 프로파일 목록을 보여 줍니다',
  pages.ec2Console,
);

export const looksAtNetwork = because(
  'Elastic Load Balancing looks at the network in your name before it places a load balancer there',
  'Elastic Load Balancing이 로드 밸런서를 배치하기 전에 호출자 권한으로 네트워크를 살펴봅니다',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html',
);
