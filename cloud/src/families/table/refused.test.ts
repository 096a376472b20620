import { describe } from 'vitest';
import { out, table } from '../refusals.fixture.ts';

const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });
const attribute = (AttributeName: string, AttributeType = 'S') => ({ AttributeName, AttributeType });
const base = {
  T: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { AttributeDefinitions: [attribute('id')], KeySchema: [key('id')], BillingMode: 'PAY_PER_REQUEST' },
  },
};
const index = (more: object = {}) => ({
  IndexName: 'by-name',
  KeySchema: [key('name')],
  Projection: { ProjectionType: 'ALL' },
  ...more,
});
const indexed = (...indexes: object[]) =>
  ({ AttributeDefinitions: [attribute('id'), attribute('name')], GlobalSecondaryIndexes: indexes }) as never;

describe('a table', () => {
  table(base, 'T', [
    ['GlobalSecondaryIndexes.0.IndexName', indexed(index({ IndexName: 'a' })), indexed(index({ IndexName: 'abc' }))],
    ['TableName', { TableName: 'ab' }, { TableName: 'abc' }],
    ['TableName', { TableName: 'my table' }, { TableName: 'my-table_1.a' }],
    [
      'AttributeDefinitions.0.AttributeType',
      { AttributeDefinitions: [attribute('id', 'String')] },
      { AttributeDefinitions: [attribute('id', 'N')] },
    ],
    [
      'AttributeDefinitions.1.AttributeName',
      { AttributeDefinitions: [attribute('id'), attribute('name')] },
      indexed(index()),
    ],
    [
      'KeySchema.0.AttributeName',
      { KeySchema: [key('key')], AttributeDefinitions: [attribute('id')] },
      { KeySchema: [key('key')], AttributeDefinitions: [attribute('key')] },
    ],
    ['KeySchema.0.KeyType', { KeySchema: [key('id', 'RANGE')] }, { KeySchema: [key('id', 'HASH')] }],
    [
      'KeySchema.1.AttributeName',
      { KeySchema: [key('id'), key('id', 'RANGE')] },
      { AttributeDefinitions: [attribute('id'), attribute('at')], KeySchema: [key('id'), key('at', 'RANGE')] },
    ],
    ['BillingMode', { BillingMode: 'ON_DEMAND' }, { BillingMode: 'PAY_PER_REQUEST' }],
    [
      '',
      { BillingMode: 'PROVISIONED' },
      { BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    ],
    [
      'ProvisionedThroughput',
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      { BillingMode: out, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    ],
    [
      'ProvisionedThroughput.ReadCapacityUnits',
      { BillingMode: out, ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 1 } },
      { BillingMode: out, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    ],
    [
      'GlobalSecondaryIndexes.0.KeySchema.0.AttributeName',
      indexed(index({ KeySchema: [key('other')] }), index({ IndexName: 'two' })),
      indexed(index()),
    ],
    ['GlobalSecondaryIndexes.1.IndexName', indexed(index(), index()), indexed(index(), index({ IndexName: 'two' }))],
    [
      'GlobalSecondaryIndexes.0.Projection.ProjectionType',
      indexed(index({ Projection: { ProjectionType: 'SOME' } })),
      indexed(index({ Projection: { ProjectionType: 'KEYS_ONLY' } })),
    ],
    [
      'GlobalSecondaryIndexes.0.Projection',
      indexed(index({ Projection: { ProjectionType: 'INCLUDE' } })),
      indexed(index({ Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] } })),
    ],
    [
      'GlobalSecondaryIndexes.0.Projection.NonKeyAttributes',
      indexed(index({ Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['a'] } })),
      indexed(index()),
    ],
    [
      'GlobalSecondaryIndexes.0.ProvisionedThroughput',
      indexed(index({ ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })),
      indexed(index()),
    ],
    [
      'LocalSecondaryIndexes',
      {
        AttributeDefinitions: [attribute('id'), attribute('at')],
        LocalSecondaryIndexes: [
          { IndexName: 'by-at', KeySchema: [key('id'), key('at', 'RANGE')], Projection: { ProjectionType: 'ALL' } },
        ],
      },
      {
        AttributeDefinitions: [attribute('id'), attribute('at'), attribute('n')],
        KeySchema: [key('id'), key('at', 'RANGE')],
        LocalSecondaryIndexes: [
          { IndexName: 'by-n', KeySchema: [key('id'), key('n', 'RANGE')], Projection: { ProjectionType: 'ALL' } },
        ],
      },
    ],
    [
      'StreamSpecification.StreamViewType',
      { StreamSpecification: { StreamViewType: 'ALL' } },
      { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
    ],
    [
      'TimeToLiveSpecification',
      { TimeToLiveSpecification: { Enabled: true } },
      { TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } },
    ],
    [
      'SSESpecification',
      { SSESpecification: { SSEEnabled: false, KMSMasterKeyId: 'alias/one' } },
      { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/one' } },
    ],
    ['TableClass', { TableClass: 'COLD' }, { TableClass: 'STANDARD_INFREQUENT_ACCESS' }],
  ]);
});
