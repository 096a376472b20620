import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { Project, until, waitFor } from './support/project.ts';

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
    for (const [from, to, port, expected] of [
      ['test', 'DatabaseInstance', '5432', 'accepted'],
      ['was/2', 'DatabaseInstance', '5432', 'accepted'],
      ['web/0', 'DatabaseInstance', '5432', 'timeout'],
      ['internet', 'test', '22', 'timeout'],
      ['was/0', 'internet', '443', 'timeout'],
    ] as const) {
      expect(`${from} to ${to}: ${await outcome(from, to, port, expected)}`).toBe(`${from} to ${to}: ${expected}`);
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
    const page = await project.terrace<{ status: number }>(
      'exec',
      'was/1',
      '--',
      'getent',
      'ahostsv4',
      'play.example.com',
    );
    expect(page.value.status).toBe(0);
    for (const server of ['was/0', 'was/1']) {
      expect(await outcome(server, 'internet', '443', 'accepted'), server).not.toBe('timeout');
    }
  });

  test('another region, other zones, and a way out for the first zone alone', async () => {
    const up = await start({ region: 'us-east-1', zones: 'us-east-1d,us-east-1b,us-east-1a', nat: 'first-zone-only' });
    const zones = Object.fromEntries(up.instances.map(({ name, zone }) => [name, zone]));
    expect(zones).toEqual({
      'web/0': 'us-east-1d',
      'web/1': 'us-east-1b',
      'was/0': 'us-east-1d',
      'was/1': 'us-east-1b',
    });
    const metadata = await project.terrace<{ output: string }>(
      'exec',
      'was/1',
      '--',
      'ec2-metadata',
      '--availability-zone',
    );
    expect(metadata.value.output).toContain('us-east-1b');
    expect(await outcome('was/0', 'internet', '443', 'accepted')).not.toBe('timeout');
    expect(await outcome('was/1', 'internet', '443', 'timeout')).toBe('timeout');
  });

  test('the database’s network ACL stops what its security group would let in', async () => {
    await start({});
    const widened = async (...without: readonly string[]) => {
      // The groups let one more port through, on which nothing listens; the ACL, where there is one, does not.
      await project.edit((template) => template.replaceAll(/"ToPort": ?5432/g, '"ToPort":5433'));
      await project.editResources((_, resource) => (without.includes(resource.Type) ? undefined : resource));
      expect((await project.terrace('up', '--app', 'assembly')).status).toBe(0);
    };
    expect(await outcome('was/0', 'DatabaseInstance', '5433', 'timeout')).toBe('timeout');
    await widened();
    expect(await outcome('was/0', 'DatabaseInstance', '5433', 'timeout')).toBe('timeout');
    expect(await outcome('was/0', 'DatabaseInstance', '5432', 'accepted')).toBe('accepted');
    await widened('AWS::EC2::NetworkAcl', 'AWS::EC2::NetworkAclEntry', 'AWS::EC2::SubnetNetworkAclAssociation');
    expect(await outcome('was/0', 'DatabaseInstance', '5433', 'refused')).toBe('refused');
  });

  test('a version that is not installed is told beside the one that runs', async () => {
    await start({ databaseEngineVersion: '16.9' });
    const said = await project.terrace<{ databases: readonly { engineVersion: string; runs: string }[] }>('database');
    expect(said.value.databases).toMatchObject([{ engineVersion: '16.9', runs: expect.stringMatching(/^17\./) }]);
  });

  async function outcome(from: string, to: string, port: string, expected: string): Promise<string> {
    const words = ['probe', from, to, '--port', port, '--wait', waitFor(expected)];
    const said = await project.terrace<{ outcome: string }>(...words);
    return said.value.outcome;
  }

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
