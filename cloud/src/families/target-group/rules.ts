import type { Resource } from '../../inventory.ts';
import { flag, number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, length, needed, notFor, range, unique } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { attributeRules } from './attribute-rules.ts';
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
  refused({
    code: 'WRONG_VALUE',
    types,
    page,
    what: words('Health checks are off for functions only.', '상태 확인은 함수용 대상 그룹에서만 끌 수 있습니다.'),
    where: (resource) =>
      !isFunction(resource) && flag(resource.properties, 'HealthCheckEnabled') === false ? ['HealthCheckEnabled'] : [],
    aws: "Health check enabled must be true for target groups with target type 'instance'",
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: 'elasticloadbalancing/latest/APIReference/API_Matcher.html',
    what: words(
      'GrpcCode is for the protocol version GRPC, HttpCode for the others.',
      'GrpcCode는 프로토콜 버전 GRPC에, HttpCode는 나머지에 씁니다.',
    ),
    where: ({ properties }) => {
      const isGrpc = text(properties, 'ProtocolVersion') === 'GRPC';
      const wrong = isGrpc ? 'Matcher.HttpCode' : 'Matcher.GrpcCode';
      return isKnown(properties.ProtocolVersion ?? null) && isStated(properties, wrong) ? [wrong] : [];
    },
  }),
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
  ...attributeRules,
  ...targetRules,
];

function fault(name: string, given: string, may: readonly string[], kind: string) {
  return {
    at: [name],
    cause: words(`${given} is not a ${name} for ${kind}.`, `${kind}에는 ${name} ${given}{을/를} 쓸 수 없습니다.`),
    next: words(`Write ${may.join(', ')}.`, `다음 중 하나를 쓰세요: ${may.join(', ')}`),
  };
}
