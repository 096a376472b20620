import type { Resource } from '../../inventory.ts';
import { objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { needed, notFor } from '../contract/rows.ts';
import { isKnown, isStated, itemsAt, type Rule } from '../contract/rule.ts';
import { indexRules } from './index-rules.ts';

const types = ['AWS::DynamoDB::Table'];
const page = 'amazondynamodb/latest/APIReference/API_CreateTable.html';
const isOnDemand = ({ properties }: Resource) => text(properties, 'BillingMode') === 'PAY_PER_REQUEST';

/** What AWS refuses of tables. */
export const rules: readonly Rule[] = [
  needed({
    types,
    paths: ['ProvisionedThroughput'],
    said: words('A table that is not on demand', '온디맨드가 아닌 테이블'),
    when: ({ properties }) =>
      [undefined, 'PROVISIONED'].includes(text(properties, 'BillingMode')) && isKnown(properties.BillingMode ?? null),
    page,
    aws: 'No provisioned throughput specified for the table',
  }),
  notFor({
    types,
    path: 'ProvisionedThroughput',
    kind: words('a table on demand', '온디맨드 테이블'),
    when: isOnDemand,
    page,
    aws: 'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
  }),
  {
    code: 'KEY_NOT_DEFINED',
    types,
    page,
    what: words(
      'Every attribute of a key is defined in AttributeDefinitions.',
      '키에 쓰는 속성은 모두 AttributeDefinitions에 정의해야 합니다.',
    ),
    check: ({ properties }) => {
      const defined = objects(properties, 'AttributeDefinitions').map(({ AttributeName }) => AttributeName ?? null);
      if (!isStated(properties, 'AttributeDefinitions') || !isKnown(defined)) return [];
      return itemsAt(properties, 'KeySchema').flatMap(([at, { AttributeName }]) =>
        typeof AttributeName !== 'string' || !isKnown(AttributeName) || defined.includes(AttributeName)
          ? []
          : [
              {
                at: [...at, 'AttributeName'],
                cause: words(
                  `${AttributeName} is not defined in AttributeDefinitions.`,
                  `${AttributeName}{이/가} AttributeDefinitions에 없습니다.`,
                ),
                next: words('Define it, or correct the name.', '정의하거나 이름을 고치세요.'),
                aws: 'Some index key attributes are not defined in AttributeDefinitions.',
              },
            ],
      );
    },
  },
  ...indexRules,
];
