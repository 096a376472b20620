import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadAssembly } from './load.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder as CDK writes it, with two stacks, one of which depends on the other, and an asset. */
function assembly(change: (files: Record<string, unknown>) => void = () => undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'terrace-assembly-'));
  folders.push(folder);
  const stack = (name: string, dependencies: string[]) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/eu-west-1',
    properties: { templateFile: `${name}.template.json`, stackName: name },
    dependencies,
  });
  const files: Record<string, unknown> = {
    'manifest.json': {
      version: '50.0.0',
      artifacts: {
        Second: stack('Second', ['First', 'Second.assets']),
        First: stack('First', []),
        'Second.assets': { type: 'cdk:asset-manifest', properties: { file: 'Second.assets.json' } },
      },
    },
    'First.template.json': { Resources: { A: { Type: 'AWS::SNS::Topic' } } },
    'Second.template.json': {
      Resources: {
        Inner: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::URLSuffix}/bucket/inner.json' } },
          Metadata: { 'aws:asset:path': 'inner.nested.template.json' },
        },
      },
    },
    'inner.nested.template.json': { Resources: { B: { Type: 'AWS::SNS::Topic' } } },
    'Second.assets.json': {
      files: {
        hash: {
          source: { path: 'asset.hash', packaging: 'zip' },
          destinations: { current: { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey: 'hash.zip' } },
        },
      },
    },
  };
  change(files);
  mkdirSync(path.join(folder, 'asset.hash'));
  for (const [name, contents] of Object.entries(files))
    writeFileSync(path.join(folder, name), JSON.stringify(contents));
  return folder;
}

describe('a synthesized app', () => {
  test('gives its stacks in their order, in their environment, with nested ones and assets', async () => {
    const folder = assembly();
    const result = await loadAssembly(folder);
    if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
    const { account, region, stacks, resources, assets } = result.value;
    expect({ account, region }).toEqual({ account: '123456789012', region: 'eu-west-1' });
    expect(stacks.map((each) => each.name)).toEqual(['First', expect.stringMatching(/^Second-Inner-/), 'Second']);
    expect(resources.map((each) => each.logicalId)).toEqual(['A', 'B', 'Inner']);
    expect(assets).toEqual([
      {
        path: path.join(folder, 'asset.hash'),
        packaging: 'zip',
        bucket: 'assets-123456789012-eu-west-1',
        objectKey: 'hash.zip',
      },
    ]);
  });

  test.each<[string, (files: Record<string, unknown>) => void]>([
    ['NOT_AN_ASSEMBLY', (files) => delete files['manifest.json']],
    ['UNREADABLE_FILE', (files) => delete files['First.template.json']],
    ['MISSING_NESTED_TEMPLATE', (files) => delete files['inner.nested.template.json']],
    [
      'MISSING_ASSET',
      (files) =>
        Object.assign(files, {
          'Second.assets.json': JSON.parse(
            JSON.stringify(files['Second.assets.json']).replace('asset.hash', 'asset.gone'),
          ),
        }),
    ],
  ])('%s is said where something is missing', async (code, change) => {
    const result = await loadAssembly(assembly(change));
    expect(result.ok ? [] : result.mistakes.map((each) => each.code)).toEqual([code]);
  });
});
