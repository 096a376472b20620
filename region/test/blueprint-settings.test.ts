import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

interface Up {
  readonly app: string;
  readonly doors: readonly { readonly name: string; readonly url: string }[];
  readonly failures: readonly { readonly code: string }[];
  readonly instances: readonly { readonly name: string; readonly address: string; readonly zone: string }[];
}

/** The blueprint with other settings, where they show once it runs. */
describe('the blueprint’s settings act in a region', () => {
  let project: Project;

  afterEach(async () => {
    await project?.[Symbol.asyncDispose]();
  });

  test('other addresses, other numbers of servers, no way out, a test instance beside the database', async () => {
    const up = await start({
      publicVpc: '10.40.0.0/16',
      publicSubnets: '10.40.5.0/24,10.40.6.0/24',
      webSubnets: '10.40.1.0/24,10.40.2.0/24',
      applicationSubnets: '10.40.3.0/24,10.40.4.0/24',
      privateVpc: '172.20.0.0/16',
      databaseSubnets: '172.20.1.0/24,172.20.2.0/24,172.20.3.0/24',
      testSubnet: '172.20.9.0/24',
      nat: 'none',
      webLeast: 1,
      webUsual: 1,
      applicationUsual: 3,
    });
    const hello = await until(
      () => fetch(`${up.app}api/hello`),
      (response) => response.status === 200,
    );
    const { database } = (await hello.json()) as { database: { address: string } };
    expect(database.address).toMatch(/^172\.20\.[123]\./);
    const names = up.instances.map(({ name }) => name).sort();
    expect(names).toEqual(['test', 'was/0', 'was/1', 'was/2', 'web/0']);
    expect(up.instances.find(({ name }) => name === 'web/0')?.address).toMatch(/^10\.40\.[12]\./);
    for (const [from, to, port, outcome] of [
      ['test', 'DatabaseInstance', '5432', 'accepted'],
      ['was/2', 'DatabaseInstance', '5432', 'accepted'],
      ['web/0', 'DatabaseInstance', '5432', 'timeout'],
      ['internet', 'test', '22', 'timeout'],
      ['was/0', 'internet', '443', 'timeout'],
    ] as const) {
      const said = await project.terrace<{ outcome: string }>('probe', from, to, '--port', port, '--wait', '700');
      expect(`${from} to ${to}: ${said.value.outcome}`).toBe(`${from} to ${to}: ${outcome}`);
    }
  });

  test('production under a name of its own: private names in both VPCs, HTTPS, a way out in each zone', async () => {
    const up = await start({ profile: 'production', domain: 'play.example.com' });
    await until(
      () => fetch(`${up.app}`, { redirect: 'manual' }),
      (response) => response.status === 301,
    );
    expect(up.doors.map(({ url }) => new URL(url).protocol)).toContain('https:');
    const names = await project.terrace<{ output: string }>(
      'exec',
      'was/1',
      '--',
      'getent',
      'ahostsv4',
      'database.terrace.internal',
      'application.terrace.internal',
    );
    expect(names.value.output).toMatch(/172\.16\.[123]\.\d+/);
    for (const server of ['was/0', 'was/1']) {
      const said = await project.terrace<{ outcome: string }>('probe', server, 'internet', '--port', '443');
      expect(said.value.outcome, server).not.toBe('timeout');
    }
  });

  async function start(context: Readonly<Record<string, unknown>>): Promise<Up> {
    project = await Project.make();
    const app = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
    const configuration = { app: `${process.execPath} ${app}`, context };
    await writeFile(join(project.directory, 'cdk.json'), JSON.stringify(configuration));
    const said = await project.terrace<Up>('up', '--detach');
    expect(said.value.failures).toEqual([]);
    expect(said.status).toBe(0);
    return said.value;
  }
});
