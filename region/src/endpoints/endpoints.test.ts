import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Secret } from '@terrace/cloud/views/secrets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../authority/authority.ts';
import { type Credentials, issueCredentials, newSealingKey } from '../credentials/session.ts';
import { SecretStore } from '../secrets/store.ts';
import type { EndpointEvent, EndpointsConfiguration } from './configuration.ts';
import { Endpoints } from './endpoints.ts';

const region = 'ap-northeast-2';
const role = 'arn:aws:iam::000000000000:role/was-role';
const sealingKey = newSealingKey();
const carried = ['secretsmanager', 'ssm', 'sts', 'cloudformation', 'monitoring', 'rds', 'lambda', 's3'];
const secret: Secret = {
  arn: `arn:aws:secretsmanager:${region}:000000000000:secret:database-Ab12Cd`,
  name: 'database',
  description: 'of the game',
  statedBy: 'Stack/Secret',
  kmsKey: null,
  content: { kind: 'stated', value: '{"username":"arcade","password":"s3cret"}' },
  attached: {},
};

let directory: string;
let authority: Authority;
let configuration: EndpointsConfiguration;
let endpoints: Endpoints;
const events: EndpointEvent[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'endpoints-'));
  authority = await Authority.open(join(directory, 'authority'));
  const store = await SecretStore.open(join(directory, 'secrets'));
  const guarded = {
    ...secret,
    arn: secret.arn.replace('database', 'guarded'),
    name: 'guarded',
    kmsKey: 'arn:aws:kms:::key/forbidden',
  };
  await store.reconcile({ secrets: [secret, guarded], parameters: [] });
  await writeFile(join(directory, 'web.tar.gz'), 'the bundle of the web tier');
  // Allows by role and action, and by what the policy of a VPC endpoint says; enough to see that each request is put to it.
  const module = join(directory, 'authorizer.mjs');
  await writeFile(
    module,
    `export const authorizer = () => ({ role, action, resource, endpointPolicy }) => role.endsWith('/unreadable') ? policyOf(role) : ({
      allowed: endpointPolicy === null && role.endsWith('was-role') && !resource.includes('forbidden') && action !== 'secretsmanager:ListSecrets',
      explicit: resource.includes('forbidden'),
    });`,
  );
  configuration = {
    account: '000000000000',
    region,
    listen: [{ address: '127.0.0.1', port: 0, networkNamespace: null, services: carried, endpoint: null }],
    gatewayEndpoints: [],
    certificate: await authority.issue({ dns: [`*.${region}.amazonaws.com`, `*.s3.${region}.amazonaws.com`] }),
    sealingKey,
    authorization: {
      module: pathToFileURL(module).href,
      identity: { account: '000000000000', region, principals: [], managedPolicies: [], resourcePolicies: [] },
    },
    secretsDirectory: join(directory, 'secrets'),
    parameters: [
      { name: '/app/log-level', arn: 'arn', statedBy: 'Stack/P', type: 'String', value: 'info' },
      { name: '/app/deep/er', arn: 'arn', statedBy: 'Stack/P', type: 'String', value: '1' },
    ],
    buckets: [
      {
        name: 'assets',
        assets: [{ key: 'a/web.tar.gz', path: join(directory, 'web.tar.gz'), packaging: 'file' }],
        directory: null,
      },
      { name: 'uploads', assets: [], directory: join(directory, 'uploads') },
    ],
    stacks: [
      {
        name: 'Service',
        id: 'arn:stack',
        resources: [{ logicalId: 'Was', physicalId: 'was', type: 'T', metadata: { told: 1 } }],
      },
      { name: 'Other', id: 'arn:other', resources: [{ logicalId: 'Db', physicalId: 'db', type: 'T', metadata: {} }] },
    ],
    instances: [
      {
        id: 'i-1',
        imageId: 'ami-1',
        type: 't3.micro',
        zone: `${region}a`,
        vpc: 'vpc-1',
        subnet: 'subnet-1',
        privateAddress: '10.0.0.4',
        privateName: 'ip-10-0-0-4.internal',
        publicAddress: null,
        publicName: null,
        securityGroups: [],
        tags: {},
        group: null,
        stack: 'Service',
      },
    ],
    familySettings: {},
    familiesDirectory: join(directory, 'families'),
    resolver: null,
  };
  endpoints = await Endpoints.start(configuration, (event) => events.push(event));
});
afterAll(async () => {
  await endpoints[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const credentials = (change: { role?: string; expires?: number; key?: string } = {}): Credentials =>
  issueCredentials(change.key ?? sealingKey, change.role ?? role, 'i-1', change.expires ?? Date.now() + 3600_000);

describe('Secrets Manager, as the AWS SDK calls it', () => {
  const client = ({ accessKeyId, secretAccessKey, token }: Credentials) =>
    new SecretsManagerClient({
      region,
      endpoint: `https://secretsmanager.${region}.amazonaws.com:${endpoints.ports[0]}`,
      credentials: { accessKeyId, secretAccessKey, sessionToken: token },
      maxAttempts: 1,
      requestHandler: { httpsAgent: new Agent({ ca: authority.certificate, lookup: toLoopback }) },
    });

  test('gives a value to who may have it', async () => {
    const answer = await client(credentials()).send(new GetSecretValueCommand({ SecretId: 'database' }));
    expect(answer).toMatchObject({ ARN: secret.arn, Name: 'database', VersionStages: ['AWSCURRENT'] });
    expect(JSON.parse(answer.SecretString!)).toEqual({ username: 'arcade', password: 's3cret' });
    expect(answer.CreatedDate).toBeInstanceOf(Date);
  });

  test.each<[string, () => Credentials, string]>([
    ['another role', () => credentials({ role: 'arn:aws:iam::000000000000:role/web-role' }), 'AccessDenied'],
    [
      'credentials of another region of this machine',
      () => credentials({ key: newSealingKey() }),
      'UnrecognizedClientException',
    ],
    ['expired credentials', () => credentials({ expires: Date.now() - 1 }), 'ExpiredTokenException'],
    ['a wrong secret key', () => ({ ...credentials(), secretAccessKey: 'x'.repeat(40) }), 'SignatureDoesNotMatch'],
    [
      'a token of other credentials',
      () => ({ ...credentials(), token: credentials().token }),
      'UnrecognizedClientException',
    ],
  ])('refuses %s', async (_, given, name) => {
    await expect(client(given()).send(new GetSecretValueCommand({ SecretId: 'database' }))).rejects.toMatchObject({
      name,
    });
  });

  test('tells the region of a bug, and the caller no more than AWS does', async () => {
    const unreadable = credentials({ role: 'arn:aws:iam::000000000000:role/unreadable' });
    await expect(client(unreadable).send(new GetSecretValueCommand({ SecretId: 'database' }))).rejects.toMatchObject({
      name: 'InternalFailure',
      message: 'The request processing has failed because of an unknown error.',
    });
    expect(events).toContainEqual({
      kind: 'internal-failure',
      said: expect.stringContaining('policyOf is not defined'),
    });
  });

  test('puts every action to the policies, and says who was refused what', async () => {
    await expect(client(credentials()).send(new ListSecretsCommand({}))).rejects.toThrow(
      /arn:aws:sts::000000000000:assumed-role\/was-role\/i-1 is not authorized to perform: secretsmanager:ListSecrets/,
    );
    await expect(client(credentials()).send(new GetSecretValueCommand({ SecretId: 'forbidden' }))).rejects.toThrow(
      /explicit deny/,
    );
    await expect(client(credentials()).send(new GetSecretValueCommand({ SecretId: 'nothing' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('asks for the key’s permission besides, where a secret has a key of its own', async () => {
    await expect(client(credentials()).send(new GetSecretValueCommand({ SecretId: 'guarded' }))).rejects.toThrow(
      /Access to KMS is not allowed/,
    );
  });

  test('fails closed without policies, and obeys the policy of the endpoint it is called by', async () => {
    const get = () => client(credentials()).send(new GetSecretValueCommand({ SecretId: 'database' }));
    await endpoints.configure({ ...configuration, authorization: { ...configuration.authorization, module: null } });
    await expect(get()).rejects.toMatchObject({ name: 'AccessDenied' });
    const source = {
      id: 'vpce-1',
      vpc: 'vpc-1',
      policy: { Statement: [] },
      source: '127.0.0.1',
      service: 'secretsmanager',
    };
    await endpoints.configure({ ...configuration, gatewayEndpoints: [source] });
    await expect(get()).rejects.toMatchObject({ name: 'AccessDenied' });
    await endpoints.configure(configuration);
    await expect(get()).resolves.toBeDefined();
  });

  test('tells of each call, and never a value', () => {
    expect(events).toContainEqual({
      kind: 'call',
      service: 'secretsmanager',
      action: 'GetSecretValue',
      role,
      session: 'i-1',
      source: '127.0.0.1',
      status: 200,
      error: null,
    });
    expect(JSON.stringify(events)).not.toContain('s3cret');
  });
});

describe('other services', () => {
  test('Systems Manager gives parameters, and refuses by name what is not carried out', async () => {
    const call = (action: string, input: object) =>
      send('ssm', { method: 'POST', headers: { 'x-amz-target': `AmazonSSM.${action}` }, body: JSON.stringify(input) });
    expect(JSON.parse((await call('GetParameter', { Name: '/app/log-level' })).body)).toMatchObject({
      Parameter: { Value: 'info' },
    });
    const below = JSON.parse((await call('GetParametersByPath', { Path: '/app' })).body);
    expect(below.Parameters.map((each: { Name: string }) => each.Name)).toEqual(['/app/log-level']);
    const refused = await call('UpdateInstanceInformation', {});
    expect([refused.status, JSON.parse(refused.body).__type]).toEqual([400, 'NotImplemented']);
    expect(refused.body).toContain('Terrace does not carry out ssm:UpdateInstanceInformation');
  });

  test('STS says who one is, without a permission', async () => {
    const form = { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' };
    const answer = await send('sts', form, credentials({ role: 'arn:aws:iam::000000000000:role/path/web-role' }));
    expect(answer.body).toContain('<Arn>arn:aws:sts::000000000000:assumed-role/web-role/i-1</Arn>');
  });

  describe('CloudFormation, asked by an instance', () => {
    const identity = 'arn:aws:iam::000000000000:role/aws:ec2-instance';
    const ask = (body: string, role = identity) =>
      send('cloudformation', { method: 'POST', body }, credentials({ role }));
    const signal = (logicalId: string, { stack = 'Service', role = identity } = {}) =>
      ask(`Action=SignalResource&StackName=${stack}&LogicalResourceId=${logicalId}&UniqueId=i-1&Status=SUCCESS`, role);

    test('takes a signal without a permission, for a resource of its own stack', async () => {
      expect((await signal('Was')).status).toBe(200);
      expect(events).toContainEqual({
        kind: 'signal',
        stack: 'Service',
        logicalId: 'Was',
        uniqueId: 'i-1',
        status: 'SUCCESS',
      });
      expect((await signal('None')).body).toContain('ValidationError');
    });

    test('tells a resource of its own stack without a permission', async () => {
      const answer = await ask('Action=DescribeStackResource&StackName=Service&LogicalResourceId=Was');
      expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('{&quot;told&quot;:1}') });
    });

    test.each([
      ['a signal to another stack', () => signal('Db', { stack: 'Other' }), /belongs to Service/],
      [
        'a resource of another stack',
        () => ask('Action=DescribeStackResource&StackName=Other&LogicalResourceId=Db'),
        /Instance i-1 is not allowed to call DescribeStackResource on stack Other/,
      ],
      [
        'all resources of its stack',
        () => ask('Action=DescribeStackResources&StackName=Service'),
        /not allowed to call DescribeStackResources/,
      ],
      [
        'a role without the permission, though it is the instance',
        () => signal('Was', { role: 'arn:aws:iam::000000000000:role/web-role' }),
        /cloudformation:SignalResource/,
      ],
    ])('refuses %s', async (_, call, said) => {
      const { status, body } = await call();
      expect(status).toBe(403);
      expect(body).toMatch(said);
    });
  });

  test('CloudWatch takes metrics', async () => {
    const body =
      'Action=PutMetricData&Namespace=Arcade&MetricData.member.1.MetricName=Players&MetricData.member.1.Value=3&MetricData.member.1.Dimensions.member.1.Name=Zone&MetricData.member.1.Dimensions.member.1.Value=a';
    expect((await send('monitoring', { method: 'POST', body })).status).toBe(200);
    expect(events).toContainEqual({
      kind: 'metrics',
      namespace: 'Arcade',
      data: [{ name: 'Players', dimensions: { Zone: 'a' }, value: 3, unit: null }],
    });
  });

  test('what is not there at all is refused in its own protocol', async () => {
    const query = await send('rds', { method: 'POST', body: 'Action=DescribeDBInstances' });
    expect(query.body).toContain('<Code>NotImplemented</Code>');
    expect((await send('lambda', { method: 'GET', path: '/2015-03-31/functions' })).body).toContain(
      'Terrace does not carry out lambda',
    );
    expect((await send('s3', { method: 'GET', path: '/assets/a?acl' })).status).toBe(501);
  });
});

test('an address serves its own services and no other, whatever name it is called by', async () => {
  const refused = await send('kms', { method: 'POST', body: 'Action=ListKeys' });
  expect([refused.status, refused.body]).toEqual([421, expect.stringContaining('is not served at this address')]);
});

describe('S3', () => {
  test.each([
    ['by path', 's3', '/assets/a/web.tar.gz'],
    ['by host name', 'assets.s3', '/a/web.tar.gz'],
  ])('gives an asset %s, whole and in part', async (_, service, path) => {
    const whole = await send(service, { method: 'GET', path });
    expect([whole.status, whole.body]).toEqual([200, 'the bundle of the web tier']);
    const part = await send(service, { method: 'GET', path, headers: { range: 'bytes=4-9' } });
    expect([part.status, part.body, part.headers['content-range']]).toEqual([206, 'bundle', 'bytes 4-9/26']);
    const head = await send(service, { method: 'HEAD', path });
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '26']);
  });

  test('keeps what is put, lists it, and lets it go', async () => {
    const put = await send('s3', {
      method: 'PUT',
      path: '/uploads/saves/kim%20one.txt',
      body: 'level 3',
      headers: { 'x-amz-meta-player': 'kim' },
    });
    expect(put.status).toBe(200);
    const got = await send('s3', { method: 'GET', path: '/uploads/saves/kim%20one.txt' });
    expect([got.body, got.headers['x-amz-meta-player'], got.headers.etag]).toEqual([
      'level 3',
      'kim',
      put.headers.etag,
    ]);
    await send('s3', { method: 'PUT', path: '/uploads/other', body: '' });
    const listed = await send('s3', { method: 'GET', path: '/uploads?list-type=2&delimiter=%2F' });
    expect(listed.body).toContain('<CommonPrefixes><Prefix>saves/</Prefix></CommonPrefixes>');
    expect(listed.body).toContain('<Key>other</Key>');
    expect((await send('s3', { method: 'DELETE', path: '/uploads/other' })).status).toBe(204);
    expect((await send('s3', { method: 'GET', path: '/uploads/other' })).status).toBe(404);
  });

  test('takes an upload in parts', async () => {
    const begun = await send('s3', { method: 'POST', path: '/uploads/big?uploads=' });
    const id = /<UploadId>(.*)<\/UploadId>/.exec(begun.body)![1];
    for (const [number, body] of [
      ['1', 'one-'],
      ['2', 'two'],
    ] as const) {
      await send('s3', { method: 'PUT', path: `/uploads/big?partNumber=${number}&uploadId=${id}`, body });
    }
    const parts =
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part><Part><PartNumber>2</PartNumber></Part></CompleteMultipartUpload>';
    const done = await send('s3', { method: 'POST', path: `/uploads/big?uploadId=${id}`, body: parts });
    expect(done.body).toMatch(/<ETag>&quot;[0-9a-f]{32}-2&quot;<\/ETag>/);
    expect((await send('s3', { method: 'GET', path: '/uploads/big' })).body).toBe('one-two');
  });

  test('takes a body in signed frames', async () => {
    const framed = '7;chunk-signature=aa\r\nlevel 4\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'content-encoding': 'aws-chunked' };
    expect((await send('s3', { method: 'PUT', path: '/uploads/framed', body: framed, headers })).status).toBe(200);
    expect((await send('s3', { method: 'GET', path: '/uploads/framed' })).body).toBe('level 4');
  });

  test('does not change what the assembly published, nor take a body that is not the signed one', async () => {
    expect((await send('s3', { method: 'PUT', path: '/assets/a/web.tar.gz', body: 'x' })).status).toBe(501);
    const headers = { 'x-amz-content-sha256': createHash('sha256').update('signed').digest('hex') };
    expect((await send('s3', { method: 'PUT', path: '/uploads/changed', body: 'sent', headers })).body).toContain(
      'XAmzContentSHA256Mismatch',
    );
    expect((await send('s3', { method: 'GET', path: '/uploads/changed' })).status).toBe(404);
  });
});

interface Sent {
  readonly method: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Signs and sends as AWS's documentation says it, without the server's own code. */
function send(
  called: string,
  sent: Sent,
  by: Credentials = credentials(),
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const service = called.split('.').at(-1)!;
  const host = `${called}.${region}.amazonaws.com`;
  const [path, query = ''] = (sent.path ?? '/').split('?') as [string, string?];
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const body = sent.body ?? '';
  const hash = sent.headers?.['x-amz-content-sha256'] ?? createHash('sha256').update(body).digest('hex');
  const headers: Record<string, string> = {
    ...sent.headers,
    host,
    'x-amz-date': date,
    'x-amz-security-token': by.token,
    'x-amz-content-sha256': hash,
  };
  const names = Object.keys(headers).sort();
  const sorted = query
    .split('&')
    .filter(Boolean)
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');
  const canonical = [
    sent.method,
    path,
    sorted,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash,
  ].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (held, part) => createHmac('sha256', held).update(part).digest(),
      `AWS4${by.secretAccessKey}`,
    );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${by.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Promise((done, failed) => {
    const request = httpsRequest(
      {
        host,
        port: endpoints.ports[0],
        method: sent.method,
        path: sent.path ?? '/',
        headers,
        ca: authority.certificate,
        lookup: toLoopback,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () =>
          done({ status: response.statusCode!, headers: response.headers as Record<string, string>, body: text }),
        );
      },
    );
    request.on('error', failed);
    request.end(body);
  });
}

const toLoopback: LookupFunction = (_, options, done) => {
  if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};
