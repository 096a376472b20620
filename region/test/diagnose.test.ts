import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project } from './support/project.ts';

interface Diagnosis {
  readonly failed: string | null;
  readonly rungs: readonly { readonly rung: string; readonly state: string }[];
  readonly summary: { readonly en: string };
}

let project: Project;

beforeAll(async () => {
  project = await Project.make();
  const up = await project.terrace<{ failures: unknown[] }>('up', '--app', 'assembly', '--detach');
  expect(up.value.failures).toEqual([]);
});

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
});

/** The diary's lost day: "peering does not work", and it was a wrong password. */
describe('terrace diagnose', () => {
  test('finds nothing wrong where nothing is', async () => {
    const said = await project.terrace<Diagnosis>(
      'diagnose',
      'was/0',
      'DatabaseInstance',
      '--port',
      '5432',
      '--wait',
      '20000',
    );
    expect(said.value.failed).toBeNull();
    expect(said.value.rungs.map(({ state }) => state)).not.toContain('failed');
    expect(said.value.rungs.find(({ rung }) => rung === 'credentials')!.state).toBe('passed');
    expect(said.status).toBe(0);
  });

  test('names the security group where one is in the way', async () => {
    const said = await project.terrace<Diagnosis>('diagnose', 'web/0', 'was/0', '--port', '8081', '--wait', '500');
    expect(said.value.failed).toBe('group');
    expect(said.status).toBe(1);
  });

  test('tells that peering is fine and the password is wrong', async () => {
    const folder = join(project.directory, '.terrace/secrets');
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const secret = JSON.parse(await readFile(file, 'utf8')) as { versions: { value: string }[] };
      const value = JSON.parse(secret.versions[0]!.value) as Record<string, unknown>;
      if (value.engine !== 'postgres') continue;
      secret.versions[0]!.value = JSON.stringify({ ...value, password: 'written down wrongly' });
      await writeFile(file, JSON.stringify(secret));
    }
    const said = await project.terrace<Diagnosis>(
      'diagnose',
      'was/0',
      'DatabaseInstance',
      '--port',
      '5432',
      '--wait',
      '20000',
    );
    expect(said.value.failed).toBe('credentials');
    expect(said.value.summary.en).toContain('peering');
    expect(said.status).toBe(1);
    expect(JSON.stringify(said.value)).not.toContain('written down wrongly');
  });
});
