import type { Resource } from '../../inventory.ts';
import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused, refusedItem } from '../contract/refused.ts';
import type { Rule } from '../contract/rule.ts';
import { type AttributeForm, attributeFaults, attributeOf } from '../load-balancer/attribute-rules.ts';

const types = ['AWS::ElasticLoadBalancingV2::TargetGroup'];
const list = 'TargetGroupAttributes';
const page = 'elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html';
const editPage = 'elasticloadbalancing/latest/application/edit-target-group-attributes.html';
const truth = { words: ['true', 'false'] };

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const forms: Readonly<Record<string, AttributeForm>> = {
  'deregistration_delay.timeout_seconds': { from: 0, to: 3600 },
  'deregistration_delay.connection_termination.enabled': truth,
  'stickiness.enabled': truth,
  'stickiness.type': {
    words: ['lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'],
  },
  'stickiness.lb_cookie.duration_seconds': { from: 1, to: 604_800 },
  'stickiness.app_cookie.duration_seconds': { from: 1, to: 604_800 },
  'stickiness.app_cookie.cookie_name': null,
  'slow_start.duration_seconds': null,
  'load_balancing.algorithm.type': { words: ['round_robin', 'least_outstanding_requests', 'weighted_random'] },
  'load_balancing.algorithm.anomaly_mitigation': { words: ['on', 'off'] },
  'load_balancing.cross_zone.enabled': { words: ['true', 'false', 'use_load_balancer_configuration'] },
  'lambda.multi_value_headers.enabled': truth,
  'preserve_client_ip.enabled': truth,
  'proxy_protocol_v2.enabled': truth,
  'target_group_health.dns_failover.minimum_healthy_targets.count': null,
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': null,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': null,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': null,
  'target_health_state.unhealthy.connection_termination.enabled': truth,
  'target_health_state.unhealthy.draining_interval_seconds': { from: 0, to: 360_000 },
  'target_failover.on_deregistration': { words: ['rebalance', 'no_rebalance'] },
  'target_failover.on_unhealthy': { words: ['rebalance', 'no_rebalance'] },
};

/** Kinds of target groups by what they forward, and the attributes that each has alone. */
const kinds: readonly { protocols: readonly string[]; stickiness: readonly string[]; own: RegExp }[] = [
  {
    protocols: ['HTTP', 'HTTPS'],
    stickiness: ['lb_cookie', 'app_cookie'],
    own: /^(slow_start|load_balancing\.algorithm|stickiness\.(lb|app)_cookie)/,
  },
  {
    protocols: ['TCP', 'UDP', 'TLS', 'TCP_UDP'],
    stickiness: ['source_ip'],
    own: /^(preserve_client_ip|proxy_protocol_v2|deregistration_delay\.connection|target_health_state)/,
  },
];

const kindOf = ({ properties }: Resource) =>
  kinds.find(({ protocols }) => protocols.includes(text(properties, 'Protocol') ?? ''));
const stated = ({ properties }: Resource, key: string) => attributeOf(properties, list, key)?.[1] ?? '';

/** What AWS refuses of the attributes of target groups. */
export const attributeRules: readonly Rule[] = [
  {
    code: 'WRONG_ATTRIBUTE',
    types,
    page,
    what: words(
      'Attributes of a target group: each once, within AWS’s bounds.',
      '대상 그룹의 속성: 한 번씩, AWS가 정한 범위 안에서 씁니다.',
    ),
    check: ({ properties }) => attributeFaults(properties, list, forms),
  },
  refusedItem({
    code: 'WRONG_ATTRIBUTE',
    types,
    list,
    page: editPage,
    what: words('A slow start takes 30 to 900 seconds, or 0.', '느린 시작은 30~900초 또는 0입니다.'),
    where: (item) => {
      const seconds = Number(item.Value);
      const fits = seconds === 0 || (seconds >= 30 && seconds <= 900);
      return item.Key === 'slow_start.duration_seconds' && !fits ? ['Value'] : [];
    },
  }),
  refusedItem({
    code: 'WRONG_ATTRIBUTE',
    types,
    list,
    page,
    what: words(
      'Groups for HTTP stick by cookies, groups for TCP and UDP by source_ip.',
      'HTTP 대상 그룹은 쿠키로, TCP·UDP 대상 그룹은 source_ip로 세션을 고정합니다.',
    ),
    where: (item, resource) => {
      const kind = kindOf(resource);
      return kind && item.Key === 'stickiness.type' && !kind.stickiness.includes(String(item.Value)) ? ['Value'] : [];
    },
    aws: 'Stickiness type is not supported for target groups with this protocol',
  }),
  refusedItem({
    code: 'NOT_FOR_THIS_KIND',
    types,
    list,
    page,
    what: words(
      'Groups for HTTP and groups for TCP and UDP have attributes of their own.',
      'HTTP 대상 그룹과 TCP·UDP 대상 그룹에는 서로 다른 속성이 있습니다.',
    ),
    next: words('Leave it out.', '빼세요.'),
    where: (item, resource) => {
      const kind = kindOf(resource);
      const own = kinds.find((each) => each.own.test(String(item.Key)));
      return kind && own && own !== kind ? ['Key'] : [];
    },
  }),
  refusedItem({
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    list,
    page: editPage,
    what: words('A slow start goes with round_robin only.', '느린 시작은 round_robin에서만 쓸 수 있습니다.'),
    where: (item, resource) =>
      item.Key === 'slow_start.duration_seconds' &&
      Number(item.Value) > 0 &&
      /^(least|weighted)/.test(stated(resource, 'load_balancing.algorithm.type'))
        ? ['Value']
        : [],
  }),
  refused({
    code: 'NAME_RESERVED',
    types,
    page: 'elasticloadbalancing/latest/application/sticky-sessions.html',
    what: words(
      'AWS keeps the cookie names AWSALB, AWSALBAPP and AWSALBTG.',
      '쿠키 이름 AWSALB, AWSALBAPP, AWSALBTG는 AWS가 씁니다.',
    ),
    where: ({ properties }) => {
      const [at, name] = attributeOf(properties, list, 'stickiness.app_cookie.cookie_name') ?? [];
      return at && /^AWSALB(APP|TG)?$/.test(name ?? '') ? [at] : [];
    },
  }),
];
