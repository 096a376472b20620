import { describe, expect, test } from 'vitest';
import { changesOf, PriceListError, parseLine, readPriceList } from './price-list.ts';
import { bookOf, findPrice, formatPriceFile, loadPrices } from './prices.ts';

const columns = [
  'SKU',
  'OfferTermCode',
  'RateCode',
  'TermType',
  'PriceDescription',
  'EffectiveDate',
  'StartingRange',
  'EndingRange',
  'Unit',
  'PricePerUnit',
  'Currency',
  'Product Family',
  'serviceCode',
  'Location',
  'Location Type',
  'Instance Type',
  'Tenancy',
  'Operating System',
  'Pre Installed S/W',
  'Database Engine',
  'Deployment Option',
  'usageType',
  'operation',
  'CapacityStatus',
  'Region Code',
] as const;

/** A file as AWS publishes it: five lines about it, the columns, and a line for each product and term. */
function file(offer: string, ...rows: readonly Partial<Record<(typeof columns)[number], string>>[]): string[] {
  const quote = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const common = { TermType: 'OnDemand', Currency: 'USD', serviceCode: offer, 'Region Code': 'ap-northeast-2' };
  return [
    '"FormatVersion","v1.0"',
    '"Disclaimer","This pricing list is for informational purposes only, ""as is"", and so on"',
    '"Publication Date","2026-11-20T18:32:21Z"',
    '"Version","20261120183221"',
    `"OfferCode","${offer}"`,
    quote(columns),
    ...rows.map((row) => quote(columns.map((column) => ({ ...common, ...row })[column] ?? ''))),
  ];
}

const linux = {
  Tenancy: 'Shared',
  'Operating System': 'Linux',
  'Pre Installed S/W': 'NA',
  CapacityStatus: 'Used',
  usageType: 'APN2-BoxUsage:t3.micro',
};

