import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

interface Status {
  readonly app: string;
  readonly instances: readonly { readonly name: string; readonly state: string }[];
  readonly databases: readonly { readonly state: string }[];
  readonly failures: readonly unknown[];
}

const minute = 60_000;
let project: Project;
afterAll(() => project?.[Symbol.asyncDispose]());

test('servers and database go when the hours are over, and a group grows when it is told to', {
  timeout: 240_000,
}, async () => {
  project = await Project.make();
  const closing = Math.ceil((Date.now() + 20_000) / minute) * minute;
  await synthesize({ hours: `00:00-${timeInSeoul(closing)}` });
  const later = new Date(closing + 8_000).toISOString();
  await addToService('GrowOnce', {
    Type: 'AWS::AutoScaling::ScheduledAction',
    Properties: { AutoScalingGroupName: { Ref: 'WebServers' }, StartTime: later, MinSize: 1, DesiredCapacity: 1 },
  });
  const up = await project.terrace<Status>('up', '--app', 'assembly', '--detach');
  expect(up.value).toMatchObject({ failures: [] });
  expect(up.value.instances).toHaveLength(4);
  expect((await fetch(`${up.value.app}api/hello`)).status).toBe(200);

  const closed = await until(status, ({ instances }) => instances.length === 0, 2 * minute);
  expect(Date.now()).toBeGreaterThanOrEqual(closing);
  expect(closed.databases.map(({ state }) => state)).toEqual(['stopped']);
  expect((await fetch(up.value.app)).status).toBe(503);

  const grown = await until(status, ({ instances }) => instances.some(({ state }) => state === 'running'), 60_000);
  expect(grown.instances.map(({ name }) => name)).toEqual(['web/0']);
  expect(grown.failures).toEqual([]);
  const page = await until(
    () => fetch(up.value.app),
    ({ status: code }) => code === 200,
  );
  expect(await page.text()).toContain('<html');

  // What the template states is the same as before: the sizes of the hour stay, and the database is started by hand.
  const again = await project.terrace<Status>('up', '--app', 'assembly');
  expect(again.value).toMatchObject({ failures: [] });
  expect(again.value.instances.map(({ name }) => name)).toEqual(['web/0']);
  expect((await project.terrace('database', 'start', 'DatabaseInstance')).status).toBe(0);
  expect((await status()).databases.map(({ state }) => state)).toEqual(['available']);
});

async function status(): Promise<Status> {
  return (await project.terrace<Status>('status')).value;
}

function timeInSeoul(moment: number): string {
  return new Date(moment + 9 * 60 * minute).toISOString().slice(11, 16);
}

async function synthesize(context: Readonly<Record<string, unknown>>): Promise<void> {
  const blueprint = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
  await promisify(execFile)(process.execPath, [blueprint], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, CDK_OUTDIR: project.assembly, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
}

async function addToService(logicalId: string, resource: object): Promise<void> {
  const file = join(project.assembly, 'TerraceService.template.json');
  const template = JSON.parse(await readFile(file, 'utf8')) as { Resources: Record<string, object> };
  await writeFile(file, JSON.stringify({ ...template, Resources: { ...template.Resources, [logicalId]: resource } }));
}
