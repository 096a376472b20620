import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadTemplates } from '../assembly/load.ts';
import type { Mistake } from '../mistake.ts';
import { readTemplate } from './template.ts';

const queue = { Type: 'AWS::SQS::Queue' };
const entries = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Name${index}`, value]));

const forms = {
  JSON: (body: object) => JSON.stringify(body),
  YAML: (body: object) => stringify(body, { aliasDuplicateObjects: false }),
  'YAML in flow style': (body: object) =>
    Object.entries(body)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
      .join(''),
};

function read(text: string): Mistake[] {
  const mistakes: Mistake[] = [];
  readTemplate('t', text, mistakes);
  return mistakes;
}

describe.each(Object.entries(forms))('a template in %s', (_name, write) => {
  test.each([
    ['Resources', 500, queue],
    ['Parameters', 200, { Type: 'String' }],
    ['Mappings', 200, { a: { b: 'c' } }],
    ['Outputs', 200, { Value: 'a' }],
  ])('has as many entries in %s as CloudFormation takes (%d), and not one more', (section, most, value) => {
    const withCount = (count: number) => write({ Resources: { Queue: queue }, [section]: entries(count, value) });
    expect(read(withCount(most))).toEqual([]);
    expect(read(withCount(most + 1))).toEqual([
      expect.objectContaining({
        code: 'TOO_MANY_ENTRIES',
        place: expect.objectContaining({ file: 't', path: section }),
      }),
    ]);
  });

  test.each(['top keys', 'attributes'])('has no more than 200 %s in a mapping', (what) => {
    const mapping = (count: number) =>
      what === 'attributes' ? { a: entries(count, 'b') } : entries(count, { a: 'b' });
    const body = (count: number) => write({ Resources: { Queue: queue }, Mappings: { Map: mapping(count) } });
    expect(read(body(200))).toEqual([]);
    expect(read(body(201)).map(({ place }) => place.path)).toEqual(['Mappings.Map']);
  });
});

test('lines that look like entries within user data, comments and lists are none', () => {
  const script = Array.from({ length: 600 }, (_, index) => `        key${index}: value`).join('\n');
  const comments = Array.from({ length: 600 }, (_, index) => `  # Name${index}: {}`).join('\n');
  expect(
    read(`Resources:\n${comments}\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata:\n      Script: |\n${script}\n`),
  ).toEqual([]);
});

test.each(['json', 'yaml'])('25,000 resources in %s are refused soon, on a busy machine too', async (form) => {
  const file = join(mkdtempSync(join(tmpdir(), 'terrace-counts-')), `t.${form}`);
  const lines = Array.from({ length: 25_000 }, (_, index) => `  "Q${index}": {"Type": "A"}`);
  writeFileSync(file, form === 'json' ? `{"Resources": {${lines.join(',\n')}}}` : `Resources:\n${lines.join('\n')}\n`);
  const start = performance.now();
  const loaded = await loadTemplates([file]);
  const milliseconds = performance.now() - start;
  expect(loaded.ok ? [] : loaded.mistakes.map(({ code }) => code)).toEqual(['TOO_MANY_ENTRIES']);
  expect(milliseconds).toBeLessThan(5_000);
});

test('loops that make more than a stack holds are refused before anything is resolved', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'terrace-counts-')), 't.json');
  const items = Array.from({ length: 30 }, (_, index) => `x${index}`);
  const inner = { 'Fn::ForEach::B': ['B', items, Object.fromEntries([[`Q\${A}\${B}`, queue]])] };
  writeFileSync(
    file,
    JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::A': ['A', items, inner] } }),
  );
  const loaded = await loadTemplates([file]);
  expect(loaded.ok ? [] : loaded.mistakes.map(({ code, place }) => [code, place.line])).toEqual([
    ['TOO_MANY_ENTRIES', 1],
  ]);
});

test('a stack and those nested in it have no more than 2,500 resources', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-counts-'));
  writeFileSync(join(folder, 'inner.json'), JSON.stringify({ Resources: entries(500, queue) }));
  const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'inner.json' } };
  const outer = join(folder, 'outer.json');
  const load = async (count: number) => {
    writeFileSync(outer, JSON.stringify({ Resources: entries(count, nested) }));
    const loaded = await loadTemplates([outer]);
    return loaded.ok ? [] : loaded.mistakes.map(({ code }) => code);
  };
  expect(await load(4)).toEqual([]);
  expect(await load(7)).toEqual(['TOO_MANY_ENTRIES']);
});
