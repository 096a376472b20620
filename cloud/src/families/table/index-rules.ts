import type { Resource } from '../../inventory.ts';
import { flag, object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { refused, refusedItem } from '../contract/refused.ts';
import { form, length, oneOf, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::DynamoDB::Table'];
const page = 'amazondynamodb/latest/APIReference/API_CreateTable.html';
const indexPage = 'amazondynamodb/latest/APIReference/API_GlobalSecondaryIndex.html';
const projectionPage = 'amazondynamodb/latest/APIReference/API_Projection.html';
const lists = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];
const isOnDemand = ({ properties }: Resource) => text(properties, 'BillingMode') === 'PAY_PER_REQUEST';

/** Names of the attributes that keys of the table and of its indexes use. */
function keysOf({ properties }: Resource): unknown[] {
  return [properties, ...lists.flatMap((list) => objects(properties, list))].flatMap((each) =>
    objects(each, 'KeySchema').map(({ AttributeName }) => AttributeName),
  );
}

/** What AWS refuses of the keys, indexes and settings of tables. */
export const indexRules: readonly Rule[] = [
  length({ types, path: 'TableName', least: 3, most: 255, page }),
  form({
    types,
    path: 'TableName',
    pattern: /^[\w.-]+$/,
    said: words(
      'a name has letters, digits, underscores, hyphens and periods',
      '이름에는 영문자, 숫자, 밑줄, 하이픈, 마침표만 쓸 수 있습니다.',
    ),
    page,
  }),
  oneOf({ types, path: 'BillingMode', values: ['PROVISIONED', 'PAY_PER_REQUEST'], page }),
  oneOf({ types, path: 'AttributeDefinitions.*.AttributeType', values: ['S', 'N', 'B'], page }),
  oneOf({ types, path: 'TableClass', values: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'], page }),
  oneOf({
    types,
    path: 'StreamSpecification.StreamViewType',
    values: ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'],
    page,
  }),
  refusedItem({
    code: 'KEY_NOT_USED',
    types,
    list: 'AttributeDefinitions',
    page,
    what: words(
      'Only attributes of keys are defined; others need no definition.',
      '키에 쓰는 속성만 정의합니다. 다른 속성은 정의하지 않습니다.',
    ),
    next: words('Leave it out.', '빼세요.'),
    where: (item, resource) => {
      const used = keysOf(resource);
      const known = isKnown([
        resource.properties.KeySchema ?? null,
        ...lists.map((list) => resource.properties[list] ?? null),
      ]);
      const whole = objects(resource.properties, 'KeySchema').every((each) =>
        objects(resource.properties, 'AttributeDefinitions').some(
          ({ AttributeName }) => AttributeName === each.AttributeName,
        ),
      );
      return known && whole && !used.includes(item.AttributeName) ? ['AttributeName'] : [];
    },
    aws: 'Some AttributeDefinitions are not used.',
  }),
  ...['KeySchema', ...lists.map((list) => `${list}.*.KeySchema`)].map((path) =>
    refused({
      code: 'KEY_FORM',
      types,
      page,
      what: words(
        'A key is a HASH attribute, and perhaps a RANGE attribute with another name.',
        '키는 HASH 속성 하나와, 필요하면 이름이 다른 RANGE 속성 하나입니다.',
      ),
      where: ({ properties }) =>
        schemas(properties, path).flatMap(([at, keys]) => {
          if (!isKnown(keys)) return [];
          if (keys[0] && keys[0].KeyType !== 'HASH') return [`${at}.0.KeyType`];
          if (keys[1] && keys[1].KeyType !== 'RANGE') return [`${at}.1.KeyType`];
          return keys[1] && keys[0]?.AttributeName === keys[1].AttributeName ? [`${at}.1.AttributeName`] : [];
        }),
      aws: 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    }),
  ),
  ...lists.flatMap((list) => [
    refusedItem({
      code: 'LISTED_TWICE',
      types,
      list,
      page: indexPage,
      what: words('Indexes have names of their own.', '인덱스의 이름은 서로 달라야 합니다.'),
      where: (item, _, index, all) =>
        all.findIndex((each) => each.IndexName === item.IndexName) < index ? ['IndexName'] : [],
    }),
    refusedItem({
      code: 'KEY_NOT_DEFINED',
      types,
      list,
      page: indexPage,
      what: words(
        'Keys of indexes are defined in AttributeDefinitions.',
        '인덱스의 키는 AttributeDefinitions에 정의해야 합니다.',
      ),
      where: (item, { properties }) => {
        const defined = objects(properties, 'AttributeDefinitions').map(({ AttributeName }) => AttributeName);
        return objects(item, 'KeySchema').flatMap(({ AttributeName }, index) =>
          defined.includes(AttributeName) || !isKnown(properties.AttributeDefinitions ?? null)
            ? []
            : [`KeySchema.${index}.AttributeName`],
        );
      },
      aws: 'Some index key attributes are not defined in AttributeDefinitions.',
    }),
    oneOf({
      types,
      path: `${list}.*.Projection.ProjectionType`,
      values: ['ALL', 'KEYS_ONLY', 'INCLUDE'],
      page: projectionPage,
    }),
    refusedItem({
      code: 'MISSING_COMPANION',
      types,
      list,
      page: projectionPage,
      what: words(
        'INCLUDE lists NonKeyAttributes, and the other projections do not.',
        'INCLUDE에는 NonKeyAttributes를 쓰고 다른 프로젝션에는 쓰지 않습니다.',
      ),
      where: (item) => {
        const projection = object(item, 'Projection');
        const kind = text(projection, 'ProjectionType');
        const stated = texts(projection, 'NonKeyAttributes').length > 0;
        if (kind === 'INCLUDE' && !stated) return ['Projection'];
        return (kind === 'ALL' || kind === 'KEYS_ONLY') && stated ? ['Projection.NonKeyAttributes'] : [];
      },
    }),
  ]),
  refusedItem({
    code: 'NOT_FOR_THIS_KIND',
    types,
    list: 'GlobalSecondaryIndexes',
    page: indexPage,
    what: words(
      'Indexes of a table on demand have no throughput.',
      '온디맨드 테이블의 인덱스에는 처리량을 쓰지 않습니다.',
    ),
    where: (item, resource) =>
      isOnDemand(resource) && isStated(item, 'ProvisionedThroughput') ? ['ProvisionedThroughput'] : [],
  }),
  refused({
    code: 'KEY_FORM',
    types,
    page: 'amazondynamodb/latest/APIReference/API_LocalSecondaryIndex.html',
    what: words('A local index needs a table with a RANGE key.', '로컬 인덱스는 RANGE 키가 있는 테이블에만 둡니다.'),
    where: ({ properties }) =>
      objects(properties, 'LocalSecondaryIndexes').length > 0 &&
      isKnown(properties.KeySchema ?? null) &&
      objects(properties, 'KeySchema').length < 2
        ? ['LocalSecondaryIndexes']
        : [],
    aws: 'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
  }),
  ...['', 'GlobalSecondaryIndexes.*.'].flatMap((before) =>
    ['ReadCapacityUnits', 'WriteCapacityUnits'].map((name) =>
      range({ types, path: `${before}ProvisionedThroughput.${name}`, from: 1, to: 1_000_000, page }),
    ),
  ),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html',
    what: words('A time to live names its attribute.', 'TTL에는 AttributeName이 필요합니다.'),
    where: ({ properties }) => {
      const live = object(properties, 'TimeToLiveSpecification');
      return flag(live, 'Enabled') && !isStated(live, 'AttributeName') ? ['TimeToLiveSpecification'] : [];
    },
  }),
  ...lists.flatMap((list) => [
    length({ types, path: `${list}.*.IndexName`, least: 3, most: 255, page: indexPage }),
    form({
      types,
      path: `${list}.*.IndexName`,
      pattern: /^[\w.-]*$/,
      said: words(
        'a name has letters, digits, underscores, hyphens and periods',
        '이름에는 영문자, 숫자, 밑줄, 하이픈, 마침표만 쓸 수 있습니다.',
      ),
      page: indexPage,
    }),
  ]),
  length({ types, path: 'TimeToLiveSpecification.AttributeName', most: 255, page }),
];

/** Key schemas at a path, with the place of each. */
function schemas(properties: Resource['properties'], path: string) {
  const [list, inner] = path.split('.*.');
  const own = (each: Resource['properties'], name: string) => objects(each, name);
  return inner === undefined
    ? ([[path, own(properties, path)]] as const)
    : objects(properties, list as string).map(
        (each, index) => [`${list}.${index}.${inner}`, own(each, inner)] as const,
      );
}
