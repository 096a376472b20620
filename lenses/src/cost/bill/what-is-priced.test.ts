import { operatingSystem } from '@terrace/cloud/families/instance/operating-system';
import type { JsonObject } from '@terrace/cloud/json';
import { describe, expect, test } from 'vitest';
import { savings } from '../alternatives/changes.ts';
import { estateOf, type Stated } from '../estate.fixture.ts';
import { loadPrices } from '../prices/prices.ts';
import { billOf } from './bill.ts';
import { unknownPrices } from './nearest.ts';
import { usageOf } from './usage.ts';

const book = loadPrices();
const virginia = 'us-east-1';
const windows = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base';

const billFor = (stated: readonly Stated[], usage = usageOf()) => billOf(estateOf(virginia, stated), usage, book);
const server = (properties: JsonObject): Stated[] => [{ id: 'server', type: 'AWS::EC2::Instance', properties }];
const database = (properties: JsonObject): Stated[] => [{ id: 'data', type: 'AWS::RDS::DBInstance', properties }];

describe('the operating system of an image', () => {
  test.each([
    [windows, 'Windows'],
    [
      '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-SQL_2019_Standard',
      'Windows with SQL Server Standard',
    ],
    [
      '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-SQL_2019_Enterprise',
      'Windows with SQL Server Enterprise',
    ],
    ['/aws/service/suse/sles/15-sp5/x86_64/latest', 'SUSE'],
    ['/aws/service/marketplace/prod-abc/latest', 'with software of AWS Marketplace'],
    ['/aws/service/canonical/ubuntu/pro-server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id', 'Ubuntu Pro'],
    ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', 'Linux'],
    ['/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id', 'Linux'],
    ['RegionMap.us-east-1.WindowsServer2019', 'Windows'],
    ['Images.us-east-1.RHEL9', 'RHEL'],
    ['RedHatAmi (Red Hat Enterprise Linux 9)', 'RHEL'],
    ['Images.us-east-1.AmazonLinux2', 'Linux'],
    ['MySqlWebImage (Ubuntu with MySQL)', 'Linux'],
  ])('%s: %s', (name, expected) => {
    expect(operatingSystem({ ImageId: 'ami-1' }, [name])).toMatchObject({ name: expected, known: true });
  });

  test('is Windows where user data is PowerShell, and assumed to be Linux where nothing says it', () => {
    const script = Buffer.from('<powershell>Install-WindowsFeature Web-Server</powershell>').toString('base64');
    expect(operatingSystem({ ImageId: 'ami-1', UserData: script }, [])).toEqual({ name: 'Windows', known: true });
    expect(operatingSystem({ ImageId: 'ami-1' }, [])).toEqual({ name: 'Linux', known: false });
  });
});

