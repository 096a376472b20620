import { parseAddress } from '../../address.ts';
import { parseAddress6 } from '../../address6.ts';
import type { Resource } from '../../inventory.ts';
import { flag, object, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { notEmpty, refused } from '../contract/refused.ts';
import { form, length, needed, oneOf, range, unique } from '../contract/rows.ts';
import { type Estate, isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::Route53::RecordSet'];
const page = 'Route53/latest/APIReference/API_ResourceRecordSet.html';
const typesPage = 'Route53/latest/DeveloperGuide/ResourceRecordTypes.html';
const aliasPage = 'Route53/latest/APIReference/API_AliasTarget.html';

/** How a value of each type is written. */
const forms: Readonly<Record<string, readonly [fits: (value: string) => boolean, said: Words, aws: string]>> = {
  A: [
    (value) => parseAddress(value) !== undefined,
    words('an IPv4 address', 'IPv4 주소'),
    'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)',
  ],
  AAAA: [
    (value) => parseAddress6(value) !== undefined,
    words('an IPv6 address', 'IPv6 주소'),
    'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)',
  ],
  MX: [
    (value) => /^\d{1,5}\s+\S+$/.test(value),
    words('a priority and a name, as 10 mail.example.com', '우선순위와 이름(예: 10 mail.example.com)'),
    'MXRRDATATooFewElements (The value contains too few elements)',
  ],
  TXT: [isQuoted, words('text in quotes of up to 255 characters each', '큰따옴표로 묶은 255자까지의 문자열'), quotes()],
  SPF: [isQuoted, words('text in quotes of up to 255 characters each', '큰따옴표로 묶은 255자까지의 문자열'), quotes()],
  SRV: [
    (value) => /^\d{1,5}\s+\d{1,5}\s+\d{1,5}\s+\S+$/.test(value),
    words('priority, weight, port and name', '우선순위, 가중치, 포트, 이름'),
    'SRVRRDATATooFewElements',
  ],
  CAA: [
    (value) => /^\d{1,3}\s+[a-z0-9]+\s+"[^"]*"$/i.test(value),
    words('flag, tag and value, as 0 issue "amazon.com"', '플래그, 태그, 값(예: 0 issue "amazon.com")'),
    'CAARRDATATooFewElements',
  ],
};

const routing = [
  'Weight',
  'Region',
  'Failover',
  'GeoLocation',
  'MultiValueAnswer',
  'CidrRoutingConfig',
  'GeoProximityLocation',
];
const routed = (resource: Resource) => routing.filter((each) => isStated(resource.properties, each));

/** The name of a record's zone, without the period at its end. */
function zoneName({ properties }: Resource, estate: Estate): string | undefined {
  const stated =
    text(properties, 'HostedZoneName') ?? text(estate.find(properties.HostedZoneId)?.properties ?? {}, 'Name');
  return stated !== undefined && isKnown(stated) ? plain(stated) : undefined;
}

const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');

/** What AWS refuses of the values and the routing of records. */
export const recordRules: readonly Rule[] = [
  needed({
    types,
    paths: ['ResourceRecords', 'AliasTarget'],
    page,
    aws: 'Expected exactly one of [AliasTarget, ResourceRecords]',
  }),
  {
    code: 'WRONG_FORM',
    types,
    page: typesPage,
    what: words('Values of a record are of its type.', '레코드의 값은 유형에 맞아야 합니다.'),
    check: ({ properties }) => {
      const [fits, said, aws] = forms[text(properties, 'Type') ?? ''] ?? [];
      if (!fits || !said) return [];
      return valuesAt(properties, 'ResourceRecords.*').flatMap(([at, value]) =>
        typeof value !== 'string' || fits(value)
          ? []
          : [
              {
                at,
                cause: words(
                  `"${value.slice(0, 60)}" is not ${said.en}.`,
                  `"${value.slice(0, 60)}"{은/는} ${said.ko}{이/가} 아닙니다.`,
                ),
                next: words('Correct the value.', '값을 고치세요.'),
                ...(aws ? { aws } : {}),
              },
            ],
      );
    },
  },
  refused({
    code: 'WRONG_FORM',
    types,
    page: typesPage,
    what: words('A CNAME has one value.', 'CNAME의 값은 하나입니다.'),
    where: ({ properties }) =>
      text(properties, 'Type') === 'CNAME' &&
      Array.isArray(properties.ResourceRecords) &&
      properties.ResourceRecords.length > 1
        ? ['ResourceRecords']
        : [],
    aws: 'RRSet of type CNAME must have exactly one value',
  }),
  refused({
    code: 'OUTSIDE_ZONE',
    types,
    page,
    what: words('A record’s name is in its zone.', '레코드의 이름은 호스팅 영역 안에 있어야 합니다.'),
    where: (resource, estate) => {
      const [zone, name] = [zoneName(resource, estate), text(resource.properties, 'Name')];
      if (zone === undefined || name === undefined || !isKnown(name)) return [];
      return plain(name) === zone || plain(name).endsWith(`.${zone}`) ? [] : ['Name'];
    },
    aws: 'RRSet with DNS name is not permitted in zone',
  }),
  refused({
    code: 'CNAME_CONFLICT',
    types,
    page: 'Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat',
    what: words(
      'A CNAME is not at the top of a zone, and no other record has its name.',
      'CNAME은 호스팅 영역의 최상위에 둘 수 없고 같은 이름의 다른 레코드와 함께 둘 수 없습니다.',
    ),
    next: words('Use an alias record (A with AliasTarget).', '별칭 레코드(AliasTarget이 있는 A)를 쓰세요.'),
    where: (resource, estate) => {
      const { properties } = resource;
      const name = text(properties, 'Name');
      if (text(properties, 'Type') !== 'CNAME' || name === undefined || !isKnown(name)) return [];
      const zone = zoneName(resource, estate);
      const others = estate
        .ofType(...types)
        .filter((each) => each !== resource && each.properties.HostedZoneId === properties.HostedZoneId)
        .filter((each) => each.properties.HostedZoneName === properties.HostedZoneName)
        .filter((each) => text(each.properties, 'Type') !== 'CNAME');
      return plain(name) === zone || others.some((each) => plain(text(each.properties, 'Name') ?? '') === plain(name))
        ? ['Type']
        : [];
    },
    aws: 'RRSet of type CNAME is not permitted at apex in zone',
  }),
  form({
    types,
    path: 'HostedZoneName',
    code: 'WRONG_FORM',
    pattern: /\.$/,
    said: words('the zone’s name ends with a period', '호스팅 영역의 이름은 마침표로 끝납니다.'),
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words(
      'A record that is routed has a SetIdentifier, and one kind of routing.',
      '라우팅 정책이 있는 레코드에는 SetIdentifier와 라우팅 정책 하나가 필요합니다.',
    ),
    where: (resource) => {
      const stated = routed(resource).filter(
        (each) => each !== 'MultiValueAnswer' || flag(resource.properties, each) !== false,
      );
      const identified = isStated(resource.properties, 'SetIdentifier');
      if (stated.length > 1)
        return [stated[1] === 'Failover' || stated[0] === 'Weight' ? (stated[1] as string) : (stated[0] as string)];
      if (stated.length === 1 && !identified) return [''];
      return identified && stated.length === 0 ? ['SetIdentifier'] : [];
    },
    aws: "Invalid request: Missing field 'SetIdentifier' in Change",
  }),
  range({ types, path: 'Weight', from: 0, to: 255, page }),
  oneOf({ types, path: 'Failover', values: ['PRIMARY', 'SECONDARY'], page }),
  unique({
    types,
    path: 'SetIdentifier',
    code: 'NAME_TAKEN',
    said: words(
      'Records of one name and type have a SetIdentifier of their own each.',
      '이름과 유형이 같은 레코드의 SetIdentifier는 서로 달라야 합니다.',
    ),
    key: ({ properties }, value) =>
      isKnown([properties.Name ?? null, properties.HostedZoneId ?? null])
        ? `${text(properties, 'HostedZoneId') ?? text(properties, 'HostedZoneName')} ${plain(text(properties, 'Name') ?? '')} ${text(properties, 'Type')} ${String(value)}`
        : undefined,
    page,
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: aliasPage,
    what: words(
      'The health of a CloudFront distribution is not evaluated.',
      'CloudFront 배포의 상태는 평가할 수 없습니다.',
    ),
    where: ({ properties }) => {
      const target = object(properties, 'AliasTarget');
      return flag(target, 'EvaluateTargetHealth') && text(target, 'HostedZoneId') === 'Z2FDTNDATAQYW2'
        ? ['AliasTarget.EvaluateTargetHealth']
        : [];
    },
    aws: 'EvaluateTargetHealth cannot be set to true for this alias target',
  }),
  form({
    types,
    path: 'GeoLocation.CountryCode',
    code: 'WRONG_FORM',
    pattern: /^([A-Z]{2}|\*)$/,
    said: words('a country has two capitals, as KR', '국가는 KR처럼 대문자 두 글자입니다.'),
    page: 'Route53/latest/APIReference/API_GeoLocation.html',
  }),
  notEmpty({ types, paths: ['ResourceRecords'], page }),
  length({ types, path: 'SetIdentifier', most: 128, code: 'TEXT_LENGTH', page }),
  form({
    types,
    path: 'HostedZoneId',
    code: 'WRONG_IDENTIFIER',
    pattern: /^(\/hostedzone\/)?[A-Z0-9]{1,32}$/,
    said: words('a zone is named as Z0123456789ABCDEFGHIJ', '호스팅 영역은 Z0123456789ABCDEFGHIJ처럼 지정합니다.'),
    page,
    aws: (id) => `No hosted zone found with ID: ${id}`,
  }),
];

function isQuoted(value: string): boolean {
  return /^\s*("([^"\\]|\\.){0,255}"\s*)+$/s.test(value);
}

function quotes(): string {
  return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
}
