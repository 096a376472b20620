import { number, object } from '../../property.ts';
import { words } from '../../words.ts';
import { form, needed } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

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
];
