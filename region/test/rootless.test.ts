import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Project } from './support/project.ts';

/** Whether somebody without any right may read this checkout: in a folder of root's own he may not. */
function readableByEverybody(): boolean {
  try {
    execFileSync('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath, '--version']);
    execFileSync('setpriv', [
      '--reuid',
      '65534',
      '--regid',
      '65534',
      '--clear-groups',
      'test',
      '-r',
      fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url)),
    ]);
    return true;
  } catch {
    return false;
  }
}

const isRoot = process.getuid?.() === 0;
const able = isRoot && readableByEverybody();
if (isRoot && !able) process.stderr.write('rootless tests are left out: an ordinary user may not read this checkout\n');

describe.skipIf(!able)('an ordinary user', () => {
  test('has the whole path, its isolation and its end', async () => {
    await using project = await Project.ofOrdinaryUser();
    const up = await project.terrace<{ app: string; failures: unknown[] }>('up', '--app', 'assembly', '--detach');
    expect(up.value.failures).toEqual([]);
    expect((await fetch(`${up.value.app}api/hello`)).status).toBe(200);
    const outcome = async (from: string, to: string, port: string) =>
      (await project.terrace<{ outcome: string }>('probe', from, to, '--port', port, '--wait', '700')).value.outcome;
    expect(await outcome('web/0', 'was/0', '8080')).toBe('accepted');
    expect(await outcome('internet', 'was/0', '8080')).toBe('timeout');
    expect(await outcome('web/0', 'DatabaseInstance', '5432')).toBe('timeout');
    const status = await project.terrace<{ mechanisms: { inForce: boolean }[] }>('status');
    expect(status.value.mechanisms.every(({ inForce }) => inForce)).toBe(true);
    const change = await project.terrace<{ status: number }>(
      'exec',
      'web/0',
      '--',
      'ip',
      'address',
      'add',
      '10.10.3.9/24',
      'dev',
      'eth0',
    );
    expect(change.value.status).not.toBe(0);
    await project.terrace('down');
  });
});
