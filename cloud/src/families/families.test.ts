import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Aspect, type Family, typesOf } from './contract/family.ts';
import { families } from './registry.ts';

const here = fileURLToPath(new URL('./', import.meta.url));
const root = join(here, '../../..');
const aspects: readonly Aspect[] = ['identity', 'fidelity', 'charges', 'permissions'];
const named = Object.entries(families).flatMap(([name, family]) =>
  aspects.flatMap((aspect) => typesOf(family, aspect).map((type) => ({ name, aspect, type }))),
);

test('every folder with a family.ts has its line in all.ts', () => {
  const folders = readdirSync(here, { withFileTypes: true })
    .filter(
      (each) =>
        each.isDirectory() && each.name !== 'contract' && readdirSync(join(here, each.name)).includes('family.ts'),
    )
    .map(({ name }) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
  expect(Object.keys(families).sort()).toEqual(folders.sort());
});

test('a type belongs to one family, and stands once in each aspect', () => {
  const homes = new Map<string, Set<string>>();
  for (const { name, type } of named) homes.set(type, (homes.get(type) ?? new Set()).add(name));
  expect([...homes].filter(([, of]) => of.size > 1)).toEqual([]);
  const twice = named.map(({ aspect, type }) => `${aspect} ${type}`).filter((each, at, all) => all.indexOf(each) < at);
  expect(twice).toEqual([]);
});

describe.each(Object.entries(families))('%s', (_, family) => {
  test('says something of each of its types in every aspect, or why not', () => {
    expect(silences(family)).toEqual([]);
  });
  test('gives no reason for silence where it speaks', () => {
    const needless = Object.entries(family.unstated ?? {}).flatMap(([type, reasons]) =>
      Object.keys(reasons).filter((aspect) => typesOf(family, aspect as Aspect).includes(type)),
    );
    expect(needless).toEqual([]);
  });
  test.each(['requestKeys', 'values'] as const)('states %s of its own types only', (aspect) => {
    const types = new Set(aspects.flatMap((each) => typesOf(family, each)));
    expect(Object.keys(family[aspect] ?? {}).filter((type) => !types.has(type))).toEqual([]);
  });
  test.each(Object.entries(family.fidelity))('%s: something reads each property that acts', (_, { acts }) => {
    expect([...acts].filter((property) => !readers.some((text) => reads(text, property)))).toEqual([]);
  });
  test.each(Object.entries(family.fidelity))('%s: has charges where its sentence says that it is priced', (type, {
    how,
  }) => {
    if (/\bpriced\b/i.test(how.en)) expect(typeof family.charges[type]).toBe('function');
  });
});

test('a silence without a reason is found', () => {
  const silent: Family = { identity: {}, fidelity: {}, charges: { 'AWS::EC2::Subnet': 'free' }, permissions: [] };
  expect(silences(silent)).toContain('identity AWS::EC2::Subnet');
});

function silences(family: Family): string[] {
  const types = [...new Set(aspects.flatMap((aspect) => typesOf(family, aspect)))];
  return aspects.flatMap((aspect) =>
    types
      .filter((type) => !typesOf(family, aspect).includes(type) && !family.unstated?.[type]?.[aspect])
      .map((type) => `${aspect} ${type}`),
  );
}

/** Sources that read properties: all of `cloud` and `region` but what only states facts of types. */
const readers = ['cloud/src', 'region/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !/\.(test|fixture)\.ts$|(^|\/)(fidelity|permissions|charges|request-keys|values)[\w-]*\.ts$/.test(file),
    )
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
);

function reads(text: string, property: string): boolean {
  return new RegExp(`['.{ ]${property}\\b`).test(text);
}
