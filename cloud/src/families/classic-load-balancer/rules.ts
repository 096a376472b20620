import { number, object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, notEmpty, refused, refusedItem } from '../contract/refused.ts';
import { exclusive, form, length, needed, oneOf, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::ElasticLoadBalancing::LoadBalancer'];
const page = 'elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html';
const healthPage = 'elasticloadbalancing/2012-06-01/APIReference/API_HealthCheck.html';

/** What AWS refuses of Classic Load Balancers. */
export const rules: readonly Rule[] = [
  needed({
    types,
    paths: ['Subnets', 'AvailabilityZones'],
    page,
    aws: 'Either AvailabilityZones or SubnetIds must be specified',
  }),
  form({
    types,
    path: 'HealthCheck.Target',
    code: 'WRONG_FORM',
    pattern: /^((HTTP|HTTPS):\d{1,5}\/\S{0,1023}|(TCP|SSL):\d{1,5})$/i,
    said: words('a target is written as HTTP:80/health or TCP:80', '대상은 HTTP:80/health 또는 TCP:80처럼 씁니다.'),
    page: healthPage,
  }),
  {
    code: 'TIMEOUT_NOT_BELOW_INTERVAL',
    types,
    page: healthPage,
    what: words(
      'The timeout of a health check is shorter than its interval.',
      '상태 확인의 제한 시간은 간격보다 짧아야 합니다.',
    ),
    check: ({ properties }) => {
      const check = object(properties, 'HealthCheck');
      const [timeout, interval] = [number(check, 'Timeout'), number(check, 'Interval')];
      if (timeout === undefined || interval === undefined || timeout < interval) return [];
      return [
        {
          at: ['HealthCheck', 'Timeout'],
          cause: words(
            `The timeout is ${timeout} s and the interval ${interval} s.`,
            `제한 시간이 ${timeout}초, 간격이 ${interval}초입니다.`,
          ),
          next: words('Make the timeout shorter than the interval.', '제한 시간을 간격보다 짧게 하세요.'),
          aws: 'HealthCheck timeout must be less than interval',
        },
      ];
    },
  },
  length({ types, path: 'LoadBalancerName', most: 32, page }),
  form({
    types,
    path: 'LoadBalancerName',
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    said: words(
      'a name has letters, digits and hyphens, and no hyphen at its ends',
      '이름에는 영문자, 숫자, 하이픈만 쓰며 하이픈으로 시작하거나 끝나지 않습니다.',
    ),
    page,
  }),
  exclusive({
    types,
    paths: ['Subnets', 'AvailabilityZones'],
    page,
    aws: 'Only one of SubnetIds or AvailabilityZones may be specified',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words('A load balancer has a listener.', '로드 밸런서에는 리스너가 있어야 합니다.'),
    where: ({ properties }) =>
      Array.isArray(properties.Listeners) && properties.Listeners.length === 0 ? ['Listeners'] : [],
  }),
  refusedItem({
    code: 'PORT_TAKEN',
    types,
    list: 'Listeners',
    page,
    what: words('A load balancer has one listener for each port.', '로드 밸런서에는 포트마다 리스너가 하나입니다.'),
    where: (item, _, index, all) =>
      all.findIndex((each) => number(each, 'LoadBalancerPort') === number(item, 'LoadBalancerPort')) < index
        ? ['LoadBalancerPort']
        : [],
    aws: 'A listener already exists with a different configuration on this port',
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list: 'Listeners',
    page,
    what: words('A listener for HTTPS or SSL has a certificate.', 'HTTPS·SSL 리스너에는 인증서가 필요합니다.'),
    where: (item) =>
      /^(https|ssl)$/i.test(text(item, 'Protocol') ?? '') && !isStated(item, 'SSLCertificateId') ? ['Protocol'] : [],
    aws: 'Listeners: SSLCertificateId must be specified for SSL or HTTPS',
  }),
  refusedItem({
    code: 'PROTOCOL_NOT_SUPPORTED',
    types,
    list: 'Listeners',
    page: 'elasticloadbalancing/2012-06-01/APIReference/API_Listener.html',
    what: words(
      'Instances speak a protocol of the listener’s layer: HTTP with HTTPS, TCP with SSL.',
      '인스턴스의 프로토콜은 리스너와 같은 계층이어야 합니다(HTTP와 HTTPS, TCP와 SSL).',
    ),
    where: (item) => {
      const [outer, inner] = [layerOf(text(item, 'Protocol')), layerOf(text(item, 'InstanceProtocol'))];
      return outer !== undefined && inner !== undefined && outer !== inner ? ['InstanceProtocol'] : [];
    },
  }),
  range({ types, path: 'Listeners.*.LoadBalancerPort', from: 1, to: 65_535, page }),
  range({ types, path: 'Listeners.*.InstancePort', from: 1, to: 65_535, page }),
  range({ types, path: 'HealthCheck.Interval', from: 5, to: 300, page: healthPage }),
  range({ types, path: 'HealthCheck.Timeout', from: 2, to: 60, page: healthPage }),
  range({ types, path: 'HealthCheck.HealthyThreshold', from: 2, to: 10, page: healthPage }),
  range({ types, path: 'HealthCheck.UnhealthyThreshold', from: 2, to: 10, page: healthPage }),
  oneOf({ types, path: 'Scheme', values: ['internet-facing', 'internal'], page }),
  range({
    types,
    path: 'ConnectionSettings.IdleTimeout',
    from: 1,
    to: 4000,
    page: 'elasticloadbalancing/2012-06-01/APIReference/API_ConnectionSettings.html',
  }),
  range({
    types,
    path: 'ConnectionDrainingPolicy.Timeout',
    from: 1,
    to: 3600,
    page: 'elasticloadbalancing/latest/classic/config-conn-drain.html',
  }),
  oneOf({
    types,
    path: 'AccessLoggingPolicy.EmitInterval',
    values: [5, 60],
    page: 'elasticloadbalancing/2012-06-01/APIReference/API_AccessLog.html',
  }),
  refusedItem({
    code: 'POLICY_MISSING',
    types,
    list: 'Listeners',
    page: 'AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancing-loadbalancer-listeners.html',
    what: words(
      'A listener names policies of its load balancer.',
      '리스너에는 같은 로드 밸런서에 정의한 정책만 지정합니다.',
    ),
    where: (item, { properties }) => {
      const lists = ['Policies', 'LBCookieStickinessPolicy', 'AppCookieStickinessPolicy'];
      const defined = lists.flatMap((list) => objects(properties, list).map((each) => each.PolicyName));
      return texts(item, 'PolicyNames').flatMap((name, index) =>
        defined.includes(name) || name.startsWith('ELBSecurityPolicy') || !defined.every((each) => isKnown(each))
          ? []
          : [`PolicyNames.${index}`],
      );
    },
  }),
  identifier({
    types,
    path: 'Instances.*',
    prefixes: ['i'],
    page: 'elasticloadbalancing/2012-06-01/APIReference/API_RegisterInstancesWithLoadBalancer.html',
  }),
  ...['Interval', 'Timeout', 'HealthyThreshold', 'UnhealthyThreshold'].map((name) =>
    form({
      types,
      path: `HealthCheck.${name}`,
      code: 'WRONG_FORM',
      pattern: /^\d+$/,
      said: words('it is a number', '숫자여야 합니다.'),
      page: healthPage,
    }),
  ),
  notEmpty({ types, paths: ['Subnets', 'AvailabilityZones'], page }),
];

function layerOf(protocol: string | undefined): number | undefined {
  if (/^https?$/i.test(protocol ?? '')) return 7;
  return /^(tcp|ssl)$/i.test(protocol ?? '') ? 4 : undefined;
}
