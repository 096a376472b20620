import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, Postgres } from '../fixtures/postgres.ts';
import { startCloud } from '../fixtures/secrets.ts';
import { serverBuild } from '../packing/server-build.ts';

/** The bundle as it is deployed, with the real SDK, against a stand-in for Secrets Manager and instance metadata. */
const folder = mkdtempSync(join(tmpdir(), 'arcade-server-'));
let postgres: Postgres;
let child: ChildProcess | undefined;

beforeAll(async () => {
  await build(serverBuild(fileURLToPath(new URL('../..', import.meta.url)), folder));
  postgres = await Postgres.start();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await postgres?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('a server starts from its environment alone, and ends when told to', async () => {
  await using cloud = await startCloud(() => postgres.credentials, { id: 'i-0abc', zone: 'ap-northeast-2c' });
  const port = await freePort();
  child = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: {
      ...cloud.environment,
      PORT: String(port),
      DATABASE_HOST: postgres.address.host,
      DATABASE_PORT: String(postgres.address.port),
      DATABASE_NAME: postgres.address.name,
      DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:database-AbCdEf',
      DATABASE_CA_FILE: postgres.address.caFiles[0],
    },
    stdio: 'ignore',
  });
  const hello = async () => (await fetch(`http://127.0.0.1:${port}/api/hello`)).json();
  await expect.poll(hello).toMatchObject({ instance: 'i-0abc', zone: 'ap-northeast-2c', database: { tls: 'TLSv1.3' } });
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('a server that is told too little says what is missing', async () => {
  const lacking = spawn(process.execPath, [join(folder, 'server.mjs')], { env: { PORT: 'x' } });
  let said = '';
  lacking.stderr.on('data', (chunk) => {
    said += chunk;
  });
  expect(await once(lacking, 'exit')).toEqual([2, null]);
  expect(said.split('\n').map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining(['PORT', 'DATABASE_HOST', 'DATABASE_SECRET_ARN']),
  );
});
