import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openToOthers } from './support/open-to-others.ts';
import { processesOf } from './support/processes.ts';
import { Project } from './support/project.ts';

interface Mistaken {
  readonly mistakes: readonly { readonly code: string; readonly place: { readonly file?: string } }[];
}

let project: Project;
const state = (...names: readonly string[]) => join(project.directory, '.terrace', ...names);
const up = () => project.terrace<Mistaken>('up', '--template', 'template.yaml', '--detach');

beforeAll(async () => {
  project = await Project.ofTemplate(`
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16 } }
  Key:
    Type: AWS::SecretsManager::Secret
    Properties: { GenerateSecretString: { PasswordLength: 20 } }
  Objects: { Type: AWS::S3::Bucket }
`);
  expect((await up()).status).toBe(0);
  await project.terrace('down');
});
afterAll(() => project?.[Symbol.asyncDispose]());

describe('a damaged file of state', () => {
  test.each([
    ['a secret', () => state('secrets', readdirSync(state('secrets'))[0]!)],
    ['the key of the authority', () => state('authority/authority.key')],
    ['the certificate of the authority', () => state('authority/authority.pem')],
    ['an issued certificate', () => state('authority', readdirSync(state('authority')).find(isIssued)!)],
  ])('(%s) is named by up, which leaves everything else and nothing that runs', async (_kind, which) => {
    const file = which();
    const whole = readFileSync(file);
    const others = contents(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const refused = await up();
    expect(refused.value).toMatchObject({ mistakes: [{ code: 'STATE_DAMAGED', place: { file } }] });
    expect(refused.status).toBe(2);
    expect(contents(file)).toEqual(others);
    await expect.poll(() => processesOf(project.directory)).toEqual([]);
    writeFileSync(file, whole);
  });

  test('(what was given out) is named before anything is started', async () => {
    const file = state('allocations.json');
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    expect((await up()).value).toMatchObject({ mistakes: [{ code: 'ALLOCATIONS_UNREADABLE', place: { file } }] });
    writeFileSync(file, whole);
  });

  test('(a secret) is made anew once it is removed, and nothing of it is lost besides', async () => {
    const file = state('secrets', readdirSync(state('secrets'))[0]!);
    const others = contents(file);
    rmSync(file);
    expect((await up()).status).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ versions: [{ stages: ['AWSCURRENT'] }] });
    expect(contents(file)).toMatchObject(others);
    await project.terrace('down');
  });
});

test('a folder of state that stood open is shut by the next start', async () => {
  chmodSync(state(), 0o755);
  chmodSync(state('secrets'), 0o755);
  for (const name of readdirSync(state('secrets'))) chmodSync(state('secrets', name), 0o644);
  expect((await up()).status).toBe(0);
  expect(openToOthers(state())).toEqual([]);
  expect(statSync(state()).mode & 0o777).toBe(0o700);
});

function isIssued(name: string): boolean {
  return name.startsWith('issued-');
}

/** Every file of secrets and authority but one. */
function contents(but: string): Record<string, string> {
  const files = ['secrets', 'authority'].flatMap((folder) =>
    readdirSync(state(folder)).map((name) => state(folder, name)),
  );
  return Object.fromEntries(files.filter((file) => file !== but).map((file) => [file, readFileSync(file, 'utf8')]));
}
