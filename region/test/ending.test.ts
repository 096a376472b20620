import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Process, processesOf } from './support/processes.ts';
import { Project, terraceCommand, until } from './support/project.ts';

let project: Project;
const regionProcesses = () => processesOf(project.directory);

beforeAll(async () => {
  project = await Project.make();
});

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
});

describe('a region that is killed', () => {
  test.each([
    ['the supervisor', (all: readonly Process[]) => all.find(({ words }) => words.includes('supervisor/main.js'))],
    ['its launcher', (all: readonly Process[]) => all.find(({ words }) => words.startsWith('unshare'))],
  ])('by %s leaves nothing, and the next one comes up', async (_kind, choose) => {
    const { app } = await start();
    const before = regionProcesses();
    const victim = choose(before)!;
    process.kill(victim.pid, 'SIGKILL');
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
    expect(mountsBelow(project.directory)).toEqual([]);
    await expect(fetch(app)).rejects.toThrow();
    await start();
  });

  test.each([
    ['a VPC’s services', 'vpc-services/process.js'],
    ['AWS’s endpoints', 'families/endpoints-process.js'],
    ['a load balancer’s node', 'balancers/'],
    ['the ingress', 'ingress.cfg'],
    ['the database', 'postgres'],
    ['the launcher of instances', 'terrace-launcher'],
    ['process 1 of an instance', 'init '],
  ])('by %s answers again, by itself or with the next up', async (_kind, mark) => {
    await start();
    const victim = regionProcesses().find(({ words }) => words.includes(mark));
    expect(
      victim,
      regionProcesses()
        .map(({ words }) => words)
        .join('\n'),
    ).toBeDefined();
    process.kill(victim!.pid, 'SIGKILL');
    await until(
      async () => existsSync(`/proc/${victim!.pid}`),
      (there) => !there,
    );
    const { app } = await start();
    await until(
      () => statusOf(`${app}api/hello`),
      (status) => status === 200,
    );
  });

  test('by its own terminal, leaves nothing', async () => {
    await project.terrace('down');
    const foreground = await inForeground();
    foreground.kill('SIGKILL');
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
    await start();
  });

  test('by Ctrl-C, ends at once and leaves nothing', async () => {
    await project.terrace('down');
    const foreground = await inForeground();
    const ended = once(foreground, 'exit');
    foreground.kill('SIGINT');
    await ended;
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
  });
});

