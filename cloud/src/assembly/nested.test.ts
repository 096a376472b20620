import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTemplates } from './load.ts';

describe('a nested template', () => {
  const inner = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
  const files = () => {
    const folder = mkdtempSync(join(tmpdir(), 'terrace-nested-'));
    mkdirSync(join(folder, 'app/below'), { recursive: true });
    writeFileSync(join(folder, 'outside.yaml'), inner);
    writeFileSync(join(folder, 'app/below/inner.yaml'), inner);
    writeFileSync(join(folder, 'app/inner2.yaml'), inner);
    symlinkSync(join(folder, 'outside.yaml'), join(folder, 'app/link.yaml'));
    symlinkSync(join(folder, 'app'), join(folder, 'same'));
    return folder;
  };
  const nesting = async (url: string, as = 'app') => {
    const folder = files();
    const file = join(folder, as, 'outer.yaml');
    const stated = url.replace('FOLDER', folder);
    writeFileSync(
      file,
      `Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: '${stated}' } } }`,
    );
    const loaded = await loadTemplates([file], { directory: folder });
    if (loaded.ok && !loaded.value.resources.some(({ logicalId }) => logicalId === 'Topic')) return 'not read';
    return loaded.ok ? 'read' : loaded.mistakes.map(({ code, place }) => `${code} ${place.logicalId} ${place.path}`);
  };
  const refused = ['NESTED_TEMPLATE_OUTSIDE Inner Properties.TemplateURL'];

  test.each([
    ['below its parent', 'below/inner.yaml', 'app', 'read'],
    ['below its parent, whose folder is reached by a link', 'below/inner.yaml', 'same', 'read'],
    [
      'below its parent, named by its address in S3',
      'https://my-bucket.s3.amazonaws.com/lab/below/inner.yaml',
      'app',
      'read',
    ],
    ['beside its parent, by a path-style address', 'https://s3.amazonaws.com/my-bucket/inner2.yaml', 'app', 'read'],
    ['a link to outside, named by its address in S3', 's3://my-bucket/link.yaml', 'app', refused],
    ['outside, by its path', '../outside.yaml', 'app', refused],
    ['outside, by an absolute path', 'FOLDER/outside.yaml', 'app', refused],
    ['outside, by a URL', 'file://FOLDER/outside.yaml', 'app', refused],
    ['outside, by a symbolic link', 'link.yaml', 'app', refused],
    ['elsewhere: it is not known', 'https://my-bucket.s3.amazonaws.com/other.yaml', 'app', 'not read'],
    ['not of S3', 'https://example.com/inner2.yaml', 'app', 'not read'],
  ])('%s', async (_what, url, as, outcome) => {
    expect(await nesting(url, as)).toEqual(outcome);
  });
});
