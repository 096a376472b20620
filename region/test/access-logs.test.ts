import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

interface Logs {
  readonly entries: readonly { readonly text: string }[];
}

let project: Project;
afterAll(() => project?.[Symbol.asyncDispose]());

test('every request to a load balancer is written as AWS writes it, and filed in the bucket', async () => {
  project = await Project.make();
  const blueprint = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
  const configuration = { app: `${process.execPath} ${blueprint}`, context: { accessLogs: true } };
  await writeFile(join(project.directory, 'cdk.json'), JSON.stringify(configuration));
  const up = await project.terrace<{ app: string; failures: readonly unknown[] }>('up', '--detach');
  expect(up.value.failures).toEqual([]);

  await fetch(`${up.value.app}api/hello?mark=first`, { headers: { 'user-agent': 'a "tester"' } });
  await fetch(`${up.value.app}nothing-here`);
  const external = await lines('external', 'nothing-here');
  const first = external.find((line) => line.includes('mark=first'))!;
  expect(first).toMatch(
    /^http \S+Z app\/\S+ \d[\d.]+:\d+ 10\.10\.[12]\.\d+:80 \d+\.\d{3} \d+\.\d{3} \d+\.\d{3} 200 200 \d+ \d+ "GET http:\/\/127\.0\.0\.1:\d+\/api\/hello\?mark=first HTTP\/1\.1" "a %22tester%22" - - arn:\S+:targetgroup\/\S+ "Root=1-\S+" "-" "-" 0 \S+Z "forward" "-" "-" "\S+:80" "200" "-" "-" TID_[0-9a-f]+$/,
  );
  expect(external.find((line) => line.includes('nothing-here'))).toContain(' 404 404 ');
  // The same request, seen by the next balancer: one trace through all tiers.
  const trace = /"(Root=[^"]+)"/.exec(first)![1]!;
  expect((await lines('internal', 'mark=first')).some((line) => line.includes(trace))).toBe(true);

  // Bytes that are no request end at this machine's door, and harm nobody.
  const raw = connect(Number(new URL(up.value.app).port), '127.0.0.1');
  raw
    .on('error', () => {})
    .resume()
    .end('NONSENSE\r\n\r\n');
  await new Promise((resolve) => raw.once('close', resolve));
  expect((await fetch(up.value.app)).status).toBe(200);

  await project.terrace('down');
  const [bucket] = await readdir(join(project.directory, '.terrace/objects'));
  const folder = join(project.directory, '.terrace/objects', bucket!);
  const described = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const objects = await Promise.all(
    described.map(
      async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as { key: string; path: string },
    ),
  );
  expect(objects.map(({ key }) => key).sort()[0]).toMatch(
    /^external\/AWSLogs\/000000000000\/elasticloadbalancing\/ap-northeast-2\/\d{4}\/\d\d\/\d\d\/000000000000_elasticloadbalancing_ap-northeast-2_app\.\S+_\d{8}T\d{4}Z_198\.18\.\S+_\w+\.log\.gz$/,
  );
  const filed = await Promise.all(objects.map(async ({ path }) => gunzipSync(await readFile(path)).toString()));
  expect(filed.join('')).toContain(`${first}\n`);
});

test('a balancer without an access log says how to have one', async () => {
  const configured = JSON.parse(await readFile(join(project.directory, 'cdk.json'), 'utf8')) as object;
  await writeFile(join(project.directory, 'cdk.json'), JSON.stringify({ ...configured, context: {} }));
  await project.terrace('up', '--detach');
  const said = await project.terrace<{ mistakes: readonly { code: string }[] }>('logs', 'external');
  expect(said).toMatchObject({ status: 2, value: { mistakes: [{ code: 'ACCESS_LOG_OFF' }] } });
});

async function lines(balancer: string, expected: string): Promise<string[]> {
  const said = await until(
    () => project.terrace<Logs>('logs', balancer),
    ({ value }) => value.entries.some(({ text }) => text.includes(expected)),
  );
  return said.value.entries.map(({ text }) => text);
}
