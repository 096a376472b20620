import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, ownKey, serviceLinkedRole } from '../contract/reasons.ts';

const insights = [
  given('ContributorInsightsSpecification', 'dynamodb:UpdateContributorInsights DescribeContributorInsights'),
  given(
    'ContributorInsightsSpecification',
    'iam:CreateServiceLinkedRole',
    serviceLinkedRole('contributorinsights.dynamodb.amazonaws.com'),
  ),
];
const stream = [
  given(
    'KinesisStreamSpecification',
    'dynamodb:EnableKinesisStreamingDestination DisableKinesisStreamingDestination DescribeKinesisStreamingDestination',
  ),
  given(
    'KinesisStreamSpecification',
    'kinesis:DescribeStream PutRecords',
    because(
      'the table sends its changes to a Kinesis data stream',
      '테이블의 변경 사항을 Kinesis 데이터 스트림으로 보냅니다',
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html',
    ),
  ),
];
const imports = [
  given('ImportSourceSpecification', 'dynamodb:ImportTable DescribeImport'),
  given(
    'ImportSourceSpecification',
    's3:GetObject ListBucket logs:CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams PutLogEvents PutRetentionPolicy',
    because(
      'the table is filled from a bucket, and the import writes a log',
      '버킷의 데이터로 테이블을 채우고 가져오기 로그를 남깁니다',
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Requesting.html',
    ),
  ),
];
const resourcePolicy = given('ResourcePolicy', 'dynamodb:PutResourcePolicy GetResourcePolicy');
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const tableKey = given(
  'SSESpecification.KMSMasterKeyId',
  'kms:CreateGrant DescribeKey Decrypt Encrypt ListAliases RevokeGrant',
  ownKey(
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html',
    'SSESpecification.KMSMasterKeyId',
  ),
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::DynamoDB::Table', ['table', '테이블'], 'dynamodb/table', {
    create: [
      'dynamodb:CreateTable DescribeTable',
      valued(
        'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
        [true],
        'dynamodb:UpdateContinuousBackups DescribeContinuousBackups',
      ),
      given('TimeToLiveSpecification', 'dynamodb:UpdateTimeToLive DescribeTimeToLive'),
      tagged('dynamodb:TagResource ListTagsOfResource'),
      ...insights,
      ...stream,
      ...imports,
      resourcePolicy,
      tableKey,
    ],
    read: ['dynamodb:DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource'],
    update: [
      'dynamodb:UpdateTable DescribeTable UpdateContinuousBackups UpdateTimeToLive TagResource UntagResource',
      'dynamodb:DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource',
      ...insights,
      ...stream,
      given('KinesisStreamSpecification', 'dynamodb:UpdateKinesisStreamingDestination'),
      resourcePolicy,
      given('ResourcePolicy', 'dynamodb:DeleteResourcePolicy'),
      tableKey,
    ],
    delete: ['dynamodb:DeleteTable DescribeTable'],
  }),
];