describe('a server', () => {
  const first = (properties: JsonObject) =>
    billFor(server(properties)).lines.filter((line) => line.heading === 'instances');

  test('with Windows costs its machine and a license for each vCPU', () => {
    const lines = first({ InstanceType: 'm5.large', ImageId: `resolve:ssm:${windows}` });
    expect(lines.map(({ usd }) => usd)).toEqual([expect.closeTo(0.096 * 730, 6), expect.closeTo(2 * 0.046 * 730, 6)]);
    expect(lines[0]!.what.en).toBe('1 × m5.large, Windows, on demand');
  });

  test.each([
    [
      'Windows on a burstable type',
      { InstanceType: 't3.micro', ImageId: `resolve:ssm:${windows}` },
      't3.micro Windows on-demand',
    ],
    ['RHEL', { InstanceType: 'm5.large', ImageId: 'rhel-9' }, 'm5.large RHEL on-demand'],
    ['SUSE', { InstanceType: 'm5.large', ImageId: 'suse/sles/15' }, 'm5.large SUSE on-demand'],
    [
      'the Spot market',
      { InstanceType: 'm5.large', InstanceMarketOptions: { MarketType: 'spot' } },
      'm5.large Linux Spot',
    ],
    ['a dedicated host', { InstanceType: 'm5.large', Tenancy: 'host' }, 'm5.large Linux on-demand, tenancy host'],
  ])('by %s has no known price, never that of Linux on demand', (_, properties, missing) => {
    const [line] = first(properties);
    expect(line).toMatchObject({ usd: null, missing: [missing] });
    expect(billFor(server(properties)).pricedShare).toBeNull();
  });

  test('with Windows has a root disk of 30 GB where none is stated, which is said', () => {
    const disk = (image: string) =>
      billFor(server({ InstanceType: 'm5.large', ImageId: image })).lines.find((line) => line.heading === 'volumes')!;
    expect([disk(windows).quantity, disk(windows).assumes?.en]).toEqual([30, expect.stringContaining('30 GB')]);
    expect([disk('al2023-ami').quantity, disk('al2023-ami').assumes]).toEqual([8, undefined]);
  });

  test('on the Spot market is not said to be on demand', () => {
    const [line] = first({ InstanceType: 't3.micro', InstanceMarketOptions: { MarketType: 'spot' } });
    expect([line!.what.en, line!.what.ko]).toEqual(['1 × t3.micro, Linux, Spot', 't3.micro 1대, Linux, 스팟']);
  });

  test('whose image says nothing is assumed to run Linux, which is said', () => {
    const [line] = first({ InstanceType: 't3.micro', ImageId: 'ami-0123456789abcdef0' });
    expect(line!.assumes?.en).toContain('ami-0123456789abcdef0');
    expect(first({ InstanceType: 't3.micro', ImageId: 'al2023-ami' })[0]!.assumes).toBeUndefined();
  });

  test.each([
    't2.nano',
    't2.2xlarge',
    't3.2xlarge',
    'm4.large',
    'm5.24xlarge',
    'm7g.medium',
    'c5.large',
    'r6i.xlarge',
  ])('%s has a price in every region', (type) => {
    for (const region of book.regions) {
      const [line] = billOf(estateOf(region, server({ InstanceType: type })), usageOf(), book).lines;
      expect([region, line!.usd]).not.toEqual([region, null]);
    }
  });

  test('that runs Windows is not advised to move to Graviton, one that runs Linux is', () => {
    const advice = (image: string) =>
      savings(estateOf(virginia, server({ InstanceType: 't3.large', ImageId: image })), usageOf(), book, virginia).map(
        ({ change }) => change.id,
      );
    expect(advice('al2023-ami')).toContain('graviton');
    expect(advice(windows)).not.toContain('graviton');
  });
});

test('a group that gets no instance is named, and its bill is not complete', () => {
  const group = { id: 'group', type: 'AWS::AutoScaling::AutoScalingGroup', properties: { MinSize: '1', MaxSize: '2' } };
  const empty = billFor([group]);
  expect([empty.idle, empty.pricedShare]).toEqual([['group'], null]);
  expect(unknownPrices(empty, book).map(({ code }) => code)).toEqual(['NOTHING_RUNS']);
  expect(billFor([{ ...group, running: 1 }]).idle).toEqual([]);
  expect(billFor([{ ...group, properties: { MinSize: '0', MaxSize: '2' } }]).idle).toEqual([]);
});

test('gateways cost nothing by themselves, what passes through a transit gateway does', () => {
  const gateways = ['TransitGateway', 'VPNGateway', 'CustomerGateway', 'TransitGatewayRouteTable', 'InternetGateway'];
  const free = billFor(gateways.map((name) => ({ id: name, type: `AWS::EC2::${name}` })));
  expect([free.usd, free.unread, free.pricedShare]).toEqual([0, [], 1]);
  const attached = billFor(
    [{ id: 'a', type: 'AWS::EC2::TransitGatewayAttachment' }],
    usageOf({ transitGigabytes: 100 }),
  );
  expect(attached.usd).toBeCloseTo(0.05 * 730 + 100 * 0.02, 6);
});