describe('AWS’s price list', () => {
  test('gives Linux on demand on shared hardware, and nothing else of a type', async () => {
    const records = await readPriceList(
      file(
        'AmazonEC2',
        { ...linux, SKU: 'A', PricePerUnit: '0.0140000000' },
        { ...linux, SKU: 'B', PricePerUnit: '0.0230000000', 'Operating System': 'Windows' },
        { ...linux, SKU: 'C', PricePerUnit: '0.0200000000', Tenancy: 'Dedicated' },
        { ...linux, SKU: 'D', PricePerUnit: '0.0050000000', TermType: 'Reserved' },
        { ...linux, SKU: 'E', PricePerUnit: '0.0000000000', CapacityStatus: 'AllocatedCapacityReservation' },
        { ...linux, SKU: 'F', PricePerUnit: '0.1', 'Pre Installed S/W': 'SQL Web' },
      ),
    );
    expect(records).toEqual([
      {
        id: 'EC2 / t3.micro Linux on-demand / ap-northeast-2',
        service: 'EC2',
        item: 't3.micro Linux on-demand',
        unit: 'instance-hour',
        region: 'ap-northeast-2',
        usd: 0.014,
        source: 'AWS price list AmazonEC2 version 20261120183221, SKU A',
        asOf: '2026-11',
        confidence: 'price-list',
      },
    ]);
  });

  test.each([
    ['AmazonEC2', { usageType: 'APN2-NatGateway-Hours' }, 'VPC / NAT gateway', 1],
    ['AmazonEC2', { usageType: 'NatGateway-Bytes' }, 'VPC / NAT gateway data processed', 1],
    ['AmazonEC2', { usageType: 'APN2-EBS:VolumeUsage.gp3' }, 'EBS / gp3 storage', 1],
    ['AmazonEC2', { usageType: 'APN2-EBS:VolumeP-Throughput.gp3' }, 'EBS / gp3 throughput above 125 MiB/s', 1024],
    ['AWSELB', { usageType: 'APN2-LoadBalancerUsage', operation: 'LoadBalancing:Application' }, 'ELB / ALB', 1],
    ['AWSELB', { usageType: 'APN2-LCUUsage', operation: 'LoadBalancing:Network' }, 'ELB / NLB LCU', 1],
    ['AmazonVPC', { usageType: 'APN2-PublicIPv4:InUseAddress' }, 'VPC / public IPv4 address, in use', 1],
    [
      'AmazonRDS',
      {
        usageType: 'APN2-Multi-AZUsage:db.t4g.micro',
        'Database Engine': 'PostgreSQL',
        'Deployment Option': 'Multi-AZ',
      },
      'RDS PostgreSQL / db.t4g.micro Multi-AZ',
      1,
    ],
    [
      'AmazonRDS',
      { usageType: 'Multi-AZUsage:db.t4g.micro', 'Database Engine': 'PostgreSQL', 'Deployment Option': 'Multi-AZ' },
      'RDS PostgreSQL / db.t4g.micro Multi-AZ',
      1,
    ],
    [
      'AmazonRDS',
      { usageType: 'APN2-InstanceUsage:db.t3.micro', 'Database Engine': 'MySQL', 'Deployment Option': 'Single-AZ' },
      'RDS MySQL / db.t3.micro Single-AZ',
      1,
    ],
    [
      'AmazonRDS',
      { usageType: 'APN2-RDS:Multi-AZ-GP3-Storage', 'Database Engine': 'Any' },
      'RDS storage / gp3 Multi-AZ',
      1,
    ],
    ['awskms', { usageType: 'ap-northeast-2-KMS-Keys' }, 'KMS / customer managed key', 1],
    [
      'AWSDataTransfer',
      { usageType: 'APN2-DataTransfer-Out-Bytes', StartingRange: '10240' },
      'Data transfer / internet out 10-50 TB/month',
      1,
    ],
  ] as const)('%s %o is %s', async (offer, row, name, divide) => {
    const records = await readPriceList(file(offer, { SKU: 'X', PricePerUnit: '0.5', ...row }));
    expect(records.map(({ id, usd }) => ({ id, usd }))).toEqual([
      { id: `${name} / ap-northeast-2`, usd: 0.5 / divide },
    ]);
  });

  test('knows every item under the name that the data has for it', async () => {
    const book = loadPrices();
    const rows = [
      { usageType: 'NatGateway-Hours' },
      { usageType: 'EBS:SnapshotUsage' },
      { usageType: 'EBS:VolumeP-IOPS.gp3' },
      { usageType: 'EBS:VolumeUsage.gp2' },
      { ...linux },
    ];
    const records = await readPriceList(file('AmazonEC2', ...rows.map((row) => ({ ...row, PricePerUnit: '1' }))));
    expect(records).toHaveLength(rows.length);
    for (const { service, item, region, unit } of records)
      expect(findPrice(book, service, item, region)?.unit).toBe(unit);
  });

  test('says what changed and what is new, and nothing of what is the same', async () => {
    const book = loadPrices();
    const list = await readPriceList(
      file(
        'AmazonEC2',
        { ...linux, PricePerUnit: '0.0140000000' },
        { usageType: 'APN2-NatGateway-Hours', PricePerUnit: '0.0590000000' },
        { ...linux, usageType: 'APN2-BoxUsage:m8g.large', PricePerUnit: '0.4160000000' },
      ),
    );
    expect(changesOf(book, list)).toEqual([
      { id: 'EC2 / t3.micro Linux on-demand / ap-northeast-2', before: 0.013, after: 0.014, unit: 'instance-hour' },
      { id: 'EC2 / m8g.large Linux on-demand / ap-northeast-2', before: null, after: 0.416, unit: 'instance-hour' },
    ]);
  });

  test('a file that is no price list is said to be none', async () => {
    await expect(readPriceList(['<html>', '</html>'])).rejects.toThrow(PriceListError);
  });

  test('quotes within cells', () => {
    expect(parseLine('"a ""b"", c",d,""')).toEqual(['a "b", c', 'd', '']);
  });
});

test('a price file is read back as it was written', async () => {
  const records = [...loadPrices().records.values()];
  const { writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(join(tmpdir(), 'terrace-prices-'));
  try {
    writeFileSync(join(folder, 'prices.json'), formatPriceFile(records));
    const read = loadPrices(join(folder, 'prices.json'));
    expect(read.records).toEqual(bookOf(records, '').records);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
