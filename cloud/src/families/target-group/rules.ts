import type { Resource } from '../../inventory.ts';
import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { form, length, needed, notFor, range, unique } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';
import { type AttributeForm, attributeFaults, attributeOf } from '../load-balancer/attribute-rules.ts';
import { targetRules } from './target-rules.ts';

const types = ['AWS::ElasticLoadBalancingV2::TargetGroup'];
const page = 'elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html';

const targetType = ({ properties }: Resource) => text(properties, 'TargetType') ?? 'instance';
const isFunction = (resource: Resource) => targetType(resource) === 'lambda';
const isWeb = ({ properties }: Resource) => ['HTTP', 'HTTPS'].includes(text(properties, 'Protocol') ?? '');

/** The protocol of health checks: HTTP for web groups, functions and load balancers, TCP for the others, unless stated. */
function checkProtocol({ properties }: Resource): string {
  const stated = text(properties, 'HealthCheckProtocol');
  if (stated !== undefined) return stated;
  return isWeb({ properties } as Resource) || ['lambda', 'alb'].includes(text(properties, 'TargetType') ?? '')
    ? 'HTTP'
    : 'TCP';
}

const checkedByTcp = (resource: Resource) =>
  checkProtocol(resource) === 'TCP' && resource.properties.Protocol !== undefined;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const forms: Readonly<Record<string, AttributeForm>> = {
  'deregistration_delay.timeout_seconds': { from: 0, to: 3600 },
  'deregistration_delay.connection_termination.enabled': { words: ['true', 'false'] },
  'stickiness.enabled': { words: ['true', 'false'] },
  'stickiness.type': {
    words: ['lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'],
  },
  'stickiness.lb_cookie.duration_seconds': { from: 1, to: 604_800 },
  'stickiness.app_cookie.duration_seconds': { from: 1, to: 604_800 },
  'load_balancing.algorithm.type': { words: ['round_robin', 'least_outstanding_requests', 'weighted_random'] },
  'load_balancing.algorithm.anomaly_mitigation': { words: ['on', 'off'] },
  'load_balancing.cross_zone.enabled': { words: ['true', 'false', 'use_load_balancer_configuration'] },
  'lambda.multi_value_headers.enabled': { words: ['true', 'false'] },
  'preserve_client_ip.enabled': { words: ['true', 'false'] },
  'proxy_protocol_v2.enabled': { words: ['true', 'false'] },
};

