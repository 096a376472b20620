import type { Resource } from '../../inventory.ts';
import { number, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, needed, notFor, oneOf, range, unique } from '../contract/rows.ts';
import { type Estate, isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';
import { balancerOf, kindOf, vpcOf } from './kind.ts';

const listener = ['AWS::ElasticLoadBalancingV2::Listener'];
const page = 'elasticloadbalancing/latest/APIReference/API_CreateListener.html';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const protocols: Readonly<Record<string, readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration */
const groupProtocols: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
  QUIC: ['QUIC', 'TCP_QUIC'],
  TCP_QUIC: ['TCP_QUIC'],
};

const secure = ({ properties }: Resource) => ['HTTPS', 'TLS'].includes(text(properties, 'Protocol') ?? '');
const open = ({ properties }: Resource) =>
  ['HTTP', 'TCP', 'UDP', 'TCP_UDP'].includes(text(properties, 'Protocol') ?? '');
const kindOfListener = (resource: Resource, estate: Estate) => {
  const balancer = balancerOf(resource, estate);
  return balancer && kindOf(balancer);
};

/** Target groups that a listener or a rule names, with the place of each. */
export function groupsOf({ properties }: Resource): [readonly (string | number)[], string][] {
  return ['DefaultActions', 'Actions'].flatMap((list) =>
    [
      ...valuesAt(properties, `${list}.*.TargetGroupArn`),
      ...valuesAt(properties, `${list}.*.ForwardConfig.TargetGroups.*.TargetGroupArn`),
    ].map(([at, value]) => [at, String(value)] as [readonly (string | number)[], string]),
  );
}

/** The listener itself, or that of a rule. */
export function listenerOf(resource: Resource, estate: Estate): Resource | undefined {
  return resource.type === listener[0] ? resource : estate.find(resource.properties.ListenerArn);
}

const both = ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule'];

