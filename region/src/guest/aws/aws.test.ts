import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { awsCommands } from './aws.ts';
import { applyProfile, configure } from './configure.ts';
import { operations, targets } from './operations.ts';
import { optionOf, readParameters } from './options.ts';
import { asText } from './output.ts';
import { isIncluded } from './s3/filters.ts';
import { targetOf } from './s3/transfer.ts';

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output */
describe('text', () => {
  test.each<[unknown, string]>([
    ['one', 'one\n'],
    [null, 'None\n'],
    [true, 'True\n'],
    [12, '12\n'],
    [[], ''],
    [['a', 'b'], 'a\tb\n'],
    [
      [
        ['a', 1],
        ['b', 2],
      ],
      'a\t1\nb\t2\n',
    ],
    [{ b: 2, a: 'x' }, 'x\t2\n'],
    [[{ a: 1 }, { b: 2 }], '1\t\n\t2\n'],
    [{ Name: 'n', Tags: [{ Key: 'k', Value: 'v' }] }, 'n\nTAGS\tk\tv\n'],
    [{ Names: ['a', 'b'] }, 'NAMES\ta\nNAMES\tb\n'],
    [{ Outer: { Inner: { Leaf: 1 } } }, 'INNER\t1\n'],
    [{ Placement: { Zone: 'a' }, Id: 'i' }, 'i\nPLACEMENT\ta\n'],
  ])('%j', (value, text) => {
    expect(asText(value)).toBe(text);
  });
});

describe('parameters', () => {
  test.each([
    ['InstanceIds', '--instance-ids'],
    ['DBInstanceIdentifier', '--db-instance-identifier'],
    ['LoadBalancerArns', '--load-balancer-arns'],
    ['VPCId', '--vpc-id'],
  ])('%s is %s', (name, option) => {
    expect(optionOf(name)).toBe(option);
  });

  const kinds = { Names: 'texts', Recursive: 'flag', Path: 'text', Filters: 'filters', Length: 'number' } as const;
  test.each<[string[], object]>([
    [['--names', 'a', 'b', '--recursive'], { Names: ['a', 'b'], Recursive: true }],
    [['--no-recursive', '--path=/x'], { Recursive: false, Path: '/x' }],
    [['--names', '["a","b"]'], { Names: ['a', 'b'] }],
    [
      ['--filters', 'Name=tag:Name,Values=web,app', "Name=vpc-id,Values='v 1'"],
      {
        Filters: [
          { Name: 'tag:Name', Values: ['web', 'app'] },
          { Name: 'vpc-id', Values: ['v 1'] },
        ],
      },
    ],
    [['--length', '12', '--region', 'x', '--no-cli-pager'], { Length: 12 }],
  ])('%j', (words, input) => {
    expect(readParameters(words, kinds).input).toEqual(input);
  });

  test.each([
    [['--frobnicate'], /Unknown options: --frobnicate/],
    [['--names'], /expected at least one argument/],
    [['--path'], /expected one argument/],
    [['--length', 'x'], /invalid literal/],
    [['--filters', 'tag=x'], /Expected: 'Name=/],
    [['--names', '["a"'], /Invalid JSON/],
  ])('%j is refused', (words, said) => {
    expect(() => readParameters(words, kinds)).toThrow(said);
  });
});

test('every operation has a target, and its required parameters', () => {
  for (const { service, parameters, required = [] } of Object.values(operations)) {
    expect(targets[service]).toBeDefined();
    expect(Object.keys(parameters)).toEqual(expect.arrayContaining([...required]));
  }
});

describe('aws configure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aws-configure-'));
  afterEach(() => void vi.unstubAllEnvs());

  test('writes what it reads, and profiles say what they say', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    for (const name of [
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
      'AWS_PROFILE',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
    ])
      vi.stubEnv(name, undefined);
    const set = (...words: string[]) => configure(['set', ...words]);
    expect(await set('default.region', 'eu-west-1')).toBe(0);
    expect(await set('region', 'ap-northeast-2')).toBe(0);
    expect(await set('output', 'text', '--profile', 'other')).toBe(0);
    expect(await set('aws_access_key_id', 'AKIA')).toBe(0);
    expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(
      '[default]\nregion = ap-northeast-2\n[profile other]\noutput = text\n',
    );
    expect(readFileSync(join(folder, 'credentials'), 'utf8')).toBe('[default]\naws_access_key_id = AKIA\n');
    expect(await configure(['get', 'none'])).toBe(1);
    expect((await applyProfile(new Map())).region).toBe('ap-northeast-2');
    expect((await applyProfile(new Map([['--region', 'x']]))).region).toBe('x');
    expect((await applyProfile(new Map([['--profile', 'other']]))).values.get('--output')).toBe('text');
    await expect(applyProfile(new Map([['--profile', 'none']]))).rejects.toThrow('profile (none) could not be found');
    await expect(configure(['list'])).rejects.toThrow(/not carried out/);
    rmSync(folder, { recursive: true });
  });
});

/** https://docs.aws.amazon.com/cli/latest/reference/s3/#use-of-exclude-and-include-filters */
describe('filters of aws s3', () => {
  const of = (text: string) =>
    [...text.matchAll(/([-+])(\S+)/g)].map(
      ([, sign, pattern = '']) => ({ kind: sign === '-' ? 'exclude' : 'include', pattern }) as const,
    );
  test.each([
    ['a.txt', '', true],
    ['a.txt', '-*', false],
    ['a.txt', '-* +*.txt', true],
    ['b/c.txt', '-* +*.txt', true],
    ['a.txt', '+*.txt -*', false],
    ['.git/config', '-.git/*', false],
    ['a.jpg', '-* +*.jp[ge]', true],
    ['a.jpe', '-* +*.jp[!g]', true],
    ['a.jpg', '-* +*.jp[!g]', false],
    ['ab', '-a?', false],
    ['abc', '-a?', true],
    ['a+b(c)', '-a+b(c)', false],
  ])('%s with %j: %s', (path, filters, included) => {
    expect(isIncluded(path, of(filters))).toBe(included);
  });
});

test.each<[string, string, boolean, unknown]>([
  ['x/y.txt', 's3://b', false, { bucket: 'b', key: 'x/y.txt' }],
  ['y.txt', 's3://b/k', false, { bucket: 'b', key: 'k' }],
  ['y.txt', 's3://b/k/', false, { bucket: 'b', key: 'k/y.txt' }],
  ['x/y.txt', 's3://b/k', true, { bucket: 'b', key: 'k/x/y.txt' }],
  ['x/y.txt', '/no/such', true, '/no/such/x/y.txt'],
  ['y.txt', '/no/such/', false, '/no/such/y.txt'],
  ['y.txt', '/no/such', false, '/no/such'],
  ['y.txt', tmpdir(), false, join(tmpdir(), 'y.txt')],
])('%s to %s, below %s', (path, to, below, target) => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(to) ?? [];
  const end = to.startsWith('s3://') ? ({ kind: 's3', bucket, key } as const) : ({ kind: 'local', path: to } as const);
  expect(targetOf({ at: path, path, size: 0, modified: 0 }, end, below)).toEqual(target);
});

test.each(['instances.md', 'instances.ko.md'])('%s lists the commands', (name) => {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');
  const listed = awsCommands()
    .map((each) => `\`${each}\``)
    .join(', ');
  expect(page.includes(listed), listed).toBe(true);
});
