import type { JsonObject } from '../../json.ts';
import { nearest } from '../../nearest.ts';
import { flag, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { type Fault, isKnown, itemsAt, type Path, type Rule } from '../contract/rule.ts';
import { kindOf } from './kind.ts';

/** What an attribute may be: a number within bounds, or one of a few words; `null` where AWS's page says no more. */
export type AttributeForm =
  | { readonly from: number; readonly to: number }
  | { readonly words: readonly string[] }
  | null;

/** `value` of a list of `Key` and `Value`, where it is stated. */
export function attributeOf(properties: JsonObject, list: string, key: string): [Path, string] | undefined {
  for (const [at, each] of itemsAt(properties, list)) {
    if (each.Key === key && isKnown(each.Value)) return [[...at, 'Value'], String(each.Value)];
  }
  return undefined;
}

/** Attributes against a table: values within bounds, each key once. */
export function attributeFaults(
  properties: JsonObject,
  list: string,
  forms: Readonly<Record<string, AttributeForm>>,
): Fault[] {
  const seen = new Set<string>();
  return itemsAt(properties, list).flatMap(([at, each]): Fault[] => {
    const key = String(each.Key);
    if (seen.has(key))
      return [
        {
          at: [...at, 'Key'],
          cause: words(`The attribute ${key} is stated twice.`, `속성 ${key}{을/를} 두 번 지정했습니다.`),
          next: words('Take one of the two out.', '둘 중 하나를 빼세요.'),
        },
      ];
    seen.add(key);
    const meant = isKnown(each.Key ?? null) ? meantBy(key, Object.keys(forms)) : undefined;
    if (meant !== undefined)
      return [
        {
          at: [...at, 'Key'],
          cause: words(`There is no attribute "${key}".`, `"${key}"{이라는/라는} 속성은 없습니다.`),
          next: words(`Did you mean "${meant}"?`, `"${meant}"{을/를} 뜻하셨나요?`),
          aws: `attribute key '${key}' is not recognized`,
        },
      ];
    const wanted = forms[key];
    if (!wanted || !isKnown(each.Value) || each.Value === undefined) return [];
    const value = String(each.Value);
    const fits =
      'words' in wanted
        ? wanted.words.includes(value)
        : /^\d+$/.test(value) && Number(value) >= wanted.from && Number(value) <= wanted.to;
    if (fits) return [];
    const may = 'words' in wanted ? wanted.words.join(', ') : `${wanted.from}~${wanted.to}`;
    return [
      {
        at: [...at, 'Value'],
        cause: words(`"${value}" is not a value of ${key}.`, `"${value}"{은/는} ${key}에 쓸 수 있는 값이 아닙니다.`),
        next: words(`It may be ${may}.`, `쓸 수 있는 값: ${may}`),
      },
    ];
  });
}

/** The attribute that a key means which is none: AWS adds keys, so one that resembles none is left to it. */
function meantBy(key: string, keys: readonly string[]): string | undefined {
  if (keys.includes(key)) return undefined;
  return keys.find((each) => each.startsWith(`${key}.`)) ?? nearest(key, keys);
}

const truth = { words: ['true', 'false'] };

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const forms: Readonly<Record<string, AttributeForm>> = {
  'deletion_protection.enabled': truth,
  'load_balancing.cross_zone.enabled': truth,
  'access_logs.s3.enabled': truth,
  'connection_logs.s3.enabled': truth,
  'idle_timeout.timeout_seconds': { from: 1, to: 4000 },
  'client_keep_alive.seconds': { from: 60, to: 604_800 },
  'routing.http.desync_mitigation_mode': { words: ['monitor', 'defensive', 'strictest'] },
  'routing.http.drop_invalid_header_fields.enabled': truth,
  'routing.http.preserve_host_header.enabled': truth,
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': truth,
  'routing.http.xff_client_port.enabled': truth,
  'routing.http.xff_header_processing.mode': { words: ['append', 'preserve', 'remove'] },
  'routing.http2.enabled': truth,
  'waf.fail_open.enabled': truth,
  'access_logs.s3.bucket': null,
  'access_logs.s3.prefix': null,
  'connection_logs.s3.bucket': null,
  'connection_logs.s3.prefix': null,
  'health_check_logs.s3.enabled': truth,
  'health_check_logs.s3.bucket': null,
  'health_check_logs.s3.prefix': null,
  'ipv6.deny_all_igw_traffic': truth,
  'secondary_ips.auto_assigned.per_subnet': { from: 0, to: 7 },
  'zonal_shift.config.enabled': truth,
  'dns_record.client_routing_policy': {
    words: ['availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'],
  },
};

/** Attributes that only an Application Load Balancer has. */
const applicationOnly = /^(idle_timeout|client_keep_alive|routing\.|waf\.|connection_logs)/;

const types = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const page = 'elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html';

export const attributeRules: readonly Rule[] = [
  refusedItem({
    code: 'WRONG_VALUE',
    types,
    list: 'LoadBalancerAttributes',
    page,
    what: words(
      'An Application Load Balancer always balances across zones.',
      'Application Load Balancer는 항상 교차 영역 로드 밸런싱을 합니다.',
    ),
    next: words('Leave it out, or turn it off at the target group.', '빼거나 대상 그룹에서 끄세요.'),
    where: (item, resource) =>
      kindOf(resource) === 'application' &&
      item.Key === 'load_balancing.cross_zone.enabled' &&
      String(item.Value) === 'false'
        ? ['Value']
        : [],
  }),
  {
    code: 'WRONG_ATTRIBUTE',
    types,
    page,
    what: words(
      'Attributes of a load balancer: each once, within AWS’s bounds.',
      '로드 밸런서의 속성: 한 번씩, AWS가 정한 범위 안에서 씁니다.',
    ),
    check: ({ properties }) => attributeFaults(properties, 'LoadBalancerAttributes', forms),
  },
  {
    code: 'NOT_FOR_THIS_KIND',
    types,
    page,
    what: words(
      'Attributes of Application Load Balancers are not for others.',
      'Application Load Balancer의 속성은 다른 종류에 쓸 수 없습니다.',
    ),
    check: (resource) => {
      if (kindOf(resource) === 'application') return [];
      return itemsAt(resource.properties, 'LoadBalancerAttributes').flatMap(([at, each]) => {
        const key = String(each.Key);
        if (!applicationOnly.test(key)) return [];
        return [
          {
            at: [...at, 'Key'],
            cause: words(
              `A load balancer of type ${kindOf(resource)} has no attribute ${key}.`,
              `${kindOf(resource)} 유형의 로드 밸런서에는 ${key} 속성이 없습니다.`,
            ),
            next: words('Leave it out.', '빼세요.'),
            aws: `Load balancer attribute key '${key}' is not supported on load balancers with type '${kindOf(resource)}'`,
          },
        ];
      });
    },
  },
  {
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words('Logs that are on name their bucket.', '켠 로그에는 버킷을 지정해야 합니다.'),
    check: ({ properties }) =>
      ['access_logs', 'connection_logs'].flatMap((log) => {
        const [at, enabled] = attributeOf(properties, 'LoadBalancerAttributes', `${log}.s3.enabled`) ?? [];
        const key = `${log}.s3.bucket`;
        const named = itemsAt(properties, 'LoadBalancerAttributes').some(
          ([, each]) => each.Key === key && text(each, 'Value') !== undefined,
        );
        if (!at || flag({ enabled: enabled ?? null }, 'enabled') !== true || named) return [];
        return [
          {
            at,
            cause: words(
              `${log}.s3.enabled is true, and ${key} is missing.`,
              `${log}.s3.enabled가 true인데 ${key}{이/가} 없습니다.`,
            ),
            next: words(`Add ${key}.`, `${key}{을/를} 추가하세요.`),
          },
        ];
      }),
  },
];
