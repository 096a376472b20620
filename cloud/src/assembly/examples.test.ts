import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../inventory.ts';
import { readListings } from '../outside/read-listings.ts';
import type { Standing } from '../outside/standing.ts';
import { loadTemplates } from './load.ts';

const folder = fileURLToPath(new URL('../../../examples/', import.meta.url));
/** Nested templates are loaded by those that nest them. */
const nested = ['nested-stacks/network.yaml', 'nested-stacks/server.yaml'];
/** CDK apps are tested where they are synthesized. */
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !readdirSync(`${folder}/${entry.name}`).includes('cdk.json'))
  .map(({ name }) => ({
    name,
    files: readdirSync(`${folder}/${name}`)
      .filter((file) => /\.(ya?ml|json)$/.test(file) && !nested.includes(`${name}/${file}`))
      .map((file) => `${folder}/${name}/${file}`),
  }));

/** What stands already, where an example has the AWS CLI's listings beside it. */
function standingOf(name: string): readonly Standing[] {
  const listings = `${folder}/${name}/aws/listings.json`;
  if (!existsSync(listings)) return [];
  return readListings(JSON.parse(readFileSync(listings, 'utf8')), { account: '', region: '' }).standing;
}

async function load(name: string, parameters = {}): Promise<Inventory> {
  const files = examples.find((each) => each.name === name)?.files ?? [];
  const result = await loadTemplates(files, { parameters });
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}

const ids = (inventory: Inventory) => inventory.resources.map((each) => each.logicalId);

describe('the examples', () => {
  test('are at least twelve', () => expect(examples.length).toBeGreaterThanOrEqual(12));

  test.each(examples)('$name loads without a finding, twice the same, whatever the order', async ({ name, files }) => {
    const standing = standingOf(name);
    const result = await loadTemplates(files, { standing });
    expect(result).toMatchObject({ ok: true, warnings: [] });
    const again = await loadTemplates(files.toReversed(), { standing });
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
    expect(JSON.stringify(result)).not.toMatch(/"(Ref|Fn::\w+)":/);
  });

  test('nested stacks hand values down and up', async () => {
    const inventory = await load('nested-stacks');
    const server = inventory.resources.find((each) => each.type === 'AWS::EC2::Instance')!;
    const root = inventory.stacks.find((each) => each.name === 'template')!;
    expect(root.outputs).toEqual([{ name: 'Address', value: server.attributes.PrivateIp, exportName: null }]);
    expect(server.properties.SubnetId).toMatch(/^subnet-/);
    expect(inventory.stacks.map((each) => each.name)).toEqual([
      expect.stringMatching(/^template-Network-/),
      expect.stringMatching(/^template-Server-/),
      'template',
    ]);
  });

  test('loops write out a subnet, a group and a server for each tier', async () => {
    const inventory = await load('loops', { Tiers: 'Web,Data' });
    expect(ids(inventory).sort()).toEqual([
      'DataGroup',
      'DataServer',
      'DataSubnet',
      'Vpc',
      'WebGroup',
      'WebServer',
      'WebSubnet',
    ]);
    expect(inventory.resources.find((each) => each.logicalId === 'DataSubnet')?.properties.CidrBlock).toBe(
      '10.0.2.0/24',
    );
    expect(inventory.stacks[0]?.outputs.map((each) => each.value)).toEqual([2, '{"tiers":["Web","Data"]}']);
  });

  test('conditions follow parameters', async () => {
    expect(ids(await load('short-forms', { Stage: 'production' }))).not.toContain('Third');
    const vpc = (await load('short-forms', { Stage: 'production' })).resources[0]!;
    expect(vpc.properties).toMatchObject({ CidrBlock: '10.2.0.0/16', EnableDnsHostnames: true });
  });

  test('rules are checked', async () => {
    const files = examples.find((each) => each.name === 'short-forms')!.files;
    const result = await loadTemplates(files, { parameters: { Stage: 'production', Zones: '' } });
    expect(result.ok ? [] : result.mistakes.map((each) => each.code)).toContain('RULE_BROKEN');
  });
});
