import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { form, length, oneOf, range, unique } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';
import { lifecycleRules } from './lifecycle-rules.ts';
import { settingRules } from './setting-rules.ts';

const types = ['AWS::S3::Bucket'];
const page = 'AmazonS3/latest/userguide/bucketnamingrules.html';

/** What AWS refuses of buckets. */
export const rules: readonly Rule[] = [
  length({
    types,
    path: 'BucketName',
    least: 3,
    most: 63,
    page,
    aws: () => 'Bucket name should be between 3 and 63 characters long',
  }),
  form({
    types,
    path: 'BucketName',
    pattern: /^[a-z0-9.-]+$/,
    said: words(
      'a name has small letters, digits, periods and hyphens',
      '이름에는 소문자, 숫자, 마침표, 하이픈만 쓸 수 있습니다.',
    ),
    page,
    aws: () => 'Bucket name should not contain uppercase characters',
  }),
  form({
    types,
    path: 'BucketName',
    pattern: /^[a-z0-9](?!.*\.\.).*[a-z0-9]$/,
    said: words(
      'a name begins and ends with a letter or digit and has no two periods in a row',
      '이름은 소문자나 숫자로 시작하고 끝나며 마침표를 이어 쓸 수 없습니다.',
    ),
    page,
  }),
  form({
    types,
    path: 'BucketName',
    pattern: /^(?!\d{1,3}(\.\d{1,3}){3}$)/,
    said: words('a name is not written as an IP address', '이름을 IP 주소처럼 쓸 수 없습니다.'),
    page,
    aws: () => 'Bucket name must not be formatted as an IP Address',
  }),
  form({
    types,
    path: 'BucketName',
    code: 'NAME_RESERVED',
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)/,
    said: words(
      'AWS keeps the prefixes xn--, sthree-, amzn-s3-demo- and the suffixes -s3alias, --ol-s3, .mrap, --x-s3, --table-s3',
      '접두사 xn--, sthree-, amzn-s3-demo-와 접미사 -s3alias, --ol-s3, .mrap, --x-s3, --table-s3는 AWS가 씁니다.',
    ),
    page,
  }),
  unique({
    types,
    path: 'BucketName',
    code: 'NAME_TAKEN',
    said: words('A bucket’s name is unique in all of AWS.', '버킷의 이름은 AWS 전체에서 하나뿐입니다.'),
    key: (_, value) => String(value),
    page,
  }),
  oneOf({
    types,
    path: 'VersioningConfiguration.Status',
    values: ['Enabled', 'Suspended'],
    page: 'AmazonS3/latest/API/API_PutBucketVersioning.html',
  }),
  oneOf({
    types,
    path: 'BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.SSEAlgorithm',
    values: ['AES256', 'aws:kms', 'aws:kms:dsse'],
    page: 'AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html',
  }),
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    page: 'AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html',
    what: words('A KMS key is for encryption by aws:kms.', 'KMS 키는 aws:kms 암호화에만 지정합니다.'),
    check: ({ properties }) => {
      const list = (properties.BucketEncryption as { ServerSideEncryptionConfiguration?: unknown } | undefined)
        ?.ServerSideEncryptionConfiguration;
      return (Array.isArray(list) ? list : []).flatMap((each, index) => {
        const byDefault = each?.ServerSideEncryptionByDefault ?? {};
        if (text(byDefault, 'SSEAlgorithm') !== 'AES256' || byDefault.KMSMasterKeyID === undefined) return [];
        return [
          {
            at: [
              'BucketEncryption',
              'ServerSideEncryptionConfiguration',
              index,
              'ServerSideEncryptionByDefault',
              'KMSMasterKeyID',
            ],
            cause: words('AES256 takes no key of KMS.', 'AES256에는 KMS 키를 쓸 수 없습니다.'),
            next: words(
              'Write SSEAlgorithm: aws:kms, or leave the key out.',
              'SSEAlgorithm을 aws:kms로 쓰거나 키를 빼세요.',
            ),
            aws: 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
          },
        ];
      });
    },
  },
  range({
    types,
    path: 'LifecycleConfiguration.Rules.*.ExpirationInDays',
    from: 1,
    to: 2_147_483_647,
    page: 'AmazonS3/latest/API/API_LifecycleExpiration.html',
  }),
  oneOf({
    types,
    path: 'LifecycleConfiguration.Rules.*.Status',
    values: ['Enabled', 'Disabled'],
    page: 'AmazonS3/latest/API/API_LifecycleRule.html',
  }),
  ...lifecycleRules,
  ...settingRules,
];
