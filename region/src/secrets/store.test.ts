import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '@terrace/cloud/views/secrets';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generatePassword } from './password.ts';
import { openReferences } from './references.ts';
import { SecretStore, versionOf } from './store.ts';

const recipe = {
  length: 20,
  excludeCharacters: '"@/\\',
  lowercase: true,
  uppercase: true,
  numbers: true,
  punctuation: true,
  space: false,
  requireEachType: true,
};
const secret: Secret = {
  arn: 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:database-Ab12Cd',
  name: 'database',
  description: null,
  statedBy: 'Stack/Secret',
  kmsKey: null,
  content: { kind: 'generated', recipe, within: { template: { username: 'arcade' }, key: 'password' } },
  attached: { host: 'db.example.com', port: 5432 },
};

let directory: string;
let store: SecretStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'secrets-'));
  store = await SecretStore.open(directory);
});
afterEach(() => rm(directory, { recursive: true }));

const current = async (reference = secret.arn) => JSON.parse(versionOf((await store.find(reference))!)!.value);

describe('the secret store', () => {
  test('knows by a name the one that has it now: whoever had it before another took the place is kept, and not asked', async () => {
    const later = Array.from({ length: 6 }, (_, index) => ({ ...secret, arn: secret.arn.replace(/..$/, `0${index}`) }));
    for (const each of [secret, ...later]) {
      await store.reconcile({ secrets: [each], parameters: [] });
      expect((await store.find(secret.name))?.arn).toBe(each.arn);
      expect((await store.find(secret.arn.slice(0, -7)))?.arn).toBe(each.arn);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });

  test('generates once, keeps to itself, and adds what is attached', async () => {
    await store.reconcile({ secrets: [secret], parameters: [] });
    const first = await current();
    expect(first).toMatchObject({ username: 'arcade', host: 'db.example.com', port: 5432 });
    expect(first.password).toHaveLength(20);
    store = await SecretStore.open(directory);
    await store.reconcile({ secrets: [{ ...secret, attached: { host: 'new.example.com' } }], parameters: [] });
    expect(await current('database')).toEqual({
      username: 'arcade',
      password: first.password,
      host: 'new.example.com',
    });
    for (const file of await readdir(directory)) expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  });

  test('keeps the version before when a value is put', async () => {
    await store.reconcile({ secrets: [secret], parameters: [] });
    const before = versionOf((await store.find(secret.name))!)!;
    await store.put(secret.arn, 'new');
    const after = (await store.find(secret.arn.slice(0, -7)))!;
    expect(versionOf(after)!.value).toBe('new');
    expect(versionOf(after, { stage: 'AWSPREVIOUS' })!.id).toBe(before.id);
    await store.reconcile({ secrets: [secret], parameters: [] });
    expect(versionOf((await store.find(secret.name))!)!.value).toBe('new');
  });

  test('takes a stated value that the template changed', async () => {
    const stated = (value: string): Secret => ({ ...secret, content: { kind: 'stated', value }, attached: {} });
    await store.reconcile({ secrets: [stated('one')], parameters: [] });
    await store.reconcile({ secrets: [stated('two')], parameters: [] });
    expect(versionOf((await store.find(secret.name))!)!.value).toBe('two');
  });
});

describe('a dynamic reference', () => {
  test.each([
    [`{{resolve:secretsmanager:${secret.arn}:SecretString:username::}}`, 'arcade'],
    ['{{resolve:secretsmanager:database:SecretString:host}}', 'db.example.com'],
    [
      'postgres://{{resolve:secretsmanager:database:SecretString:username}}@{{resolve:ssm:/app/host:1}}',
      'postgres://arcade@db',
    ],
    ['plain', 'plain'],
  ])('%s opens', async (text, opened) => {
    await store.reconcile({ secrets: [secret], parameters: [] });
    const parameters = [{ name: '/app/host', arn: '', statedBy: 'S/P', type: 'String', value: 'db' } as const];
    expect(await openReferences(text, { secrets: store, parameters }, {})).toMatchObject({ ok: true, value: opened });
  });

  test.each([
    '{{resolve:secretsmanager:other}}',
    '{{resolve:secretsmanager:database:SecretString:nokey}}',
    '{{resolve:ssm:none}}',
  ])('%s is a mistake that names it', async (text) => {
    await store.reconcile({ secrets: [secret], parameters: [] });
    const opened = await openReferences(text, { secrets: store, parameters: [] }, {});
    expect(opened.ok ? '' : opened.mistakes[0]!.cause.en).toContain(text);
  });
});

test('a generated password has one of each type and nothing excluded', () => {
  for (let round = 0; round < 50; round += 1) {
    const password = generatePassword(recipe);
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^a-zA-Z\d])[^"@/\\ ]{20}$/);
  }
  expect(() => generatePassword({ ...recipe, length: 3 })).toThrow();
});
