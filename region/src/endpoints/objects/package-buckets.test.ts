import { describe, expect, test } from 'vitest';
import type { Authorize } from '../configuration.ts';
import type { Wire } from '../wire.ts';
import { answerPackages, packageBucket } from './package-buckets.ts';

const region = 'ap-northeast-2';
const name = `al2023-repos-${region}-de612dc2`;
const wire = (change: Partial<Wire> = {}): Wire => ({
  method: 'GET',
  path: '/core/mirrors/latest/x86_64/mirror.list',
  query: '',
  headers: {},
  source: '10.0.0.1',
  requestId: '1',
  service: 's3',
  bucket: name,
  ...change,
});

test.each([
  [wire(), name],
  [wire({ bucket: `amazonlinux-2-repos-${region}` }), `amazonlinux-2-repos-${region}`],
  [wire({ bucket: null, path: `/${name}/core/x` }), name],
  [wire({ bucket: 'al2023-repos-us-east-1-de612dc2' }), null],
  [wire({ bucket: `my-${name}` }), null],
  [wire({ bucket: null, path: '/' }), null],
])('the bucket of packages of %j', (given, bucket) => {
  expect(packageBucket(given, region)).toBe(bucket);
});

describe('packages of Amazon Linux', () => {
  const asked: unknown[] = [];
  const answering =
    (allowed: boolean): Authorize =>
    (request) => {
      asked.push(request);
      return { allowed, explicit: false };
    };
  const by = { id: 'vpce-1', vpc: 'vpc-1', policy: { Statement: [] } };

  test('are for everyone, without a signature, by the internet and by an endpoint without a policy', async () => {
    expect(await answerPackages(wire(), name, undefined, answering(false))).toMatchObject({ status: 200 });
    expect(await answerPackages(wire(), name, { ...by, policy: null }, answering(false))).toMatchObject({
      status: 200,
    });
    expect(asked).toEqual([]);
  });

  test('are decided by the policy of the endpoint that the request came by', async () => {
    expect(await answerPackages(wire(), name, by, answering(true))).toMatchObject({ status: 200 });
    expect(asked).toEqual([
      expect.objectContaining({
        role: null,
        action: 's3:GetObject',
        resource: `arn:aws:s3:::${name}/core/mirrors/latest/x86_64/mirror.list`,
        endpointPolicy: by.policy,
        context: expect.objectContaining({ 'aws:SourceVpce': 'vpce-1' }),
      }),
    ]);
    await expect(answerPackages(wire(), name, by, answering(false))).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  test('are written by nobody', async () => {
    await expect(answerPackages(wire({ method: 'PUT' }), name, undefined, answering(true))).rejects.toMatchObject({
      status: 403,
    });
  });
});
