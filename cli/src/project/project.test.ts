import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Allocations } from '@terrace/cloud/inventory';
import { afterEach, describe, expect, test } from 'vitest';
import { loadProject, type ProjectOptions } from './project.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'terrace-project-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const template = JSON.stringify({
  Parameters: { Name: { Type: 'String', Default: 'scores' } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } } },
});

/** An app as CDK's command line runs it: writes its assembly where the environment says, here with its context in a topic's name. */
const app = `
const fs = require('node:fs');
const context = JSON.parse(process.env.CDK_CONTEXT_JSON);
if (context.profile === 'broken') { console.error('profile is broken'); process.exit(3); }
const write = (name, value) => fs.writeFileSync(process.env.CDK_OUTDIR + '/' + name, JSON.stringify(value));
write('manifest.json', { artifacts: { One: { type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/' + process.env.CDK_DEFAULT_REGION, properties: { templateFile: 'One.json' } } } });
write('One.json', { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'is-' + context.profile + context.colour } } } });
`;

async function topic(options: ProjectOptions, folder: string): Promise<unknown> {
  const result = await loadProject(options, folder);
  if (!result.ok) return result.mistakes.map((each) => each.code);
  return result.value.resources[0]?.physicalId;
}

describe('a project is loaded', () => {
  test('from templates that are named, with parameters', async () => {
    const folder = project({ 'a.json': template });
    expect(await topic({ template: ['a.json'] }, folder)).toMatch(/:scores$/);
    expect(await topic({ template: ['a.json'], parameter: ['Name=other'] }, folder)).toMatch(/:other$/);
    expect(await topic({ template: ['a.json'], region: 'eu-west-1' }, folder)).toMatch(/:eu-west-1:/);
  });

  test('from what terrace.json or cdk.json names', async () => {
    const terrace = JSON.stringify({ template: 'a.json', parameters: { Name: 'stated' } });
    expect(await topic({}, project({ 'terrace.json': terrace, 'a.json': template }))).toMatch(/:stated$/);
    const cdk = JSON.stringify({ app: `node app.cjs`, context: { colour: '-red' } });
    const folder = project({ 'cdk.json': cdk, 'app.cjs': app });
    expect(await topic({ profile: 'small' }, folder)).toMatch(/:is-small-red$/);
    expect(await topic({ profile: 'small', context: ['colour=-blue'], region: 'eu-west-1' }, folder)).toMatch(
      /:eu-west-1:.*:is-small-blue$/,
    );
    expect(await topic({}, folder)).toMatch(/:is-undefined-red$/);
    expect(await topic({ app: path.join('.terrace', 'assembly') }, folder)).toMatch(/:is-undefined-red$/);
  });

  test('by several commands at once, each with its own variant, and none finds an assembly half made', async () => {
    const folder = project({ 'cdk.json': JSON.stringify({ app: 'node app.cjs' }), 'app.cjs': app });
    const variants = ['one', 'one', 'other', 'other', 'one'];
    const found = await Promise.all(variants.map((profile) => topic({ profile }, folder)));
    expect(found).toEqual(variants.map((profile) => expect.stringMatching(new RegExp(`:is-${profile}undefined$`))));
    const left = readdirSync(path.join(folder, '.terrace'));
    expect(left).toEqual([expect.stringMatching(/^assembly-\w{8}$/), expect.stringMatching(/^assembly-\w{8}$/)]);
  });

  test('not from an earlier synthesis where the app no longer makes one', async () => {
    const folder = project({ 'cdk.json': JSON.stringify({ app: 'node app.cjs' }), 'app.cjs': app });
    expect(await topic({}, folder)).toMatch(/:is-undefinedundefined$/);
    writeFileSync(path.join(folder, 'app.cjs'), '');
    expect(await topic({}, folder)).toEqual(['NOT_AN_ASSEMBLY']);
  });

  test('not where terrace.json has a setting that there is not, which is named', async () => {
    const folder = project({ 'terrace.json': JSON.stringify({ templates: 'a.json' }), 'a.json': template });
    const result = await loadProject({}, folder);
    expect(result.ok ? [] : result.mistakes).toMatchObject([
      {
        code: 'UNKNOWN_SETTING',
        place: { file: 'terrace.json' },
        cause: { en: 'There is no setting "templates".' },
        next: { en: expect.stringContaining('Did you mean template?') },
      },
    ]);
  });

  test('not from a folder given as a template, which is said in words', async () => {
    const result = await loadProject({ template: ['.'] }, project({ 'a.json': template }));
    expect(result.ok ? '' : result.mistakes[0]!.cause.en).toBe('This is a folder, and a template is a file.');
  });

  test.each([
    ['WRONG_SETTING', { 'terrace.json': '{"app": 5}' }],
    ['WRONG_SETTING', { 'terrace.json': '{"template": {"a": 1}}' }],
    ['WRONG_SETTING', { 'terrace.json': '{"template": "a.json", "parameters": ["Name=x"]}' }],
    ['WRONG_SETTING', { 'terrace.json': '{"template": "a.json", "context": 3}' }],
    ['WRONG_SETTING', { 'terrace.json': '"a.json"' }],
    ['JSON_SYNTAX', { 'terrace.json': '{' }],
    ['JSON_SYNTAX', { 'cdk.json': 'x' }],
    ['ALLOCATIONS_UNREADABLE', { 'terrace.json': '{"template": "a.json"}', '.terrace/allocations.json': '{' }],
    ['ALLOCATIONS_UNREADABLE', { 'terrace.json': '{"template": "a.json"}', '.terrace/allocations.json': '[]' }],
  ])('%s is said of a folder with %j', async (code, files) => {
    expect(await topic({}, project({ 'a.json': template, ...files }))).toEqual([code]);
  });

  test.each<[string, ProjectOptions]>([
    ['NO_PROJECT', {}],
    ['WRONG_OPTION', { template: ['a.json'], app: 'node app.cjs' }],
    ['WRONG_OPTION', { template: ['a.json'], parameter: ['Name'] }],
    ['WRONG_OPTION', { template: ['a.json'], region: 'mars-1' }],
    ['REGION_STATED', { app: 'node settled.cjs', region: 'us-east-1' }],
    ['OPTION_NEEDS_ANOTHER', { template: ['a.json'], profile: 'small' }],
    ['OPTION_NEEDS_ANOTHER', { template: ['a.json'], context: ['a=b'] }],
    ['UNKNOWN_PARAMETER', { template: ['a.json'], parameter: ['Nmae=x'] }],
    ['UNREADABLE_FILE', { template: ['nowhere.json'] }],
    ['UNREADABLE_FILE', { template: ['.'] }],
    ['APP_FAILED', { app: 'node app.cjs', profile: 'broken' }],
    ['APP_FAILED', { app: 'no-such-program-here' }],
    ['NOT_AN_ASSEMBLY', { app: '.' }],
    ['NOT_AN_ASSEMBLY', { app: 'true' }],
  ])('%s is said of %j', async (code, options) => {
    const settled = app.replace('process.env.CDK_DEFAULT_REGION', "'ap-northeast-2'");
    expect(await topic(options, project({ 'a.json': template, 'app.cjs': app, 'settled.cjs': settled }))).toEqual([
      code,
    ]);
  });

  test('gives the same addresses again, once they are kept', async () => {
    const net = (more: object) =>
      JSON.stringify({
        Resources: {
          ...more,
          Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
          Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/28' } },
          A: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-0123456789abcdef0', SubnetId: { Ref: 'Net' } } },
        },
      });
    const folder = project({ 'a.json': net({}) });
    const first = await loadProject({ template: ['a.json'] }, folder);
    if (!first.ok) throw new Error(JSON.stringify(first.mistakes));
    keepAllocations(first.value.allocations, folder);
    const others = ['B', 'C', 'D', 'E', 'F'].map((name) => [
      name,
      { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-0123456789abcdef0', SubnetId: { Ref: 'Net' } } },
    ]);
    writeFileSync(path.join(folder, 'a.json'), net(Object.fromEntries(others)));
    const second = await loadProject({ template: ['a.json'] }, folder);
    if (!second.ok) throw new Error(JSON.stringify(second.mistakes));
    const address = (inventory: typeof first.value) => inventory.allocations['address a/Net a/A'];
    expect(address(second.value)).toBe(address(first.value));
  });

  test('has the members of groups that the region had last, and not those of the last command', async () => {
    const folder = project({
      'a.json': JSON.stringify({
        Resources: {
          G: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: {
              MinSize: '1',
              MaxSize: '1',
              AvailabilityZones: ['ap-northeast-2a'],
              InstanceId: 'i-0123456789abcdef0',
            },
          },
        },
      }),
    });
    const loaded = async () => {
      const read = await loadProject({ template: ['a.json'] }, folder);
      if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
      return read.value;
    };
    keepAllocations({ 'replaced a/G#0': '1', 'replaced a/G#1': '4', 'replaced a/G': '2' }, folder);
    writeFileSync(path.join(folder, '.terrace/members.json'), JSON.stringify({ 'replaced a/G#0': '3' }));
    expect((await loaded()).allocations).toEqual({ 'replaced a/G': '2', 'replaced a/G#0': '3' });
    writeFileSync(path.join(folder, '.terrace/members.json'), '{');
    const cut = await loadProject({ template: ['a.json'] }, folder);
    expect(cut.ok ? [] : cut.mistakes.map(({ place }) => place.file)).toEqual([
      expect.stringMatching(/members\.json$/),
    ]);
  });
});

/** As the region does. */
function keepAllocations(allocations: Allocations, folder: string): void {
  mkdirSync(path.join(folder, '.terrace'), { recursive: true });
  writeFileSync(path.join(folder, '.terrace/allocations.json'), JSON.stringify(allocations));
}