export const listenerRules: readonly Rule[] = [
  range({ types: listener, path: 'Port', from: 1, to: 65_535, page }),
  unique({
    types: listener,
    path: 'Port',
    code: 'PORT_TAKEN',
    said: words('A load balancer has one listener for each port.', '로드 밸런서에는 포트마다 리스너가 하나입니다.'),
    key: ({ properties }, value) =>
      isKnown(properties.LoadBalancerArn) ? `${text(properties, 'LoadBalancerArn')} ${String(value)}` : undefined,
    page,
    aws: 'A listener already exists on this port for this load balancer',
  }),
  needed({
    types: listener,
    paths: ['Protocol'],
    when: (resource, estate) => ['application', 'network'].includes(kindOfListener(resource, estate) ?? ''),
    page,
    aws: 'A listener protocol must be specified',
  }),
  needed({
    types: listener,
    paths: ['Port'],
    when: (resource, estate) => ['application', 'network'].includes(kindOfListener(resource, estate) ?? ''),
    page,
    aws: 'A listener port must be specified',
  }),
  notFor({
    types: listener,
    path: 'Port',
    kind: words('a Gateway Load Balancer', 'Gateway Load Balancer'),
    when: (resource, estate) => kindOfListener(resource, estate) === 'gateway',
    page,
  }),
  {
    code: 'PROTOCOL_NOT_SUPPORTED',
    types: listener,
    page,
    what: words(
      'A listener’s protocol is one that its kind of load balancer speaks.',
      '리스너 프로토콜은 로드 밸런서 유형이 지원하는 것이어야 합니다.',
    ),
    check: (resource, estate) => {
      const kind = kindOfListener(resource, estate) ?? '';
      const may = protocols[kind];
      const protocol = text(resource.properties, 'Protocol');
      if (!may || protocol === undefined || may.includes(protocol)) return [];
      return [
        {
          at: ['Protocol'],
          cause: words(
            `A load balancer of type ${kind} has no ${protocol} listeners.`,
            `${kind} 유형의 로드 밸런서에는 ${protocol} 리스너를 만들 수 없습니다.`,
          ),
          next: words(`Write one of ${may.join(', ')}.`, `다음 중 하나를 쓰세요: ${may.join(', ')}`),
          aws: `Listener protocol '${protocol}' is not supported for load balancers of type '${kind}'`,
        },
      ];
    },
  },
  needed({
    types: listener,
    paths: ['Certificates'],
    said: words('A listener for HTTPS or TLS', 'HTTPS·TLS 리스너'),
    when: secure,
    at: ['Protocol'],
    page,
    aws: 'A certificate must be specified for HTTPS listeners',
  }),
  {
    code: 'TOO_MANY',
    types: listener,
    page,
    what: words(
      'Certificates of a listener: one, the others are AWS::ElasticLoadBalancingV2::ListenerCertificate.',
      '리스너의 Certificates에는 하나만 쓰고 나머지는 AWS::ElasticLoadBalancingV2::ListenerCertificate로 추가합니다.',
    ),
    check: ({ properties }) => {
      const list = properties.Certificates;
      if (!Array.isArray(list) || list.length === 1 || (list.length === 0 && !secure({ properties } as Resource)))
        return [];
      return [
        {
          at: ['Certificates'],
          cause: words(
            `A listener takes exactly one certificate here, and there are ${list.length}.`,
            `여기에는 인증서를 정확히 하나 쓰는데 ${list.length}개 있습니다.`,
          ),
          next: words(
            'Keep one, and add the others by AWS::ElasticLoadBalancingV2::ListenerCertificate.',
            '하나만 쓰고 나머지는 AWS::ElasticLoadBalancingV2::ListenerCertificate로 추가하세요.',
          ),
        },
      ];
    },
  },
  notFor({
    types: listener,
    path: 'Certificates.*',
    kind: words('a listener without TLS', 'TLS가 없는 리스너'),
    when: open,
    page,
    aws: 'A certificate cannot be specified for HTTP listeners',
  }),
  notFor({
    types: listener,
    path: 'SslPolicy',
    kind: words('a listener without TLS', 'TLS가 없는 리스너'),
    when: open,
    page,
    aws: 'An SSL policy cannot be specifed for HTTP listeners',
  }),
  notFor({
    types: listener,
    path: 'AlpnPolicy',
    kind: words('a listener that is not for TLS', 'TLS가 아닌 리스너'),
    when: ({ properties }) => ['HTTP', 'HTTPS', 'TCP', 'UDP', 'TCP_UDP'].includes(text(properties, 'Protocol') ?? ''),
    page,
  }),
  oneOf({
    types: listener,
    path: 'AlpnPolicy.*',
    values: ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'],
    page,
  }),
  form({
    types: listener,
    path: 'SslPolicy',
    code: 'WRONG_FORM',
    pattern: /^ELBSecurityPolicy-[A-Za-z0-9-]+$/,
    said: words(
      'a policy is written as ELBSecurityPolicy-TLS13-1-2-2021-06',
      '보안 정책은 ELBSecurityPolicy-TLS13-1-2-2021-06처럼 씁니다.',
    ),
    when: secure,
    page: 'elasticloadbalancing/latest/application/describe-ssl-policies.html',
    aws: (name) => `SSL policy '${name}' not found`,
  }),
  refused({
    code: 'OTHER_REGION',
    types: listener,
    page: 'elasticloadbalancing/latest/application/https-listener-certificates.html',
    what: words('The certificate of a listener is in its region.', '리스너의 인증서는 같은 리전에 있어야 합니다.'),
    next: words('Use a certificate of this region.', '이 리전의 인증서를 쓰세요.'),
    where: (resource, estate) =>
      valuesAt(resource.properties, 'Certificates.*.CertificateArn').flatMap(([at, arn]) => {
        const region = /^arn:[\w-]+:acm:([a-z0-9-]+):/.exec(String(arn))?.[1];
        return region !== undefined && !estate.homeOf(resource).split(/\s/).includes(region) ? [at] : [];
      }),
    aws: 'Certificate ARN is not valid',
  }),
  oneOf({ types: listener, path: 'MutualAuthentication.Mode', values: ['off', 'passthrough', 'verify'], page }),
  needed({
    types: listener,
    paths: ['MutualAuthentication.TrustStoreArn'],
    said: words('The mode verify', 'verify 모드'),
    when: ({ properties }) => text(object(properties, 'MutualAuthentication'), 'Mode') === 'verify',
    at: ['MutualAuthentication'],
    page: 'elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html',
  }),
  {
    code: 'GROUP_PROTOCOL',
    types: both,
    page: 'elasticloadbalancing/latest/network/load-balancer-target-groups.html',
    what: words(
      'A target group speaks a protocol that its listener forwards to.',
      '대상 그룹의 프로토콜은 리스너가 전달할 수 있는 것이어야 합니다.',
    ),
    check: (resource, estate) => {
      const listens = listenerOf(resource, estate);
      const protocol = text(listens?.properties ?? {}, 'Protocol') ?? '';
      const may = groupProtocols[protocol];
      const kind = (listens && kindOfListener(listens, estate)) ?? '';
      if (protocols[kind]?.includes(protocol) === false) return [];
      return groupsOf(resource).flatMap(([at, id]) => {
        const group = estate.find(id);
        const spoken = text(group?.properties ?? {}, 'Protocol');
        if (!may || !group || groupProtocols[spoken ?? ''] === undefined || may.includes(spoken ?? '')) return [];
        return [
          {
            at,
            cause: words(
              `A listener for ${protocol} cannot forward to ${group.logicalId}, whose protocol is ${spoken}.`,
              `${protocol} 리스너는 프로토콜이 ${spoken}인 ${group.logicalId}{으로/로} 전달할 수 없습니다.`,
            ),
            next: words(
              `Give the target group one of ${may.join(', ')}.`,
              `대상 그룹의 프로토콜을 다음 중 하나로 쓰세요: ${may.join(', ')}`,
            ),
            aws: `Listener protocol '${protocol}' is not supported with a target group with the protocol '${spoken}'`,
          },
        ];
      });
    },
  },
  {
    code: 'OTHER_VPC',
    types: both,
    page,
    what: words(
      'A target group is in the VPC of the load balancer that forwards to it.',
      '대상 그룹은 그리로 전달하는 로드 밸런서와 같은 VPC에 있어야 합니다.',
    ),
    check: (resource, estate) => {
      const balancer = balancerOf(listenerOf(resource, estate), estate);
      const home = balancer && vpcOf(balancer, estate);
      return groupsOf(resource).flatMap(([at, id]) => {
        const group = estate.find(id);
        const vpc = estate.find(group?.properties.VpcId);
        if (!group || !vpc || home === undefined || vpc.physicalId === home) return [];
        return [
          {
            at,
            cause: words(
              `${group.logicalId} belongs to ${vpc.logicalId}, and ${balancer?.logicalId} stands in another VPC.`,
              `${group.logicalId}{은/는} ${vpc.logicalId}에 있는데 ${balancer?.logicalId}{은/는} 다른 VPC에 있습니다.`,
            ),
            next: words('Use a target group of the same VPC.', '같은 VPC의 대상 그룹을 쓰세요.'),
            aws: `The target group and the load balancer are not in the same VPC`,
          },
        ];
      });
    },
  },
  {
    code: 'TARGET_GROUP_TAKEN',
    types: both,
    page: 'elasticloadbalancing/latest/application/load-balancer-target-groups.html',
    what: words('A target group belongs to one load balancer.', '대상 그룹은 한 로드 밸런서에만 속합니다.'),
    check: (resource, estate) => {
      const balancer = balancerOf(listenerOf(resource, estate), estate);
      if (!balancer) return [];
      return groupsOf(resource).flatMap(([at, id]) => {
        const first = estate
          .ofType(...both)
          .filter((other) => groupsOf(other).some(([, each]) => each === id))
          .map((other) => balancerOf(listenerOf(other, estate), estate))
          .find((each) => each !== undefined);
        const group = estate.find(id);
        if (!group || !first || first === balancer) return [];
        return [
          {
            at,
            cause: words(
              `${group.logicalId} gets requests from ${first.logicalId} already; AWS takes one load balancer for a target group.`,
              `${group.logicalId}{은/는} 이미 ${first.logicalId}의 대상 그룹입니다. 대상 그룹은 한 로드 밸런서에만 연결됩니다.`,
            ),
            next: words('Make a target group for each load balancer.', '로드 밸런서마다 대상 그룹을 만드세요.'),
            aws: `The following target groups cannot be associated with more than one load balancer: ${id}`,
          },
        ];
      });
    },
  },
  range({
    types: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
    path: 'Priority',
    from: 1,
    to: 50_000,
    page: rulePage(),
  }),
  unique({
    types: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
    path: 'Priority',
    code: 'PRIORITY_TAKEN',
    said: words('A listener has one rule for each priority.', '리스너에는 우선순위마다 규칙이 하나입니다.'),
    key: ({ properties }, value) =>
      isStated(properties, 'ListenerArn') && isKnown(properties.ListenerArn)
        ? `${String(properties.ListenerArn)} ${number({ value }, 'value')}`
        : undefined,
    page: rulePage(),
    aws: 'The specified priority is in use',
  }),
  {
    code: 'NOT_FOR_THIS_KIND',
    types: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
    page: rulePage(),
    what: words(
      'Only listeners of an Application Load Balancer have rules.',
      '규칙은 Application Load Balancer의 리스너에만 둡니다.',
    ),
    check: (resource, estate) => {
      const kind = kindOfListener(listenerOf(resource, estate) as Resource, estate) ?? 'application';
      if (kind !== 'network' && kind !== 'gateway') return [];
      return [
        {
          at: ['ListenerArn'],
          cause: words(
            `The listener belongs to a load balancer of type ${kind}, which has no rules.`,
            `이 리스너의 로드 밸런서는 ${kind} 유형이라 규칙을 둘 수 없습니다.`,
          ),
          next: words('Forward by the listener’s DefaultActions.', '리스너의 DefaultActions로 전달하세요.'),
        },
      ];
    },
  },
];

function rulePage(): string {
  return 'elasticloadbalancing/latest/APIReference/API_CreateRule.html';
}
