import { describe, expect, test } from 'vitest';
import { newSealingKey, openSession } from '../credentials/session.ts';
import type { MetadataConfiguration, MetadataInstance } from './configuration.ts';
import { MetadataServer } from './server.ts';

const sealingKey = newSealingKey();

const instance: MetadataInstance = {
  id: 'i-0aaaaaaaaaaaaaaaa',
  imageId: 'ami-0123456789abcdef0',
  type: 't3.micro',
  zone: 'ap-northeast-2a',
  interfaces: [
    {
      id: 'eni-1',
      mac: '02:00:00:00:00:01',
      device: 0,
      addresses: ['127.0.0.1'],
      publicAddress: null,
      addresses6: ['2001:db8:0:1::5', '2001:db8:0:1::6'],
      subnetRanges6: ['2001:db8:0:1::/64'],
      vpcRanges6: ['2001:db8::/56'],
      subnet: 'subnet-1',
      subnetRange: '127.0.0.0/24',
      vpc: 'vpc-1',
      vpcRanges: ['127.0.0.0/16'],
      securityGroups: [{ id: 'sg-1', name: 'web' }],
    },
  ],
  privateName: 'ip-127-0-0-1.ap-northeast-2.compute.internal',
  publicName: null,
  launchIndex: 0,
  options: { enabled: true, tokens: 'required', hopLimit: 1, tags: true },
  profile: {
    arn: 'arn:aws:iam::000000000000:instance-profile/web',
    id: 'AIPA1',
    role: { name: 'web-role', arn: 'arn:aws:iam::000000000000:role/web-role' },
  },
  userData: Buffer.from('#!/bin/bash\necho hello').toString('base64'),
  tags: { Name: 'web' },
  lifecycleState: 'InService',
};

const configuration = (change: Partial<MetadataInstance> = {}): MetadataConfiguration => ({
  listen: { address: '127.0.0.1', port: 0 },
  account: '000000000000',
  region: 'ap-northeast-2',
  sealingKey,
  instances: [{ ...instance, ...change }],
});

describe('instance metadata', () => {
  test.each([
    ['/latest/meta-data/instance-id', 'i-0aaaaaaaaaaaaaaaa'],
    ['/latest/meta-data/local-ipv4', '127.0.0.1'],
    ['/latest/meta-data/ipv6', '2001:db8:0:1::5'],
    ['/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/ipv6s', '2001:db8:0:1::5\n2001:db8:0:1::6'],
    ['/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/subnet-ipv6-cidr-blocks', '2001:db8:0:1::/64'],
    ['/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/vpc-ipv6-cidr-blocks', '2001:db8::/56'],
    ['/latest/meta-data/placement/availability-zone', 'ap-northeast-2a'],
    ['/latest/meta-data/placement/region', 'ap-northeast-2'],
    ['/latest/meta-data/iam/security-credentials/', 'web-role'],
    ['/latest/meta-data/tags/instance/Name', 'web'],
    ['/2021-07-15/meta-data/network/interfaces/macs/02:00:00:00:00:01/subnet-id', 'subnet-1'],
    ['/latest/user-data', '#!/bin/bash\necho hello'],
    ['/latest', 'dynamic/\nmeta-data/\nuser-data'],
  ])('says at %s', async (path, text) => {
    await using server = await MetadataServer.start(configuration());
    const response = await get(server, path, { 'x-aws-ec2-metadata-token': await token(server) });
    expect([response.status, await response.text()]).toEqual([200, text]);
  });

  // imdsv2-token
  test('requires a token that was asked for with a lifetime and not through a proxy', async () => {
    await using server = await MetadataServer.start(configuration());
    expect((await get(server, '/latest/meta-data/')).status).toBe(401);
    expect((await get(server, '/latest/meta-data/', { 'x-aws-ec2-metadata-token': 'made-up' })).status).toBe(401);
    expect((await put(server, {})).status).toBe(400);
    expect((await put(server, { 'x-aws-ec2-metadata-token-ttl-seconds': '21601' })).status).toBe(400);
    const proxied = { 'x-aws-ec2-metadata-token-ttl-seconds': '60', 'x-forwarded-for': '1.1.1.1' };
    expect((await put(server, proxied)).status).toBe(403);
  });

  test('does without a token where the instance says optional, but takes no wrong one', async () => {
    await using server = await MetadataServer.start(
      configuration({ options: { ...instance.options, tokens: 'optional' } }),
    );
    expect((await get(server, '/latest/meta-data/instance-id')).status).toBe(200);
    expect((await get(server, '/latest/meta-data/', { 'x-aws-ec2-metadata-token': 'made-up' })).status).toBe(401);
  });

  test('lets a token expire, and holds it to its own instance', async () => {
    let now = Date.now();
    await using server = await MetadataServer.start(configuration(), () => now);
    const held = { 'x-aws-ec2-metadata-token': await token(server, 60) };
    now += 59_000;
    expect((await get(server, '/latest/meta-data/instance-id', held)).status).toBe(200);
    server.configure(configuration({ id: 'i-0bbbbbbbbbbbbbbbb' }));
    expect((await get(server, '/latest/meta-data/instance-id', held)).status).toBe(401);
    server.configure(configuration());
    now += 2000;
    expect((await get(server, '/latest/meta-data/instance-id', held)).status).toBe(401);
  });

  test('gives credentials of the role, the same until they near their end', async () => {
    let now = Date.now();
    await using server = await MetadataServer.start(configuration(), () => now);
    const credentials = async () => {
      const path = '/latest/meta-data/iam/security-credentials/web-role';
      return (await (await get(server, path, { 'x-aws-ec2-metadata-token': await token(server) })).json()) as Record<
        string,
        string
      >;
    };
    const first = await credentials();
    expect(openSession(sealingKey, first.Token!)).toMatchObject({
      role: instance.profile!.role.arn,
      name: instance.id,
    });
    expect((await credentials()).AccessKeyId).toBe(first.AccessKeyId);
    now += 5.5 * 3600_000;
    expect((await credentials()).AccessKeyId).not.toBe(first.AccessKeyId);
  });

  test('answers nothing where it is switched off, and cuts strangers off', async () => {
    await using server = await MetadataServer.start(
      configuration({ options: { ...instance.options, enabled: false } }),
    );
    expect((await put(server, { 'x-aws-ec2-metadata-token-ttl-seconds': '60' })).status).toBe(403);
    server.configure({ ...configuration(), instances: [] });
    await expect(get(server, '/latest/meta-data/')).rejects.toThrow();
  });
});

function get(server: MetadataServer, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
}

function put(server: MetadataServer, headers: Record<string, string>): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}/latest/api/token`, { method: 'PUT', headers });
}

async function token(server: MetadataServer, seconds = 60): Promise<string> {
  return (await put(server, { 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) })).text();
}
