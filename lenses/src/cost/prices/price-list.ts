import { type PriceBook, type PriceRecord, recordId } from './prices.ts';

/**
 * AWS's own price list in its CSV form: five lines about the file, a line of column names, then one line for each
 * product and term (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html).
 * It is read line by line, because that of EC2 has some hundred megabytes a region.
 */
export async function readPriceList(lines: AsyncIterable<string> | Iterable<string>): Promise<PriceRecord[]> {
  const found: PriceRecord[] = [];
  let published = '';
  let version = '';
  let columns: Map<string, number> | undefined;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const cells = parseLine(line);
    if (columns === undefined) {
      if (cells[0] === 'Publication Date') published = (cells[1] ?? '').slice(0, 10);
      if (cells[0] === 'Version') version = cells[1] ?? '';
      if (cells[0] === 'SKU') columns = new Map(cells.map((name, index) => [columnName(name), index]));
      continue;
    }
    const record = recordOf((name) => cells[columns!.get(name) ?? -1] ?? '', published, version);
    if (record) found.push(record);
  }
  if (columns === undefined) throw new PriceListError('no line of column names was found');
  return found;
}

/** The file is not a price list. */
export class PriceListError extends Error {}

/** The offers that hold what Terrace has prices of. */
export const offers = [
  'AmazonEC2',
  'AWSELB',
  'AmazonVPC',
  'AmazonRDS',
  'AWSSecretsManager',
  'awskms',
  'AWSDataTransfer',
] as const;

export function priceListUrl(offer: string, region: string): string {
  return `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/${region}/index.csv`;
}

export interface PriceChange {
  readonly id: string;
  /** `null` for an item that had no price in this region. */
  readonly before: number | null;
  readonly after: number;
  readonly unit: string;
}

/** What a list says otherwise than the book, or in addition to it. */
export function changesOf(book: PriceBook, list: readonly PriceRecord[]): PriceChange[] {
  return list.flatMap((record) => {
    const before = book.records.get(record.id);
    if (before && Math.abs(before.usd - record.usd) <= 1e-9 * Math.max(before.usd, record.usd)) return [];
    return [{ id: record.id, before: before?.usd ?? null, after: record.usd, unit: record.unit }];
  });
}

type Cell = (column: string) => string;

interface Rule {
  readonly offer: string;
  /** The usage type without its region's prefix (`APN2-NatGateway-Hours`). */
  readonly usage: RegExp;
  readonly service: string;
  item(cell: Cell, usage: RegExpExecArray): string | undefined;
  readonly unit: string;
  /** By what the list's price is divided to be the price of the unit. */
  readonly divide?: number;
}

/** What in the list is which item of the data. A line that no rule knows is of no concern. */
const rules: readonly Rule[] = [
  {
    offer: 'AmazonEC2',
    usage: /^BoxUsage:(.+)$/,
    service: 'EC2',
    unit: 'instance-hour',
    item: (cell, [, type]) =>
      cell('operatingsystem') === 'Linux' &&
      cell('tenancy') === 'Shared' &&
      cell('preinstalledsw') === 'NA' &&
      cell('capacitystatus') === 'Used'
        ? `${type} Linux on-demand`
        : undefined,
  },
  plain('AmazonEC2', /^NatGateway-Hours$/, 'VPC', 'NAT gateway', 'hour'),
  plain('AmazonEC2', /^NatGateway-Bytes$/, 'VPC', 'NAT gateway data processed', 'GB'),
  plain('AmazonEC2', /^EBS:VolumeUsage\.gp2$/, 'EBS', 'gp2 storage', 'GB-month'),
  plain('AmazonEC2', /^EBS:VolumeUsage\.gp3$/, 'EBS', 'gp3 storage', 'GB-month'),
  plain('AmazonEC2', /^EBS:VolumeUsage\.piops$/, 'EBS', 'io1 storage', 'GB-month'),
  plain('AmazonEC2', /^EBS:VolumeP-IOPS\.gp3$/, 'EBS', 'gp3 IOPS above 3000', 'IOPS-month'),
  {
    ...plain('AmazonEC2', /^EBS:VolumeP-Throughput\.gp3$/, 'EBS', 'gp3 throughput above 125 MiB/s', 'MiBps-month'),
    divide: 1024,
  },
  plain('AmazonEC2', /^EBS:SnapshotUsage$/, 'EBS', 'snapshot storage', 'GB-month'),
  balancer(/^LoadBalancerUsage$/, '', 'hour'),
  balancer(/^LCUUsage$/, ' LCU', 'LCU-hour'),
  plain('AmazonVPC', /^PublicIPv4:InUseAddress$/, 'VPC', 'public IPv4 address, in use', 'address-hour'),
  plain('AmazonVPC', /^PublicIPv4:IdleAddress$/, 'VPC', 'public IPv4 address, idle', 'address-hour'),
  plain('AmazonVPC', /^VpcEndpoint-Hours$/, 'VPC', 'interface endpoint (per endpoint per AZ)', 'hour'),
  {
    offer: 'AmazonRDS',
    usage: /^(?:InstanceUsage|Multi-AZUsage):(db\..+)$/,
    service: 'RDS',
    unit: 'instance-hour',
    item: (cell, [, type]) => {
      const zones = cell('deploymentoption');
      return ['Single-AZ', 'Multi-AZ'].includes(zones) && ['PostgreSQL', 'MySQL'].includes(cell('databaseengine'))
        ? `${type} ${zones}`
        : undefined;
    },
  },
  {
    offer: 'AmazonRDS',
    usage: /^RDS:(Multi-AZ-)?(GP2|GP3)-Storage$/,
    service: 'RDS storage',
    unit: 'GB-month',
    item: (cell, [, several, type]) =>
      ['PostgreSQL', 'Any', ''].includes(cell('databaseengine'))
        ? `${type!.toLowerCase()} ${several ? 'Multi-AZ' : 'Single-AZ'}`
        : undefined,
  },
  plain('AWSSecretsManager', /^AWSSecretsManager-Secrets$/, 'Secrets Manager', 'secret', 'secret-month'),
  plain('awskms', /^KMS-Keys$/, 'KMS', 'customer managed key', 'key-month'),
  plain('AWSDataTransfer', /^DataTransfer-Regional-Bytes$/, 'Data transfer', 'inter-AZ, each direction', 'GB'),
  {
    offer: 'AWSDataTransfer',
    usage: /^DataTransfer-Out-Bytes$/,
    service: 'Data transfer',
    unit: 'GB',
    item: (cell) => outSteps[Number(cell('startingrange'))],
  },
];

