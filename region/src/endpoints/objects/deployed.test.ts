import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Asset } from '@terrace/cloud/inventory';
import { fidelityReport } from '@terrace/cloud/validate/fidelity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployedObjects } from './deployed.ts';
import { ObjectStorage } from './storage.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'terrace-deployed-'));
  const files = {
    'site/index.html': '<h1>from an asset</h1>',
    'site/js/app.js': 'call("<<marker:0xbaba:0>>")',
    'site/js/app.js.map': '{}',
    'docs/index.html': '<h1>docs</h1>',
    'docs/picture.png': `${String.fromCharCode(0, 255, 200)}png`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, 'latin1');
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asset = (name: string, packaging: Asset['packaging'] = 'zip'): Asset => {
  return { path: path.join(folder, name), packaging, bucket: 'assets', objectKey: `${name}.zip` };
};

async function deploy(...deployments: readonly object[]) {
  const resources = deployments.map((each, at) => {
    const properties = { ServiceToken: 'x', DestinationBucketName: 'site', SourceBucketNames: ['assets'], ...each };
    const before = at === 0 ? {} : { DependsOn: `Put${at - 1}` };
    return [`Put${at}`, { Type: 'Custom::CDKBucketDeployment', Properties: properties, ...before }];
  });
  const loaded = await loadTexts({ 'site.json': JSON.stringify({ Resources: Object.fromEntries(resources) }) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const inventory = { ...loaded.value, assets: [asset('site'), asset('docs'), asset('docs/index.html', 'file')] };
  const objects = deployedObjects(inventory, path.join(folder, 'copies')).get('site') ?? [];
  return { inventory, objects, keys: objects.map(({ key }) => key).sort() };
}

describe('a bucket deployment', () => {
  test.each<[string, readonly object[], readonly string[]]>([
    [
      'copies the files of its source',
      [{ SourceObjectKeys: ['site.zip'] }],
      ['index.html', 'js/app.js', 'js/app.js.map'],
    ],
    ['filters them', [{ SourceObjectKeys: ['site.zip'], Exclude: ['*.map'] }], ['index.html', 'js/app.js']],
    [
      'puts them below a prefix',
      [{ SourceObjectKeys: ['docs.zip'], DestinationBucketKeyPrefix: 'a/b' }],
      ['a/b/index.html', 'a/b/picture.png'],
    ],
    ['copies an archive whole', [{ SourceObjectKeys: ['docs.zip'], Extract: false }], ['docs.zip']],
    [
      'takes several sources, the later over the earlier',
      [{ SourceBucketNames: ['assets', 'assets'], SourceObjectKeys: ['site.zip', 'docs.zip'] }],
      ['index.html', 'js/app.js', 'js/app.js.map', 'picture.png'],
    ],
    [
      'prunes what another put before it',
      [{ SourceObjectKeys: ['site.zip'] }, { SourceObjectKeys: ['docs.zip'] }],
      ['index.html', 'picture.png'],
    ],
    [
      'keeps it where it does not prune',
      [{ SourceObjectKeys: ['site.zip'] }, { SourceObjectKeys: ['docs.zip'], Prune: false }],
      ['index.html', 'js/app.js', 'js/app.js.map', 'picture.png'],
    ],
    [
      'prunes below its prefix only',
      [
        { SourceObjectKeys: ['site.zip'], Exclude: ['*.map'] },
        { SourceObjectKeys: ['docs.zip'], DestinationBucketKeyPrefix: 'js' },
      ],
      ['index.html', 'js/index.html', 'js/picture.png'],
    ],
  ])('%s', async (_, deployments, keys) => {
    expect((await deploy(...deployments)).keys).toEqual(keys);
  });

  test('replaces markers, in copies, and leaves other bytes as they are', async () => {
    const { objects } = await deploy({
      SourceBucketNames: ['assets', 'assets'],
      SourceObjectKeys: ['site.zip', 'docs.zip'],
      SourceMarkers: [{ '<<marker:0xbaba:0>>': 'https://shop.example/한' }, {}],
    });
    const at = (key: string) => objects.find((each) => each.key === key)!.path;
    expect(readFileSync(at('js/app.js'), 'utf8')).toBe('call("https://shop.example/한")');
    expect(readFileSync(path.join(folder, 'site/js/app.js'), 'utf8')).toContain('0xbaba');
    expect(at('picture.png')).toBe(path.join(folder, 'docs/picture.png'));
  });

  test.each([
    ['an archive that the app brought along', 'docs/index.html.zip', 'Source.asset'],
    ['a source that is no asset', 'nowhere.zip', 'no asset'],
  ])('cannot act from %s, and says so', async (_, key, said) => {
    const { inventory, keys } = await deploy({ SourceObjectKeys: [key] });
    expect(keys).toEqual([]);
    const [row] = fidelityReport(inventory).filter(({ type }) => type === 'Custom::CDKBucketDeployment');
    expect(row).toMatchObject({ fidelity: 'unable', how: { en: expect.stringContaining(said) } });
  });
});

test('an object that is put stands over the deployed one', async () => {
  const { objects } = await deploy({ SourceObjectKeys: ['docs.zip'] });
  const bucket = { name: 'site', assets: objects, directory: path.join(folder, 'bucket') };
  const storage = new ObjectStorage([bucket]);
  const read = async () => readFileSync((await storage.find(bucket, 'index.html'))!.path, 'utf8');
  expect(await read()).toBe('<h1>docs</h1>');
  async function* body() {
    yield Buffer.from('newer');
  }
  await storage.put(bucket.directory, { key: 'index.html', contentType: 'text/html', metadata: {} }, body());
  expect(await read()).toBe('newer');
  expect((await storage.list(bucket)).map(({ key }) => key)).toEqual(['index.html', 'picture.png']);
});
