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
    return loaded.ok ? 'read' : loaded.mistakes.map(({ code, place }) => `${code} ${place.logicalId} ${place.path}`);
  };
  const refused = ['NESTED_TEMPLATE_OUTSIDE Inner Properties.TemplateURL'];

  test.each([
    ['below its parent', 'below/inner.yaml', 'app', 'read'],
    ['below its parent, whose folder is reached by a link', 'below/inner.yaml', 'same', 'read'],
    ['outside, by its path', '../outside.yaml', 'app', refused],
    ['outside, by an absolute path', 'FOLDER/outside.yaml', 'app', refused],
    ['outside, by a URL', 'file://FOLDER/outside.yaml', 'app', refused],
    ['outside, by a symbolic link', 'link.yaml', 'app', refused],
  ])('%s', async (_what, url, as, outcome) => {
    expect(await nesting(url, as)).toEqual(outcome);
  });
});
