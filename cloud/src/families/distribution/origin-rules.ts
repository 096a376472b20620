import { parseAddress } from '../../address.ts';
import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { form, oneOf, range } from '../contract/rows.ts';
import { isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::CloudFront::Distribution'];
const list = 'DistributionConfig.Origins';
const page = 'cloudfront/latest/APIReference/API_Origin.html';
const customPage = 'cloudfront/latest/APIReference/API_CustomOriginConfig.html';
const kinds = ['CustomOriginConfig', 'S3OriginConfig', 'VpcOriginConfig'];

/** What AWS refuses of origins. */
export const originRules: readonly Rule[] = [
  refusedItem({
    code: 'LISTED_TWICE',
    types,
    list,
    page,
    what: words('Origins have an Id of their own each.', '오리진의 Id는 서로 달라야 합니다.'),
    where: (item, _, index, all) => (all.findIndex((each) => each.Id === item.Id) < index ? ['Id'] : []),
    aws: 'Two or more origins have the same ID',
  }),
  refusedItem({
    code: 'WRONG_FORM',
    types,
    list,
    page,
    what: words(
      'An origin is a domain name, without scheme, path or port, and not an address.',
      '오리진은 스킴, 경로, 포트가 없는 도메인 이름이며 IP 주소일 수 없습니다.',
    ),
    where: (item) => {
      const domain = text(item, 'DomainName') ?? '';
      return (item.DomainName !== undefined && domain === '') ||
        /[:/\s]/.test(domain) ||
        parseAddress(domain) !== undefined
        ? ['DomainName']
        : [];
    },
    aws: 'The parameter Origin DomainName does not refer to a valid domain name.',
  }),
  form({
    types,
    path: `${list}.*.OriginPath`,
    code: 'WRONG_FORM',
    pattern: /^(\/.*[^/])?$/,
    said: words('a path begins with / and does not end with it', '경로는 /로 시작하고 /로 끝나지 않습니다.'),
    page,
    aws: () => "Your request contains an invalid argument: OriginPath must begin with '/' and must not end with '/'",
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list,
    page,
    what: words(
      'An origin has exactly one of CustomOriginConfig, S3OriginConfig and VpcOriginConfig.',
      '오리진에는 CustomOriginConfig, S3OriginConfig, VpcOriginConfig 중 정확히 하나를 씁니다.',
    ),
    where: (item) => {
      const stated = kinds.filter((each) => isStated(item, each));
      return stated.length === 1 ? [] : [stated[1] ?? ''];
    },
    aws: 'Exactly one of CustomOriginConfig, VpcOriginConfig and S3OriginConfig must be specified',
  }),
  oneOf({
    types,
    path: `${list}.*.CustomOriginConfig.OriginProtocolPolicy`,
    values: ['http-only', 'https-only', 'match-viewer'],
    page: customPage,
  }),
  refusedItem({
    code: 'NUMBER_OUT_OF_RANGE',
    types,
    list,
    page: customPage,
    what: words('Ports of origins are 80, 443 and 1024 to 65535.', '오리진의 포트는 80, 443, 1024~65535입니다.'),
    where: (item) =>
      ['HTTPPort', 'HTTPSPort'].flatMap((name) => {
        const config = item.CustomOriginConfig as Parameters<typeof number>[0] | undefined;
        const port = config && number(config, name);
        const fits = port === undefined || port === 80 || port === 443 || (port >= 1024 && port <= 65_535);
        return fits ? [] : [`CustomOriginConfig.${name}`];
      }),
  }),
  range({ types, path: `${list}.*.CustomOriginConfig.OriginReadTimeout`, from: 1, to: 180, page: customPage }),
  range({ types, path: `${list}.*.CustomOriginConfig.OriginKeepaliveTimeout`, from: 1, to: 300, page: customPage }),
  range({ types, path: `${list}.*.ConnectionAttempts`, from: 1, to: 3, page }),
  range({ types, path: `${list}.*.ConnectionTimeout`, from: 1, to: 10, page }),
];