describe('begun at an odd moment', () => {
  test('twice at once, there is one region, and down ends all of it', async () => {
    await project.terrace('down');
    const [one, other] = await Promise.all([start(), start()]);
    expect(one.app).toBe(other.app);
    expect(regionProcesses().filter(({ words }) => words.startsWith('unshare'))).toHaveLength(1);
    await project.terrace('down');
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
  });

  test('twice at once in the foreground, one of them has the region and the other says that it runs on', async () => {
    await project.terrace('down');
    const commands = [foregroundUp(), foregroundUp()];
    const texts = commands.map(saidBy);
    await until(
      async () => texts.every((text) => text().includes('took ')),
      (all) => all,
    );
    const [holder, other] = texts[0]!().includes('Ctrl-C ends the region') ? commands : [...commands].reverse();
    expect(texts.filter((text) => text().includes('Ctrl-C ends the region'))).toHaveLength(1);
    expect(texts.filter((text) => text().includes('terrace down ends it'))).toHaveLength(1);
    await until(
      async () => other!.exitCode,
      (code) => code === 0,
    );
    expect(regionProcesses().length).toBeGreaterThan(0);
    const ended = once(holder!, 'exit');
    holder!.kill('SIGINT');
    await ended;
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
  });

  test('and killed as soon as there is anything of it, it leaves nothing', async () => {
    await project.terrace('down');
    for (const processes of [1, 1, 1, 2, 3]) {
      const command = foregroundUp();
      while (regionProcesses().length < processes) await wait(0);
      command.kill('SIGKILL');
      await until(
        async () => regionProcesses().length,
        (count) => count === 0,
      );
    }
  });

  test.each([
    ['is being launched', 1, []],
    ['starts its instances', 25, []],
    ['starts its instances, to be left running', 25, ['--detach']],
  ])('and interrupted while it %s, it says so and leaves nothing', async (_moment, processes, more) => {
    await project.terrace('down');
    const words = [terraceCommand, 'up', '--app', 'assembly', '--language', 'en', ...more];
    const foreground = spawn(process.execPath, words, {
      cwd: project.directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(foreground, 'exit');
    const said = text(foreground.stderr);
    while (regionProcesses().length < processes) await wait(2);
    foreground.kill('SIGINT');
    expect(await ended).toEqual([3, null]);
    expect(await said).toMatch(/Interrupted while the region was changing; it has ended.\n$/);
    await until(
      async () => regionProcesses().length,
      (count) => count === 0,
    );
  });
});

describe('a watched folder', () => {
  test('is applied again for a change of the template and for nothing else, its own output included', async () => {
    await using small = await Project.ofTemplate(bare('10.20.1.0/24'));
    const output = createWriteStream(join(small.directory, 'up.txt'));
    await once(output, 'open');
    const words = ['up', '--watch', '--template', 'template.yaml', '--language', 'en'];
    const watching = spawn(process.execPath, [terraceCommand, ...words], {
      cwd: small.directory,
      stdio: ['ignore', output, output],
    });
    const ended = once(watching, 'exit');
    const said = () => readFile(join(small.directory, 'up.txt'), 'utf8');
    const timesApplied = async () => (await said()).split('took ').length - 1;
    await until(said, (text) => text.includes('watching for changes'));
    expect(await timesApplied()).toBe(1);
    await wait(700);
    await writeFile(join(small.directory, 'notes.txt'), 'nothing to do with it');
    await wait(700);
    expect(await timesApplied()).toBe(1);
    await writeFile(join(small.directory, 'template.yaml'), bare('10.20.2.0/24'));
    await until(timesApplied, (times) => times === 2);
    watching.kill('SIGINT');
    await ended;
  });
});

describe('a member of an Auto Scaling group', () => {
  test('that dies is replaced without being asked for', async () => {
    const { app } = await start();
    const victim = regionProcesses().find(({ words }) => words.startsWith('init '))!;
    process.kill(victim.pid, 'SIGKILL');
    await until(
      async () => (await project.terrace<{ instances: { state: string }[] }>('status')).value.instances,
      (instances) => instances.every(({ state }) => state === 'running') && !existsSync(`/proc/${victim.pid}`),
    );
    await until(
      () => statusOf(`${app}api/hello`),
      (status) => status === 200,
    );
  });
});

describe('two projects', () => {
  test('run side by side and end one by one', async () => {
    await using other = await Project.make();
    const first = await start();
    const second = await other.terrace<{ app: string }>('up', '--app', 'assembly', '--detach');
    expect(await statusOf(`${first.app}api/hello`)).toBe(200);
    expect(await statusOf(`${second.value.app}api/hello`)).toBe(200);
    await other.terrace('down');
    expect(await statusOf(`${first.app}api/hello`)).toBe(200);
  });
});

/** A subnet, and a group with one member. */
function bare(subnet: string): string {
  return `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: ${subnet} } }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro } } }
  Group: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: "1", MaxSize: "1", VPCZoneIdentifier: [!Ref Subnet], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: "1" } } }
`;
}

async function start(): Promise<{ app: string }> {
  const said = await project.terrace<{ app: string; failures: unknown[] }>('up', '--app', 'assembly', '--detach');
  expect(said.value.failures).toEqual([]);
  return said.value;
}

/** `terrace up` without `--detach`, until it has come up. */
async function inForeground(): Promise<ChildProcess> {
  const child = foregroundUp();
  const said = saidBy(child);
  await until(
    async () => said(),
    (text) => text.includes('http://127.0.0.1:'),
  );
  return child;
}

function foregroundUp(): ChildProcess {
  return spawn(process.execPath, [terraceCommand, 'up', '--app', 'assembly', '--language', 'en'], {
    cwd: project.directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What it has said so far. */
function saidBy(child: ChildProcess): () => string {
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => said;
}

function mountsBelow(directory: string): string[] {
  return execFileSync('cat', ['/proc/self/mounts'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.split(' ')[1]?.startsWith(directory));
}

async function statusOf(url: string): Promise<number> {
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}
