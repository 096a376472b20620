import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findProgram } from '../src/host/programs.ts';
import { Project, until, waitFor } from './support/project.ts';

/** What keeps root from trying it as somebody without any right, as a reason to leave these tests out; `undefined` where nothing does. */
function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root; as an ordinary user the other tests say the same';
  const words = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
  const main = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
  try {
    execFileSync('setpriv', [...words, process.execPath, '--version']);
    execFileSync('setpriv', [...words, 'test', '-r', main]);
    return undefined;
  } catch {
    return 'an ordinary user may not read this checkout or run this Node; npm run test:ordinary-user runs in a copy';
  }
}

const left = obstacle();
const because = (reason: string | undefined) => (reason === undefined ? '' : ` (left out: ${reason})`);

describe.skipIf(left !== undefined)(`an ordinary user${because(left)}`, () => {
  test('has the whole path, its isolation and its end, and services that share one user', async () => {
    await using project = await Project.ofOrdinaryUser();
    await hasTheWholePath(project);
    expect(await usersVerdict(project)).toBe('limited');
    expect((await giveAway(project)).status).not.toBe(0);
    expect(await processorsMeasured(project)).toBe(4);
    await project.terrace('down');
  });

  const newuidmap = findProgram('newuidmap', null);
  const without = newuidmap === undefined ? 'newuidmap is not on this machine: Debian’s package uidmap' : undefined;
  test.skipIf(without !== undefined)(
    `has users of their own for services and the database where newuidmap gives a range${because(without)}`,
    async () => {
      await using project = await Project.ofOrdinaryUser();
      const before = await visits(await up(project));
      await project.terrace('down');
      await project.giveRange();
      expect(await visits(await up(project))).toBeGreaterThan(before);
      await hasTheWholePath(project);
      expect(await usersVerdict(project)).toBe('yes');
      expect(await giveAway(project)).toMatchObject({ status: 0, output: '1234\n' });
      const server = await execute(project, 'was/0', 'sh', '-c', 'stat -c %u /proc/$(pidof node)');
      expect(Number(server.output)).toBeGreaterThan(0);
      expect((await project.terrace('down', '--purge')).value).toMatchObject({ purged: true });
      expect(existsSync(join(project.directory, '.terrace'))).toBe(false);
    },
  );

  test('is told by doctor and by up that a folder may not be written', async () => {
    await using project = await Project.ofOrdinaryUser();
    await chmod(project.directory, 0o555);
    const doctor = await project.terrace<{ findings: { code: string; verdict: string }[] }>('doctor');
    expect(doctor.value.findings).toContainEqual(expect.objectContaining({ code: 'DISK', verdict: 'no' }));
    const up = await project.terrace<{ mistakes: { code: string }[] }>('up', '--app', 'assembly', '--detach');
    expect(up.value).toMatchObject({ mistakes: [{ code: 'MACHINE_DISK' }] });
    expect(up.status).toBe(2);
  });

  test('keeps his project from root, who would leave it to him in pieces', async () => {
    await using project = await Project.ofOrdinaryUser();
    await up(project);
    await project.terrace('down');
    const asRoot = await project
      .asRoot()
      .terrace<{ mistakes: { code: string }[] }>('up', '--app', 'assembly', '--detach');
    expect(asRoot.value).toMatchObject({ mistakes: [{ code: 'PROJECT_OF_ANOTHER_USER' }] });
    expect(asRoot.status).toBe(2);
    await up(project);
  });

  test('runs a region beside root’s, and each ends by itself', async () => {
    await using ofRoot = await Project.make();
    await using ordinary = await Project.ofOrdinaryUser();
    const [one, other] = await Promise.all([up(ofRoot), up(ordinary)]);
    expect(one).not.toBe(other);
    expect(await answer(one)).toBe(200);
    expect(await answer(other)).toBe(200);
    await ofRoot.terrace('down');
    await expect(answer(one)).rejects.toThrow();
    expect(await answer(other)).toBe(200);
    const again = await up(ofRoot);
    await ordinary.terrace('down');
    await expect(answer(other)).rejects.toThrow();
    expect(await answer(again)).toBe(200);
  });
});

async function up(project: Project): Promise<string> {
  const said = await project.terrace<{ app: string; failures: unknown[] }>('up', '--app', 'assembly', '--detach');
  expect(said.value).toMatchObject({ failures: [] });
  return said.value.app;
}

async function answer(app: string): Promise<number> {
  return (await fetch(`${app}api/hello`)).status;
}

async function visits(app: string): Promise<number> {
  return ((await (await fetch(`${app}api/hello`)).json()) as { visits: number }).visits;
}

async function hasTheWholePath(project: Project): Promise<void> {
  expect(await answer(await up(project))).toBe(200);
  for (const [from, to, port, expected] of [
    ['web/0', 'was/0', '8080', 'accepted'],
    ['internet', 'was/0', '8080', 'timeout'],
    ['web/0', 'DatabaseInstance', '5432', 'timeout'],
  ] as const) {
    const words = ['probe', from, to, '--port', port, '--wait', waitFor(expected)];
    const { value } = await project.terrace<{ outcome: string }>(...words);
    expect({ from, to, port, outcome: value.outcome }).toEqual({ from, to, port, outcome: expected });
  }
  const status = await project.terrace<{ mechanisms: { inForce: boolean }[] }>('status');
  expect(status.value.mechanisms.filter(({ inForce }) => !inForce)).toEqual([]);
  const change = await execute(project, 'web/0', 'ip', 'address', 'add', '10.10.3.9/24', 'dev', 'eth0');
  expect(change.status).not.toBe(0);
}

async function usersVerdict(project: Project): Promise<string | undefined> {
  const { value } = await project.terrace<{ findings: { code: string; verdict: string }[] }>('doctor');
  return value.findings.find(({ code }) => code === 'USERS')?.verdict;
}

/** Root of an instance gives a file to another user, and looks whose it is. */
function giveAway(project: Project): Promise<Executed> {
  return execute(project, 'web/0', 'sh', '-ec', 'touch /tmp/given; chown 1234 /tmp/given; stat -c %u /tmp/given');
}

interface Executed {
  readonly status: number;
  readonly output: string;
}

async function execute(project: Project, instance: string, ...command: readonly string[]): Promise<Executed> {
  return (await project.terrace<Executed>('exec', instance, '--', ...command)).value;
}

/** How many instances have a metric of their processor: without cgroups their processes are added up. */
function processorsMeasured(project: Project): Promise<number> {
  const measured = async () => {
    const { clock } = (await project.terrace<{ clock: { region: string } }>('status')).value;
    await project.terrace('clock', '--until', new Date(Date.parse(clock.region) + 360_000).toISOString());
    const { value } = await project.terrace<{ metrics?: { dimensions: object }[] }>('metrics', 'CPUUtilization');
    return value.metrics?.filter(({ dimensions }) => 'InstanceId' in dimensions).length ?? 0;
  };
  return until(measured, (count) => count > 0);
}
