import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Authentication, bucketOf } from './authentication.ts';
import { BuildLog } from './log.ts';

const log = new BuildLog(false, 'cfn-init', mkdtempSync(join(tmpdir(), 'cfn-log-')));

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
test.each([
  ['https://s3.amazonaws.com/assets/a.zip', 'assets'],
  ['https://s3.ap-northeast-2.amazonaws.com/assets/a/b.zip', 'assets'],
  ['https://s3-us-west-2.amazonaws.com/assets/a.zip', 'assets'],
  ['https://assets.s3.amazonaws.com/a.zip', 'assets'],
  ['https://assets.s3.ap-northeast-2.amazonaws.com/a.zip', 'assets'],
  ['https://with.dots.s3.dualstack.eu-west-1.amazonaws.com/a.zip', 'with.dots'],
  ['https://example.com/assets/a.zip', null],
  ['https://s3.example.com/assets/a.zip', null],
])('the bucket of %s', (address, bucket) => {
  expect(bucketOf(new URL(address))).toBe(bucket);
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html */
describe('authentication', () => {
  const given = new Authentication(
    {
      keys: { type: 'S3', accessKeyId: 'AKIA1', secretKey: 'secret', buckets: ['assets', 'more'] },
      web: { type: 'basic', username: 'ann', password: 'p:w', uris: ['www.example.com', 'https://other.example/x/'] },
      other: { type: 'basic', username: 'bob', password: 'x' },
      odd: { type: 'digest' },
      bare: { type: 'S3', buckets: ['unsigned'] },
    },
    log,
  );
  beforeEach(() => void vi.stubEnv('AWS_REGION', 'ap-northeast-2'));

  test.each([
    ['https://www.example.com/x', undefined, `Basic ${btoa('ann:p:w')}`],
    ['https://other.example/y', undefined, `Basic ${btoa('ann:p:w')}`],
    ['https://third.example/y', undefined, undefined],
    ['https://third.example/y', 'other', `Basic ${btoa('bob:x')}`],
    ['https://third.example/y', 'not-stated', undefined],
    ['https://unsigned.s3.amazonaws.com/y', undefined, undefined],
  ])('of %s, named %s', async (address, named, authorization) => {
    const url = new URL(address);
    expect((await given.methodFor(url, named)(url)).authorization).toBe(authorization);
  });

  test.each([
    ['https://assets.s3.eu-west-1.amazonaws.com/a', 'eu-west-1'],
    ['https://s3-us-west-2.amazonaws.com/more/a', 'us-west-2'],
    ['https://s3.amazonaws.com/assets/a', 'ap-northeast-2'],
  ])('signs %s for %s', async (address, region) => {
    const url = new URL(address);
    const headers = await given.methodFor(url)(url);
    expect(headers.authorization).toMatch(new RegExp(`Credential=AKIA1/\\d{8}/${region}/s3/aws4_request`));
  });
});
