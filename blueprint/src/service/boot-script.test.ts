import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { everything, synthesizeVariant, type TemplateResource } from '../synthesize-variant.fixture.ts';

/** User data with every reference replaced by a word. */
function userData(template: TemplateResource): string {
  const [, parts] = template.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'] as [string, unknown[]];
  return parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
}

describe.each(['Web', 'Application'])('user data of %s servers', (tier) => {
  const script = userData(synthesizeVariant(everything).service.Resources[`${tier}LaunchTemplate`]!);

  test('is a script that bash can read', () => {
    expect(script.startsWith('#!/bin/bash\n')).toBe(true);
    const checked = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect(checked.stderr).toBe('');
    expect(checked.status).toBe(0);
  });

  test('fits what EC2 takes: 16 kB of plain characters', () => {
    expect(Buffer.byteLength(script)).toBeLessThan(16_384 - 1024);
    expect(script).toMatch(/^[\n\t\x20-\x7e]*$/);
  });

  test('tells CloudFormation of success at its end, and of failure wherever it fails', () => {
    const lines = script.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('signal 0');
    const folder = mkdtempSync(join(tmpdir(), 'boot-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const signals = join(folder, 'signals');
    const signal = join(folder, 'cfn-signal');
    writeFileSync(signal, `#!/bin/bash\necho "$@" >>'${signals}'\n`, { mode: 0o755 });
    const failing = script.replaceAll('/opt/aws/bin/cfn-signal', signal).replace(/^dnf install .*$/m, '(exit 7)');
    const run = spawnSync('bash', { input: failing, encoding: 'utf8', env: { PATH: process.env.PATH } });
    expect(run.status).toBe(7);
    expect(readFileSync(signals, 'utf8')).toMatch(
      new RegExp(`^--exit-code 7 --stack TerraceService --resource ${tier}Servers --region ap-northeast-2\n$`),
    );
    expect(run.stdout).toMatch(/boot failed at line \d+ with exit code 7/);
  });

  test('holds no password and no key', () => {
    expect(script).not.toMatch(/password=|resolve:secretsmanager|AKIA/i);
  });
});
