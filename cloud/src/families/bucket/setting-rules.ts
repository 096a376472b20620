import { flag, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { notEmpty, refused } from '../contract/refused.ts';
import { exclusive, form } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::S3::Bucket'];
const versioned = (properties: Parameters<typeof object>[0]) =>
  text(object(properties, 'VersioningConfiguration'), 'Status') === 'Enabled' ||
  !isKnown(properties.VersioningConfiguration ?? null);

/** What AWS refuses of the settings of buckets. */
export const settingRules: readonly Rule[] = [
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonS3/latest/userguide/object-ownership-existing-bucket.html',
    what: words(
      'A bucket with an ACL for others has OwnershipControls: without them ACLs are off.',
      '다른 사용자에게 여는 ACL에는 OwnershipControls가 필요합니다. 없으면 ACL이 꺼져 있습니다.',
    ),
    next: words(
      'Write a bucket policy, or OwnershipControls with ObjectWriter.',
      '버킷 정책을 쓰거나 OwnershipControls에 ObjectWriter를 쓰세요.',
    ),
    where: ({ properties }) =>
      /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(text(properties, 'AccessControl') ?? '') &&
      !isStated(properties, 'OwnershipControls')
        ? ['AccessControl']
        : [],
    aws: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  }),
  form({
    types,
    path: 'CorsConfiguration.CorsRules.*.AllowedOrigins.*',
    code: 'WRONG_FORM',
    pattern: /^[^*]*\*?[^*]*$/,
    said: words('an origin has one wildcard at most', '원본에는 와일드카드를 하나만 쓸 수 있습니다.'),
    page: 'AmazonS3/latest/userguide/ManageCorsUsing.html',
    aws: (origin) => `AllowedOrigin "${origin}" can not have more than one wildcard.`,
  }),
  form({
    types,
    path: 'WebsiteConfiguration.IndexDocument',
    code: 'WRONG_FORM',
    pattern: /^[^/]+$/,
    said: words('the index document has no slash', '인덱스 문서에는 슬래시를 쓸 수 없습니다.'),
    page: 'AmazonS3/latest/API/API_IndexDocument.html',
    aws: () => 'The IndexDocument Suffix is not well formed',
  }),
  exclusive({
    types,
    paths: ['WebsiteConfiguration.RedirectAllRequestsTo', 'WebsiteConfiguration.IndexDocument'],
    page: 'AmazonS3/latest/API/API_WebsiteConfiguration.html',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonS3/latest/API/API_WebsiteConfiguration.html',
    what: words(
      'A website has an index document, or redirects all requests.',
      '웹 사이트에는 인덱스 문서나 전체 리디렉션이 필요합니다.',
    ),
    where: ({ properties }) =>
      isStated(properties, 'WebsiteConfiguration') &&
      !['IndexDocument', 'RedirectAllRequestsTo'].some((each) => isStated(properties, `WebsiteConfiguration.${each}`))
        ? ['WebsiteConfiguration']
        : [],
    aws: 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonS3/latest/userguide/object-lock-configure.html',
    what: words(
      'Object Lock needs ObjectLockEnabled, or versioning.',
      '객체 잠금에는 ObjectLockEnabled나 버전 관리가 필요합니다.',
    ),
    where: ({ properties }) =>
      isStated(properties, 'ObjectLockConfiguration') &&
      !flag(properties, 'ObjectLockEnabled') &&
      !versioned(properties)
        ? ['ObjectLockConfiguration']
        : [],
    aws: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonS3/latest/userguide/replication-requirements.html',
    what: words('Replication needs versioning.', '복제에는 버전 관리가 필요합니다.'),
    where: ({ properties }) =>
      isStated(properties, 'ReplicationConfiguration') &&
      !versioned(properties) &&
      !flag(properties, 'ObjectLockEnabled')
        ? ['ReplicationConfiguration']
        : [],
    aws: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  }),
  ...['QueueConfigurations.*.Event', 'TopicConfigurations.*.Event', 'LambdaConfigurations.*.Event'].map((path) =>
    form({
      types,
      path: `NotificationConfiguration.${path}`,
      code: 'WRONG_VALUE',
      pattern: /^s3:(Object[A-Z]|Replication|Lifecycle|IntelligentTiering|ReducedRedundancy|TestEvent)[\w*:]*$/,
      said: words('an event is written as s3:ObjectCreated:*', '이벤트는 s3:ObjectCreated:*처럼 씁니다.'),
      page: 'AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html',
      aws: () => 'The event is not supported for notifications',
    }),
  ),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: 'AmazonS3/latest/userguide/transfer-acceleration.html',
    what: words(
      'A bucket whose name has a period is not accelerated.',
      '이름에 마침표가 있는 버킷에는 전송 가속화를 쓸 수 없습니다.',
    ),
    where: ({ properties }) =>
      isStated(properties, 'AccelerateConfiguration') && /\./.test(text(properties, 'BucketName') ?? '')
        ? ['AccelerateConfiguration']
        : [],
  }),
  notEmpty({
    types,
    paths: [
      'OwnershipControls.Rules',
      'CorsConfiguration.CorsRules',
      'CorsConfiguration.CorsRules.*.AllowedOrigins',
      'CorsConfiguration.CorsRules.*.AllowedMethods',
      'LifecycleConfiguration.Rules',
    ],
    page: 'AmazonS3/latest/API/API_PutBucketCors.html',
  }),
];
