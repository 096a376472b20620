import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { serverBuild } from './server-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'arcade-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the SDK says nothing of its later versions in the log of a server, and other warnings are heard', async () => {
  const arcade = fileURLToPath(new URL('../..', import.meta.url));
  const program = join(folder, 'program.ts');
  const sdk = fileURLToPath(import.meta.resolve('@aws-sdk/client-secrets-manager'));
  writeFileSync(
    program,
    `import { SecretsManagerClient } from ${JSON.stringify(sdk)};
     await new SecretsManagerClient({ region: 'ap-northeast-2' }).config.region();
     process.emitWarning('another warning');`,
  );
  await build({ ...serverBuild(arcade, folder), entryPoints: { program } });
  const { stderr } = await promisify(execFile)(process.execPath, [join(folder, 'program.mjs')], { env: {} });
  expect(stderr.split('\n').filter((line) => line.includes('arning'))).toEqual([
    expect.stringContaining('Warning: another warning'),
    expect.stringContaining('--trace-warnings'),
  ]);
}, 30_000);
