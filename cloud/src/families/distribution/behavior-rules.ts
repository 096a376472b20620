import type { JsonObject } from '../../json.ts';
import { flag, object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, length, oneOf } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::CloudFront::Distribution'];
const page = 'cloudfront/latest/APIReference/API_DistributionConfig.html';
const behaviorPage = 'cloudfront/latest/APIReference/API_DefaultCacheBehavior.html';
const viewerPage = 'cloudfront/latest/APIReference/API_ViewerCertificate.html';
const before = 'DistributionConfig';

const configOf = ({ properties }: { readonly properties: JsonObject }) => object(properties, before);

/** Behaviors of a distribution, with the place of each. */
function behaviorsOf(resource: { readonly properties: JsonObject }): [string, JsonObject][] {
  const config = configOf(resource);
  return [
    ...(isStated(config, 'DefaultCacheBehavior')
      ? [[`${before}.DefaultCacheBehavior`, object(config, 'DefaultCacheBehavior')] as [string, JsonObject]]
      : []),
    ...objects(config, 'CacheBehaviors').map(
      (each, index) => [`${before}.CacheBehaviors.${index}`, each] as [string, JsonObject],
    ),
  ];
}

/** Methods that go together, in alphabetical order. */
const allowed = ['GET,HEAD', 'GET,HEAD,OPTIONS', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'];
const cached = ['GET,HEAD', 'GET,HEAD,OPTIONS'];

/** What AWS refuses of behaviors and settings of distributions. */
export const behaviorRules: readonly Rule[] = [
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: behaviorPage,
    what: words(
      'A behavior has a cache policy, or ForwardedValues.',
      '캐시 동작에는 CachePolicyId나 ForwardedValues가 필요합니다.',
    ),
    where: (resource) =>
      behaviorsOf(resource).flatMap(([at, each]) =>
        isStated(each, 'CachePolicyId') || isStated(each, 'ForwardedValues') ? [] : [at],
      ),
    aws: 'The parameter ForwardedValues is required.',
  }),
  refused({
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    page: behaviorPage,
    what: words(
      'A cache policy has what ForwardedValues and TTLs say, and excludes them.',
      '캐시 정책을 쓰면 ForwardedValues와 TTL을 쓸 수 없습니다.',
    ),
    where: (resource) =>
      behaviorsOf(resource).flatMap(([at, each]) =>
        isStated(each, 'CachePolicyId')
          ? ['ForwardedValues', 'MinTTL', 'DefaultTTL', 'MaxTTL']
              .filter((name) => isStated(each, name))
              .map((name) => `${at}.${name}`)
          : [],
      ),
    aws: 'The parameter cannot be used when a cache policy is associated to the cache behavior.',
  }),
  refused({
    code: 'WRONG_VALUE',
    types,
    page: behaviorPage,
    what: words(
      'Methods are GET and HEAD, the same with OPTIONS, or (if not cached) all seven.',
      '메서드는 GET·HEAD, 거기에 OPTIONS, 또는 (캐시하지 않을 때) 일곱 가지 전부입니다.',
    ),
    where: (resource) =>
      behaviorsOf(resource).flatMap(([at, each]) =>
        (
          [
            ['AllowedMethods', allowed],
            ['CachedMethods', cached],
          ] as const
        ).flatMap(([name, sets]) => {
          const stated = texts(each, name);
          const isWrong = stated.length > 0 && isKnown(each[name]) && !sets.includes([...stated].sort().join(','));
          return isWrong ? [`${at}.${name}`] : [];
        }),
      ),
    aws: 'The parameter AllowedMethods must contain a valid set of methods.',
  }),
  refused({
    code: 'LISTED_TWICE',
    types,
    page: 'cloudfront/latest/APIReference/API_CacheBehavior.html',
    what: words('Behaviors have a path of their own each.', '캐시 동작의 경로 패턴은 서로 달라야 합니다.'),
    where: (resource) => {
      const paths = objects(configOf(resource), 'CacheBehaviors').map((each) => text(each, 'PathPattern'));
      return paths.flatMap((path, index) =>
        path !== undefined && isKnown(path) && paths.indexOf(path) < index
          ? [`${before}.CacheBehaviors.${index}.PathPattern`]
          : [],
      );
    },
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words('A distribution has an origin.', '배포에는 오리진이 하나 이상 있어야 합니다.'),
    where: (resource) => {
      const { Origins } = configOf(resource);
      return Array.isArray(Origins) && Origins.length === 0 ? [`${before}.Origins`] : [];
    },
  }),
  form({
    types,
    path: `${before}.DefaultRootObject`,
    code: 'WRONG_FORM',
    pattern: /^(?!\/)/,
    said: words('the root object has no leading slash', '기본 루트 객체는 /로 시작하지 않습니다.'),
    page: 'AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html',
    aws: () => 'The default root object file name is too big or contains an invalid character.',
  }),
  length({ types, path: `${before}.Comment`, least: 0, most: 128, code: 'TOO_LONG', page }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html',
    what: words(
      'A distribution with names of its own has a certificate for them.',
      '대체 도메인 이름(Aliases)이 있는 배포에는 인증서가 필요합니다.',
    ),
    where: (resource) => {
      const config = configOf(resource);
      const viewer = object(config, 'ViewerCertificate');
      const isDefault = !isStated(config, 'ViewerCertificate') || flag(viewer, 'CloudFrontDefaultCertificate') === true;
      return texts(config, 'Aliases').length > 0 && isDefault ? [`${before}.Aliases`] : [];
    },
    aws: 'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate.',
  }),
  form({
    types,
    path: `${before}.ViewerCertificate.AcmCertificateArn`,
    code: 'OTHER_REGION',
    pattern: /^(?!arn:aws:acm:(?!us-east-1:))/,
    said: words('a certificate of a distribution is in us-east-1', '배포에 쓰는 인증서는 us-east-1에 있어야 합니다.'),
    page: viewerPage,
    aws: () =>
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
  }),
  refused({
    code: 'WRONG_VALUE',
    types,
    page: 'cloudfront/latest/APIReference/API_CustomErrorResponse.html',
    what: words(
      'Errors that are answered are 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 and 504.',
      '오류 응답을 바꿀 수 있는 코드는 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504입니다.',
    ),
    where: (resource) =>
      objects(configOf(resource), 'CustomErrorResponses').flatMap((each, index) => {
        const code = text(each, 'ErrorCode');
        return code !== undefined && isKnown(code) && !/^(40[0345]|41[46]|50[0-4])$/.test(code)
          ? [`${before}.CustomErrorResponses.${index}.ErrorCode`]
          : [];
      }),
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'cloudfront/latest/APIReference/API_CustomErrorResponse.html',
    what: words('ResponseCode and ResponsePagePath stand together.', 'ResponseCode와 ResponsePagePath는 함께 씁니다.'),
    where: (resource) =>
      objects(configOf(resource), 'CustomErrorResponses').flatMap((each, index) =>
        isStated(each, 'ResponseCode') !== isStated(each, 'ResponsePagePath')
          ? [`${before}.CustomErrorResponses.${index}`]
          : [],
      ),
  }),
  form({
    types,
    path: `${before}.WebACLId`,
    code: 'OTHER_REGION',
    pattern: /^(?!arn:[\w-]+:wafv2:(?!us-east-1:\d*:global\/))/,
    said: words(
      'a web ACL of a distribution is global, in us-east-1',
      '배포에 쓰는 웹 ACL은 us-east-1의 전역 웹 ACL이어야 합니다.',
    ),
    page,
    aws: () => 'The web ACL is not valid: the scope must be CLOUDFRONT.',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'cloudfront/latest/APIReference/API_GeoRestriction.html',
    what: words('A restriction lists countries.', '지리적 제한에는 국가 목록이 필요합니다.'),
    where: (resource) => {
      const restriction = object(object(configOf(resource), 'Restrictions'), 'GeoRestriction');
      return /^(white|black)list$/.test(text(restriction, 'RestrictionType') ?? '') &&
        isKnown(restriction) &&
        texts(restriction, 'Locations').length === 0
        ? [`${before}.Restrictions.GeoRestriction`]
        : [];
    },
  }),
  form({
    types,
    path: `${before}.Logging.Bucket`,
    code: 'WRONG_FORM',
    pattern: /\.s3[.-].*amazonaws\.com|^$/,
    said: words(
      'a bucket is named as logs.s3.amazonaws.com (GetAtt DomainName)',
      '버킷은 logs.s3.amazonaws.com처럼 씁니다(GetAtt DomainName).',
    ),
    page: 'cloudfront/latest/APIReference/API_LoggingConfig.html',
    aws: () => 'The parameter Logging Bucket does not refer to a valid S3 bucket.',
  }),
  oneOf({
    types,
    path: `${before}.ViewerCertificate.SslSupportMethod`,
    values: ['sni-only', 'vip', 'static-ip'],
    page: viewerPage,
  }),
  ...['DefaultCacheBehavior', 'CacheBehaviors.*'].flatMap((behavior) =>
    ['CachePolicyId', 'OriginRequestPolicyId', 'ResponseHeadersPolicyId'].map((name) =>
      form({
        types,
        path: `${before}.${behavior}.${name}`,
        code: 'WRONG_IDENTIFIER',
        pattern: /^[A-Za-z0-9-]{8,64}$/,
        said: words(
          'a policy is named by its id, as 658327ea-f89d-4fab-a63d-7e88639e58f6',
          '정책은 658327ea-f89d-4fab-a63d-7e88639e58f6 같은 ID로 지정합니다.',
        ),
        page: behaviorPage,
        aws: () => 'The specified policy does not exist.',
      }),
    ),
  ),
];
