import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { holdsAddress, parseAddress, parsePrefix } from '../address.ts';
import type { Inventory } from '../inventory.ts';
import type { Json } from '../json.ts';
import type { Result } from '../mistake.ts';
import { templates } from './generate.fixture.ts';
import { loadTexts } from './load.ts';

const runs = { numRuns: 40 };

function inventoryOf(result: Result<Inventory>): Inventory {
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}

const asJson = (template: Json) => ({ 'stack.json': JSON.stringify(template) });
const withoutPlaces = (inventory: Inventory) =>
  JSON.stringify(inventory, (key, value: unknown) => (key === 'place' ? undefined : value));

describe('whatever the template', { timeout: 60_000 }, () => {
  test('it loads to the same inventory twice, from JSON and from YAML, and again with what was allocated', async () => {
    await fc.assert(
      fc.asyncProperty(templates, async (template) => {
        const one = inventoryOf(await loadTexts(asJson(template)));
        expect(inventoryOf(await loadTexts(asJson(template)))).toEqual(one);
        expect(inventoryOf(await loadTexts(asJson(template), { allocations: one.allocations }))).toEqual(one);
        const yaml = { 'stack.yaml': stringify(template, { aliasDuplicateObjects: false }) };
        expect(withoutPlaces(inventoryOf(await loadTexts(yaml)))).toBe(withoutPlaces(one));
      }),
      runs,
    );
  });

  test('what something depends on stands before it, and no function is left', async () => {
    await fc.assert(
      fc.asyncProperty(templates, async (template) => {
        const inventory = inventoryOf(await loadTexts(asJson(template)));
        const seen = new Set<string>();
        for (const resource of inventory.resources) {
          for (const key of resource.dependsOn) expect(seen).toContain(key);
          seen.add(resource.key);
        }
        expect(JSON.stringify(inventory)).not.toMatch(/"(Ref|Fn::\w+)":/);
      }),
      runs,
    );
  });

  test('addresses are within their subnets, and no two are the same', async () => {
    await fc.assert(
      fc.asyncProperty(templates, async (template) => {
        const inventory = inventoryOf(await loadTexts(asJson(template)));
        const addresses: string[] = [];
        for (const server of inventory.resources.filter((each) => each.type === 'AWS::EC2::Instance')) {
          const subnet = inventory.resources.find((each) => each.physicalId === server.properties.SubnetId)!;
          const address = String(server.attributes.PrivateIp);
          expect(holdsAddress(parsePrefix(String(subnet.properties.CidrBlock))!, parseAddress(address)!)).toBe(true);
          addresses.push(address);
        }
        expect(new Set(addresses).size).toBe(addresses.length);
      }),
      runs,
    );
  });

  test('a resource more changes no identifier and no address of the others', async () => {
    await fc.assert(
      fc.asyncProperty(templates, async (template) => {
        const before = inventoryOf(await loadTexts(asJson(template)));
        const more = {
          ...template,
          Resources: {
            First: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Net0x0' } } },
            ...(template.Resources as Record<string, Json>),
          },
        };
        const after = inventoryOf(await loadTexts(asJson(more), { allocations: before.allocations }));
        const others = after.resources.filter((each) => each.logicalId !== 'First');
        const naked = (inventory: Pick<Inventory, 'resources'>) =>
          inventory.resources.map(({ place: _, ...resource }) => resource).sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(naked({ resources: others })).toEqual(naked(before));
      }),
      runs,
    );
  });

  /** What a property is turned into, and the code that has to be found. */
  const damages: readonly (readonly [string, (properties: Record<string, Json>) => void])[] = [
    ['UNKNOWN_PROPERTY', (properties) => (properties.CidrBlok = 'x')],
    ['WRONG_TYPE', (properties) => (properties.Tags = { Name: 'x' })],
    ['WRONG_TYPE', (properties) => (properties.CidrBlock = ['10.0.0.0/16'])],
    ['UNKNOWN_REFERENCE', (properties) => (properties.CidrBlock = { Ref: 'Nothing' })],
    ['UNKNOWN_FUNCTION', (properties) => (properties.CidrBlock = { 'Fn::Nothing': [] })],
    ['BAD_RANGE', (properties) => (properties.CidrBlock = '10.0.0.0/40')],
  ];

  test('what AWS forbids is found, at its resource', async () => {
    await fc.assert(
      fc.asyncProperty(templates, fc.nat(), fc.nat(), async (template, which, how) => {
        const copy = structuredClone(template) as { Resources: Record<string, { Properties: Record<string, Json> }> };
        const names = Object.keys(copy.Resources).filter((name) => /^(Vpc|Net)/.test(name));
        const name = names[which % names.length]!;
        const [code, damage] = damages[how % damages.length]!;
        damage(copy.Resources[name]!.Properties);
        const result = await loadTexts(asJson(copy as unknown as Json));
        const found = result.ok ? [] : result.mistakes.map((each) => `${each.code} ${each.place.logicalId}`);
        expect(found).toContain(`${code} ${name}`);
      }),
      runs,
    );
  });
});
