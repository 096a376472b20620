import type { Resource } from '../../inventory.ts';
import { object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { form, length, needed, oneOf, range } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::Route53::HealthCheck'];
const page = 'Route53/latest/APIReference/API_HealthCheckConfig.html';
const typeOf = ({ properties }: Resource) => text(object(properties, 'HealthCheckConfig'), 'Type') ?? '';
const endpoints = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];
const at = ['HealthCheckConfig'];

/** What AWS refuses of Route 53's health checks. */
export const rules: readonly Rule[] = [
  oneOf({
    types,
    path: 'HealthCheckConfig.Type',
    values: [...endpoints, 'CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL'],
    page,
  }),
  oneOf({ types, path: 'HealthCheckConfig.RequestInterval', values: [10, 30], page }),
  range({ types, path: 'HealthCheckConfig.FailureThreshold', from: 1, to: 10, page }),
  needed({
    types,
    paths: ['HealthCheckConfig.FullyQualifiedDomainName', 'HealthCheckConfig.IPAddress'],
    when: (resource) => endpoints.includes(typeOf(resource)),
    at,
    page,
  }),
  needed({
    types,
    paths: ['HealthCheckConfig.SearchString'],
    said: words('A check of a text', '문자열 일치 확인'),
    when: (resource) => typeOf(resource).endsWith('STR_MATCH'),
    at,
    page,
  }),
  needed({
    types,
    paths: ['HealthCheckConfig.Port'],
    said: words('A check by TCP', 'TCP 확인'),
    when: (resource) => typeOf(resource) === 'TCP',
    at,
    page,
  }),
  form({
    types,
    path: 'HealthCheckConfig.IPAddress',
    code: 'WRONG_FORM',
    pattern: /^(?!10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.)/,
    said: words('Route 53 checks public addresses only', 'Route 53은 퍼블릭 IPv4 주소만 확인합니다.'),
    page,
  }),
  length({ types, path: 'HealthCheckConfig.ResourcePath', least: 0, most: 255, code: 'TOO_LONG', page }),
];