describe('a database', () => {
  const lines = (properties: JsonObject) => billFor(database({ AllocatedStorage: '20', ...properties })).lines;
  const size = 'db.m5.large';

  test.each([
    [{ Engine: 'sqlserver-se', DBInstanceClass: size }, 'RDS SQL Server Standard'],
    [{ Engine: 'sqlserver-ex', DBInstanceClass: 'db.t3.micro' }, 'RDS SQL Server Express'],
    [{ Engine: 'oracle-ee', DBInstanceClass: size }, 'RDS Oracle Enterprise bring your own license'],
    [
      { Engine: 'oracle-se2', DBInstanceClass: size, LicenseModel: 'license-included' },
      'RDS Oracle Standard Two license included',
    ],
    [{ Engine: 'mariadb', DBInstanceClass: 'db.t2.micro' }, 'RDS MariaDB'],
  ])('%j is priced with its license', (properties, service) => {
    const [hours] = lines(properties);
    expect(hours!.records[0]!.service).toBe(service);
    expect(hours!.usd).toBeGreaterThan(0);
  });

  test('of Oracle that does not say whose license it is has no known price', () => {
    expect(lines({ Engine: 'oracle-se2', DBInstanceClass: size })[0]!.usd).toBeNull();
  });

  test('past its standard support pays for each vCPU, a standby’s too, and more from the third year', () => {
    const support = (version: string, more: JsonObject = {}) =>
      lines({ Engine: 'postgres', EngineVersion: version, DBInstanceClass: size, ...more }).find(({ what }) =>
        what.en.startsWith('Extended'),
      )?.usd;
    expect(support('13.4')).toBeCloseTo(2 * 0.1 * 730, 6);
    expect(support('11.22')).toBeCloseTo(2 * 0.2 * 730, 6);
    expect(support('11.22', { MultiAZ: true })).toBeCloseTo(4 * 0.2 * 730, 6);
    expect(support('17.2')).toBeUndefined();
  });

  test('pays for IOPS of gp3 only beyond those that its storage includes', () => {
    const iops = (gigabytes: string, asked: string) =>
      lines({ Engine: 'postgres', DBInstanceClass: size, StorageType: 'gp3', AllocatedStorage: gigabytes, Iops: asked })
        .filter(({ what }) => what.en.includes('IOPS'))
        .map(({ usd }) => usd);
    expect(iops('400', '12000')).toEqual([]);
    expect(iops('400', '13000')).toEqual([expect.closeTo(1000 * 0.02, 6)]);
  });
});

test('the IOPS of io2 get cheaper by the steps of each volume, not of all together', () => {
  const disk = (id: string, iops: number): Stated => ({
    id,
    type: 'AWS::EC2::Volume',
    properties: { VolumeType: 'io2', Size: 100, Iops: iops },
  });
  const high = 32_000 * 0.065 + 8_000 * 0.0455;
  expect(billFor([disk('a', 40_000)]).usd).toBeCloseTo(100 * 0.125 + high, 4);
  expect(billFor([disk('a', 20_000), disk('b', 20_000)]).usd).toBeCloseTo(200 * 0.125 + 40_000 * 0.065, 4);
});

test('the always-free amounts of DynamoDB and SQS are taken off once over the account', () => {
  const table = (id: string): Stated => ({
    id,
    type: 'AWS::DynamoDB::Table',
    properties: { ProvisionedThroughput: { ReadCapacityUnits: 25, WriteCapacityUnits: 25 } },
  });
  expect(billFor([table('a')], usageOf({ tableGigabytes: 25 })).usd).toBeCloseTo(0, 9);
  const two = billFor([table('a'), table('b')], usageOf({ tableGigabytes: 26 }));
  expect(two.usd).toBeCloseTo(25 * 730 * (0.00013 + 0.00065) + 0.25, 4);
  const queues = ['a', 'b'].map((id) => ({ id, type: 'AWS::SQS::Queue' }));
  expect(billFor(queues, usageOf({ queueRequests: 3_000_000 })).usd).toBeCloseTo(0.8, 6);
});

test.each([
  ['AWS::EFS::FileSystem', {}, 'files'],
  ['AWS::ElastiCache::CacheCluster', { Engine: 'redis', CacheNodeType: 'cache.t3.micro', NumCacheNodes: 1 }, 'cache'],
  [
    'AWS::ElastiCache::ReplicationGroup',
    { Engine: 'valkey', CacheNodeType: 'cache.t4g.micro', NumCacheClusters: 2 },
    'cache',
  ],
  ['AWS::WAFv2::WebACL', { Rules: [{ Name: 'one' }] }, 'firewall'],
] as const)('%s has a price', (type, properties, heading) => {
  const bill = billFor([{ id: 'thing', type, properties }]);
  expect(bill.pricedShare).toBe(1);
  expect(bill.lines.filter((line) => line.heading === heading && line.usd! > 0).length).toBeGreaterThan(0);
});

test('a managed rule group that is billed besides has no known price', () => {
  const rule = { Name: 'bots', Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesBotControlRuleSet' } } };
  const bill = billFor([{ id: 'wall', type: 'AWS::WAFv2::WebACL', properties: { Rules: [rule] } }]);
  expect(bill.lines.flatMap(({ missing }) => missing)).toEqual(['managed rule group AWSManagedRulesBotControlRuleSet']);
});
