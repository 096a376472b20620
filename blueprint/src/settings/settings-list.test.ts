import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant, type Variant } from '../synthesize-variant.fixture.ts';
import type { ActsInRegion } from './listed-setting.fixture.ts';
import { describeSettings } from './settings-from-context.ts';
import { listedParameters, listedSettings } from './settings-list.fixture.ts';

test('every setting is listed, and nothing else', () => {
  const known = describeSettings('classroom').map(({ key }) => key);
  expect(Object.keys(listedSettings).sort()).toEqual([...known].sort());
});

test('every parameter of the templates is listed, and nothing else', () => {
  const { identity, money, network, service } = synthesizeVariant(everything);
  const known = [identity, money, network, service].flatMap(({ Parameters = {} }) => Object.keys(Parameters));
  const own = known.filter((name) => name !== 'BootstrapVersion');
  expect(Object.keys(listedParameters).sort()).toEqual([...new Set(own)].sort());
});

describe.each(Object.entries(listedSettings))('the setting %s', (key, { context, reaches }) => {
  test('is among what shows it', () => {
    expect(Object.keys(context)).toContain(key);
    expect(reaches).not.toEqual([]);
  });

  test.each(reaches)('reaches %s, %s', (id, path, expected) => {
    const found = at(synthesizeVariant(context), id, path);
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toEqual(expected);
    expect(at(synthesizeVariant({}), id, path), 'of the classroom').not.toEqual(found);
  });
});

const seen = Object.entries({
  ...Object.fromEntries(Object.entries(listedSettings).map(([key, { region }]) => [key, region])),
  ...listedParameters,
}).flatMap(([key, region]) => ('file' in region ? [[key, region] as const] : []));

test.each(seen)('a test with a running region sees %s act', (_key, { file, test: name }: ActsInRegion) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  expect(text.includes(`test('${name}'`), `${name} in ${file}`).toBe(true);
});

/** Of a resource as `stack/LogicalId`, or of a whole template as `stack`. */
function at(variant: Variant, id: string, path: string): unknown {
  const stack = variant[id as 'network'];
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown> | undefined)?.[key],
      stack ?? variant.resources[id],
    );
}