/** By where the step starts, in gigabytes. */
const outSteps: Readonly<Record<number, string>> = {
  0: 'internet out 0-10 TB/month',
  10240: 'internet out 10-50 TB/month',
  51200: 'internet out 50-150 TB/month',
  153600: 'internet out over 150 TB/month',
};

function plain(offer: string, usage: RegExp, service: string, item: string, unit: string): Rule {
  return { offer, usage, service, unit, item: () => item };
}

function balancer(usage: RegExp, suffix: string, unit: string): Rule {
  const names: Readonly<Record<string, string>> = {
    'LoadBalancing:Application': 'ALB',
    'LoadBalancing:Network': 'NLB',
    'LoadBalancing:Gateway': 'GWLB',
  };
  return {
    offer: 'AWSELB',
    usage,
    service: 'ELB',
    unit,
    item: (cell) => {
      const name = names[cell('operation')];
      return name === undefined ? undefined : name + suffix;
    },
  };
}

function recordOf(cell: Cell, published: string, version: string): PriceRecord | undefined {
  if (cell('termtype') !== 'OnDemand' || cell('currency') !== 'USD') return undefined;
  const region = cell('regioncode') || cell('fromregioncode');
  const usage = withoutRegion(cell('usagetype'));
  const usd = Number(cell('priceperunit'));
  if (region === '' || cell('priceperunit') === '' || !Number.isFinite(usd)) return undefined;
  for (const rule of rules) {
    const match = rule.offer === cell('servicecode') ? rule.usage.exec(usage) : null;
    const item = match ? rule.item(cell, match) : undefined;
    if (item === undefined) continue;
    const service = rule.service === 'RDS' ? `RDS ${cell('databaseengine')}` : rule.service;
    return {
      id: recordId(service, item, region),
      service,
      item,
      unit: rule.unit,
      region,
      usd: usd / (rule.divide ?? 1),
      source: `AWS price list ${rule.offer} version ${version}, SKU ${cell('sku')}`,
      asOf: published.slice(0, 7),
      confidence: 'price-list',
    };
  }
  return undefined;
}

/** `APN2-NatGateway-Hours` and, of some services, `ap-northeast-2-KMS-Keys`; us-east-1 has no prefix. */
function withoutRegion(usage: string): string {
  return usage.replace(/^(?:[A-Z]{2,4}\d?|[a-z]{2}(?:-[a-z]+)+-\d)-(?=[A-Za-z])/, '');
}

function columnName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

/** One line of CSV: cells in double quotes, a quote within doubled. */
export function parseLine(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const letter = line[index]!;
    if (quoted) {
      if (letter === '"' && line[index + 1] === '"') {
        cell += '"';
        index++;
      } else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter !== '\r') cell += letter;
  }
  return [...cells, cell];
}