/** What AWS refuses of target groups and their health checks. */
export const rules: readonly Rule[] = [
  length({
    types,
    path: 'Name',
    most: 32,
    page,
    aws: (name) => `Target group name '${name}' cannot be longer than '32' characters`,
  }),
  form({
    types,
    path: 'Name',
    pattern: /^[A-Za-z0-9-]+$/,
    said: words('a name has letters, digits and hyphens', '이름에는 영문자, 숫자, 하이픈만 쓸 수 있습니다.'),
    page,
    aws: (name) =>
      `Target group name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
  }),
  form({
    types,
    path: 'Name',
    pattern: /^[^-].*[^-]$|^[^-]$/s,
    said: words('a name begins and ends with a letter or digit', '이름은 영문자나 숫자로 시작하고 끝나야 합니다.'),
    page,
    aws: (name) => `Target group name '${name}' cannot begin or end with '-'`,
  }),
  unique({
    types,
    path: 'Name',
    code: 'NAME_TAKEN',
    said: words(
      'A target group’s name is unique in its account and region.',
      '대상 그룹의 이름은 계정과 리전 안에서 하나뿐입니다.',
    ),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page,
    aws: 'A target group with the same name already exists, but with different settings',
  }),
  range({ types, path: 'Port', from: 1, to: 65_535, page }),
  range({ types, path: 'HealthCheckIntervalSeconds', from: 5, to: 300, page }),
  range({ types, path: 'HealthCheckTimeoutSeconds', from: 2, to: 120, page }),
  range({ types, path: 'HealthyThresholdCount', from: 2, to: 10, page }),
  range({ types, path: 'UnhealthyThresholdCount', from: 2, to: 10, page }),
  ...['Port', 'Protocol', 'VpcId'].map((path) =>
    needed({
      types,
      paths: [path],
      said: words('A target group that is not for a function', '함수용이 아닌 대상 그룹'),
      when: (resource) => !isFunction(resource),
      page,
      aws: `A ${{ Port: 'port', Protocol: 'protocol', VpcId: 'VPC' }[path]} must be specified`,
    }),
  ),
  ...['Port', 'Protocol', 'VpcId', 'ProtocolVersion'].map((path) =>
    notFor({ types, path, kind: words('a target group for a function', '함수용 대상 그룹'), when: isFunction, page }),
  ),
  notFor({
    types,
    path: 'ProtocolVersion',
    kind: words('a target group without HTTP', 'HTTP가 아닌 대상 그룹'),
    when: (resource) => resource.properties.Protocol !== undefined && !isWeb(resource),
    page,
  }),
  {
    code: 'TIMEOUT_NOT_BELOW_INTERVAL',
    types,
    page: 'elasticloadbalancing/latest/application/target-group-health-checks.html',
    what: words(
      'The timeout of a health check is shorter than its interval.',
      '상태 확인의 제한 시간은 간격보다 짧아야 합니다.',
    ),
    check: (resource) => {
      const { properties } = resource;
      if (!isWeb(resource)) return [];
      const interval =
        number(properties, 'HealthCheckIntervalSeconds') ??
        (properties.HealthCheckIntervalSeconds === undefined ? 30 : undefined);
      const timeout =
        number(properties, 'HealthCheckTimeoutSeconds') ??
        (properties.HealthCheckTimeoutSeconds === undefined ? 5 : undefined);
      if (interval === undefined || timeout === undefined || timeout < interval) return [];
      return [
        {
          at: [
            properties.HealthCheckTimeoutSeconds === undefined
              ? 'HealthCheckIntervalSeconds'
              : 'HealthCheckTimeoutSeconds',
          ],
          cause: words(
            `The timeout is ${timeout} s and the interval ${interval} s.`,
            `제한 시간이 ${timeout}초, 간격이 ${interval}초입니다.`,
          ),
          next: words('Make the timeout shorter than the interval.', '제한 시간을 간격보다 짧게 하세요.'),
          aws: `Health check timeout '${timeout}' must be smaller than the interval '${interval}'`,
        },
      ];
    },
  },
  {
    code: 'PROTOCOL_NOT_SUPPORTED',
    types,
    page,
    what: words(
      'Groups for HTTP are checked by HTTP or HTTPS, others by TCP, HTTP or HTTPS; a group for a load balancer speaks TCP.',
      'HTTP 대상 그룹은 HTTP·HTTPS로, 나머지는 TCP·HTTP·HTTPS로 상태를 확인합니다. 로드 밸런서용 대상 그룹의 프로토콜은 TCP입니다.',
    ),
    check: (resource) => {
      const protocol = text(resource.properties, 'Protocol');
      const stated = text(resource.properties, 'HealthCheckProtocol');
      const may =
        isWeb(resource) || ['lambda', 'alb'].includes(targetType(resource))
          ? ['HTTP', 'HTTPS']
          : ['TCP', 'HTTP', 'HTTPS'];
      if (targetType(resource) === 'alb' && protocol !== undefined && protocol !== 'TCP' && protocol !== 'TLS')
        return [fault('Protocol', protocol, ['TCP'], 'alb')];
      if (stated === undefined || may.includes(stated)) return [];
      return [fault('HealthCheckProtocol', stated, may, protocol ?? targetType(resource))];
    },
  },
  ...['HealthCheckPath', 'Matcher'].map((path) =>
    notFor({
      types,
      path,
      kind: words('health checks by TCP', 'TCP 상태 확인'),
      when: checkedByTcp,
      page,
      aws:
        path === 'Matcher'
          ? 'Custom health check matchers are not supported for health checks with the TCP protocol'
          : 'Health check path is not supported for health checks with the TCP protocol',
    }),
  ),
  form({
    types,
    path: 'HealthCheckPath',
    code: 'WRONG_FORM',
    pattern: /^\/.{0,1023}$/s,
    said: words('a path begins with / and has up to 1024 characters', '경로는 /로 시작하며 1024자까지입니다.'),
    when: ({ properties }) => text(properties, 'ProtocolVersion') !== 'GRPC',
    page,
  }),
  form({
    types,
    path: 'HealthCheckPort',
    code: 'WRONG_FORM',
    pattern: /^(traffic-port|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    said: words('it is traffic-port or 1 to 65535', 'traffic-port 또는 1~65535입니다.'),
    page,
  }),
  form({
    types,
    path: 'Matcher.HttpCode',
    code: 'WRONG_FORM',
    pattern: /^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$/,
    said: words('codes are written as 200, 200,202 or 200-299', '코드는 200, 200,202, 200-299처럼 씁니다.'),
    page: 'elasticloadbalancing/latest/APIReference/API_Matcher.html',
  }),
  {
    code: 'WRONG_ATTRIBUTE',
    types,
    page: 'elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html',
    what: words(
      'Attributes of a target group: each once, within AWS’s bounds.',
      '대상 그룹의 속성: 한 번씩, AWS가 정한 범위 안에서 씁니다.',
    ),
    check: ({ properties }) => attributeFaults(properties, 'TargetGroupAttributes', forms),
  },
  {
    code: 'WRONG_ATTRIBUTE',
    types,
    page: 'elasticloadbalancing/latest/application/edit-target-group-attributes.html',
    what: words('A slow start takes 30 to 900 seconds, or 0.', '느린 시작은 30~900초 또는 0입니다.'),
    check: ({ properties }) => {
      const [at, value] = attributeOf(properties, 'TargetGroupAttributes', 'slow_start.duration_seconds') ?? [];
      const seconds = Number(value);
      if (!at || seconds === 0 || (seconds >= 30 && seconds <= 900)) return [];
      return [
        {
          at,
          cause: words(`A slow start of ${value} s is not taken.`, `느린 시작 ${value}초는 쓸 수 없습니다.`),
          next: words('Write 30 to 900, or 0 for none.', '30~900이나 0을 쓰세요.'),
        },
      ];
    },
  },
  ...targetRules,
];

function fault(name: string, given: string, may: readonly string[], kind: string) {
  return {
    at: [name],
    cause: words(`${given} is not a ${name} for ${kind}.`, `${kind}에는 ${name} ${given}{을/를} 쓸 수 없습니다.`),
    next: words(`Write ${may.join(', ')}.`, `다음 중 하나를 쓰세요: ${may.join(', ')}`),
  };
}
