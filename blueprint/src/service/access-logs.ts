import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';

/** Where load balancers write a line for every request. */
export interface AccessLogs {
  readonly bucket: CfnBucket;
  /** Load balancers test the bucket when they are told of it, so they have to wait for this. */
  readonly policy: CfnBucketPolicy;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
export function buildAccessLogs(scope: Construct): AccessLogs {
  const bucket = because(
    new CfnBucket(scope, 'AccessLogs', {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      lifecycleConfiguration: { rules: [{ id: 'thirty-days', status: 'Enabled', expirationInDays: 30 }] },
      tags: nameTag('access-logs'),
    }),
    'edge',
    words(
      'Who asked for what, and who answered: kept for 30 days, for finding out what happened after it happened.',
      '누가 무엇을 요청했고 누가 응답했는지 30일 동안 남깁니다. 일이 생긴 뒤 무슨 일이 있었는지 알아내는 데 씁니다.',
    ),
  );
  bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
  accept(bucket, 'AwsSolutions-S1', 'It holds logs itself: logging its own accesses would feed on itself.');
  const account = RegionInfo.get(Stack.of(scope).region).elbv2Account;
  const policy = because(
    new CfnBucketPolicy(scope, 'AccessLogsPolicy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'LoadBalancersWrite',
            Effect: 'Allow',
            Principal: account
              ? { AWS: Fn.sub(`arn:\${AWS::Partition}:iam::${account}:root`) }
              : { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: Fn.join('', [bucket.attrArn, '/*/AWSLogs/', Stack.of(scope).account, '/*']),
          },
          {
            Sid: 'EncryptedConnectionsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [bucket.attrArn, Fn.join('', [bucket.attrArn, '/*'])],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
    'edge',
    words(
      'Load balancers of this region may write, and only for this account; nothing may come unencrypted.',
      '이 리전의 로드 밸런서가 이 계정의 로그만 쓸 수 있고, 암호화되지 않은 접속은 모두 거부합니다.',
    ),
  );
  return { bucket, policy };
}
