import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFromContext } from '@terrace/blueprint/settings/settings-from-context';
import { addTerrace } from '@terrace/blueprint/terrace';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { compareRegions } from '@terrace/lenses/cost/alternatives/regions';
import { billOf, newestMonth, useOf } from '@terrace/lenses/cost/bill/bill';
import { usageOf } from '@terrace/lenses/cost/bill/usage';
import { loadPrices } from '@terrace/lenses/cost/prices/prices';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../command.ts';
import { estateOf } from '../money/open-money.ts';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { exitCode } from '../terminal/terminal.ts';
import { command as budget } from './budget.ts';
import { command as cost } from './cost.ts';
import { command as edge } from './edge.ts';
import { command as prices } from './prices.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-cost-'));
  writeFileSync(join(folder, 'web.tar.gz'), '');
  writeFileSync(join(folder, 'was.tar.gz'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['classroom', 'production'])('the %s blueprint', (profile) => {
  let inventory: Inventory;
  beforeAll(async () => {
    const outdir = join(folder, profile);
    const read = settingsFromContext({ profile });
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const app = new App({ analyticsReporting: false, outdir });
    addTerrace(app, read.settings, { web: join(folder, 'web.tar.gz'), application: join(folder, 'was.tar.gz') });
    app.synth();
    const loaded = await loadAssembly(outdir, { directory: folder, parameters: {}, allocations: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
    inventory = loaded.value;
  }, 240_000);

  test('is priced to 95 % or more in every region that has prices', () => {
    const book = loadPrices();
    const use = useOf(estateOf(inventory), usageOf(), newestMonth(book));
    expect(use.unread).toEqual([]);
    const found = compareRegions(use, book, inventory.region);
    expect(found).toHaveLength(10);
    for (const { bill } of found) expect([bill.region, bill.pricedShare! >= 0.95]).toEqual([bill.region, true]);
  });

  test('costs for everything that AWS bills by the hour in it', () => {
    const bill = billOf(estateOf(inventory), usageOf(), loadPrices());
    const paid = (heading: string) => bill.lines.filter((line) => line.heading === heading && line.usd! > 0).length;
    for (const heading of ['instances', 'volumes', 'nat', 'balancers', 'addresses', 'database', 'secrets']) {
      expect([heading, paid(heading) > 0]).toEqual([heading, true]);
    }
    expect(bill.lines.filter((line) => line.usd === null)).toEqual([]);
  });

  test('and its tiers are named', () => {
    const bill = billOf(estateOf(inventory), usageOf(), loadPrices());
    for (const tier of ['web', 'was', 'database']) expect(bill.lines.some((line) => line.tier === tier)).toBe(true);
  });
});

/** US dollars an hour: an instance in the default VPC has a public IPv4 address. https://aws.amazon.com/vpc/pricing/ */
const publicAddress = 0.005;

describe('the commands', () => {
  const template = `
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: { InstanceType: t3.micro, ImageId: ami-1 }
  Key:
    Type: AWS::KMS::Key
    Properties: { Description: one }
`;
  const project = () => {
    const file = join(folder, 'template.yaml');
    writeFileSync(file, template);
    return { template: [file], region: 'ap-northeast-2' };
  };

  test('cost: the month by lines, each with its records', async () => {
    const { code, value } = await run(cost, project());
    expect(code).toBe(exitCode.answered);
    expect(value.month).toBeCloseTo((0.013 + publicAddress) * 730 + 8 * 0.0912 + 1, 6);
    expect(value.lines[0]!.records[0]).toMatchObject({
      id: 'EC2 / t3.micro Linux on-demand / ap-northeast-2',
      asOf: '2026-10',
    });
  });

  test.each<[string, CommandDefinition, Record<string, unknown>]>([
    ['USAGE_TOO_LARGE', cost, { requests: '1e308' }],
    ['TOO_MANY_SERVERS', cost, { serverless: true, usage: ['serverRequestsPerSecond=0'] }],
    ['TOO_MANY_SERVERS', cost, { serverless: true, usage: ['peakFactor=1000000000'] }],
    ['NOT_A_NUMBER', cost, { rate: '1e-300' }],
    ['NOT_A_NUMBER', cost, { tax: '1e9' }],
    ['NOT_A_DATE', cost, { rate: '1500', rateDate: 'yesterday' }],
    ['OPTION_NEEDS_ANOTHER', cost, { rateDate: '2026-11-22' }],
    ['OPTION_NEEDS_ANOTHER', cost, { curve: 'curve.svg' }],
    ['OPTIONS_EXCLUDE', cost, { regions: true, serverless: true }],
    ['NOT_A_PRICE_FILE', cost, { prices: '.' }],
    ['NOT_A_NUMBER', budget, { days: '1e400' }],
    ['USERS_NOT_UNDERSTOOD', edge, { users: 'us-east-1=1e400' }],
  ])('%s: what no figure can be made of is refused', async (expected, command, options) => {
    const { terminal, said } = listeningTerminal();
    const code = await command.run({ arguments: [], options: { ...project(), ...options }, terminal });
    expect([code, said.mistakes.map((each) => each.code)]).toEqual([exitCode.mistake, [expected]]);
  });

  test.each(['en', 'ko'] as const)('cost, regions, serverless and budget read well in %s', async (language) => {
    for (const [command, options] of [
      [cost, { lines: true }],
      [cost, { regions: true }],
      [cost, { regions: true, lines: true }],
      [edge, {}],
      [cost, { serverless: true }],
      [budget, { money: '30000KRW', days: '7' }],
    ] as const) {
      const { lines } = await run(command, { ...project(), ...options }, [], language);
      expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/);
      expect(lines.join('\n')).toMatch(language === 'ko' ? /[가-힣]/ : /list prices as of/);
    }
  });

  test('no days to last is a mistake, not a week', async () => {
    const { code, mistakes } = await run(budget, { ...project(), days: '0' });
    expect(code).toBe(exitCode.mistake);
    expect(mistakes).toEqual(['NO_DAYS']);
  });

  test('every mistake at once, and nothing is shown', async () => {
    const { code, mistakes, lines } = await run(cost, {
      ...project(),
      usage: ['requests=-4', 'reqs=3'],
      currency: 'EUR',
      in: 'eu-north-1',
    });
    expect(code).toBe(exitCode.mistake);
    expect(mistakes).toEqual(['NEGATIVE_USAGE', 'UNKNOWN_USAGE', 'UNKNOWN_CURRENCY', 'REGION_WITHOUT_PRICES']);
    expect(lines).toEqual([]);
  });

  test('budget: ends with no where the money does not last, with yes where it does', async () => {
    expect((await run(budget, { ...project(), money: '1USD', days: '30' })).code).toBe(exitCode.no);
    expect((await run(budget, { ...project(), money: '30000KRW', days: '7' })).code).toBe(exitCode.answered);
    expect((await run(budget, { ...project(), money: '1원' })).mistakes).toEqual(['BUDGET_BELOW_ONE_HOUR']);
  });

  test('prices refresh: reads files of AWS’s list, says what changed, and writes what the others read', async () => {
    writeFileSync(
      join(folder, 'AmazonEC2-ap-northeast-2.csv'),
      [
        '"FormatVersion","v1.0"',
        '"Disclaimer","for information"',
        '"Publication Date","2026-11-20T18:32:21Z"',
        '"Version","20261120183221"',
        '"OfferCode","AmazonEC2"',
        '"SKU","TermType","PricePerUnit","Currency","serviceCode","Tenancy","Operating System","Pre Installed S/W","usageType","CapacityStatus","Region Code"',
        '"A","OnDemand","1.0000000000","USD","AmazonEC2","Shared","Linux","NA","APN2-BoxUsage:t3.micro","Used","ap-northeast-2"',
      ].join('\n'),
    );
    const written = join(folder, 'prices.json');
    const refreshed = await run(prices, { from: folder, write: written, region: ['ap-northeast-2'] }, ['refresh']);
    expect(refreshed.value.changes).toEqual([
      { id: 'EC2 / t3.micro Linux on-demand / ap-northeast-2', before: 0.013, after: 1, unit: 'instance-hour' },
    ]);
    const { value } = await run(cost, { ...project(), prices: written });
    expect(value.month).toBeCloseTo((1 + publicAddress) * 730 + 8 * 0.0912 + 1, 6);
  });

  test('prices show: a record with its sources', async () => {
    const { value } = await run(prices, {}, ['show', 'VPC / NAT gateway / ap-northeast-2']);
    expect(value).toMatchObject({ usd: 0.059, unit: 'hour', confidence: 'two-sources' });
    expect(await run(prices, {}, ['show', 'VPC / NAT'])).toMatchObject({ mistakes: ['NO_SUCH_PRICE'] });
  });
});

/** What the tests look at of what the commands show as JSON. */
interface Shown {
  readonly month: number;
  readonly lines: readonly { readonly records: readonly unknown[] }[];
  readonly changes: readonly unknown[];
}

interface Ran {
  readonly code: number;
  readonly value: Shown;
  readonly lines: readonly string[];
  readonly mistakes: readonly string[];
}

async function run(
  command: CommandDefinition,
  options: Readonly<Record<string, unknown>>,
  given: readonly string[] = [],
  language: 'en' | 'ko' = 'en',
): Promise<Ran> {
  const { terminal, said } = listeningTerminal({ language });
  const code = await command.run({ arguments: given, options, terminal });
  return {
    code,
    value: JSON.parse(JSON.stringify(said.value ?? {})) as Shown,
    lines: said.lines,
    mistakes: said.mistakes.map((each) => each.code),
  };
}
