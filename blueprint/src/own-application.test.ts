import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** The example runs the constructs as they are built, as another team's app would: `npm run build` comes before it. */
test('the example of another team’s application synthesizes, with its own port, path and start command', () => {
  const folder = fileURLToPath(new URL('../../examples/own-application/', import.meta.url));
  const output = mkdtempSync(join(tmpdir(), 'own-application-'));
  onTestFinished(() => rmSync(output, { recursive: true }));
  const env = { ...process.env, CDK_OUTDIR: output, CDK_VALIDATION: 'false' };
  const run = spawnSync(process.execPath, ['app.mjs'], { cwd: folder, env, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  const { Resources } = JSON.parse(readFileSync(join(output, 'Notes.template.json'), 'utf8'));
  expect(Resources.ApplicationTargets.Properties).toMatchObject({ Port: 9000, HealthCheckPath: '/alive' });
  const userData = JSON.stringify(Resources.ApplicationLaunchTemplate.Properties.LaunchTemplateData.UserData);
  expect(userData).toContain('/usr/bin/node /opt/application/server.mjs');
  expect(userData).toContain('GREETING=hello');
  expect(Resources.ApplicationServers.DependsOn).toEqual(
    expect.arrayContaining(['NetworkPeering', 'NetworkApplicationToInternet', 'NetworkApplicationToPrivateVpc']),
  );
}, 60_000);
