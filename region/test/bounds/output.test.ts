import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOf } from '../support/processes.ts';
import { Project, terraceCommand, until } from '../support/project.ts';

const template = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  One: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, InstanceType: t3.micro, SubnetId: !Ref Subnet } }
`;

let project: Project;
beforeAll(async () => {
  project = await Project.ofTemplate(template);
  await project.terrace('up', '--template', 'template.yaml', '--detach');
});
afterAll(() => project?.[Symbol.asyncDispose]());

/** Bytes that a process has held at most, or holds now. */
function memoryOf(pid: number, of: 'VmHWM' | 'VmRSS'): number {
  const line = new RegExp(`^${of}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) * 1024;
}

function supervisor(): number {
  const found = processesOf(project.directory).find(({ words }) => /node\S* .*supervisor\/main\.js/.test(words));
  if (!found) throw new Error('no supervisor');
  return found.pid;
}

function exec(...words: readonly string[]): ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> } {
  const child = spawn(process.execPath, [terraceCommand, 'exec', 'One', ...words], {
    cwd: project.directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child as ReturnType<typeof exec>;
}

async function inside(script: string): Promise<string> {
  const { value } = await project.terrace<{ output: string }>('exec', 'One', '--', 'bash', '-c', script);
  return value.output.trim();
}

const MiB = 1024 * 1024;

describe('a command that is given 200 MB', () => {
  const feed = (...words: readonly string[]) => {
    const source = spawn('head', ['-c', '200000000', '/dev/zero'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const child = spawn(process.execPath, [terraceCommand, 'exec', 'One', '--', ...words], {
      cwd: project.directory,
      stdio: [source.stdout, 'pipe', 'inherit'],
    });
    // The end that the command reads is the command's alone.
    source.stdout.destroy();
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    return { source, child, said: () => said.trim() };
  };

  test('reads all of it', async () => {
    const { child, said } = feed('wc', '-c');
    const [status] = await once(child, 'close');
    expect([status, said()]).toEqual([0, '200000000']);
  });

  test('and reads none of it: nobody holds more than some MiB of it, and it ends with whoever gives it', async () => {
    const before = memoryOf(supervisor(), 'VmRSS');
    const held = await inside('cat /proc/1/status | sed -n "s/VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p"');
    const { source, child } = feed('sleep', '987');
    await until(
      () => inside('pgrep -fx "sleep 987" || true'),
      (said) => said !== '',
    );
    await wait(3_000);
    expect(source.exitCode).toBeNull();
    expect(memoryOf(child.pid!, 'VmHWM')).toBeLessThan(200 * MiB);
    expect(memoryOf(supervisor(), 'VmRSS') - before).toBeLessThan(40 * MiB);
    const after = await inside('cat /proc/1/status | sed -n "s/VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p"');
    expect(Number(after) - Number(held)).toBeLessThan(16 * 1024);
    child.kill('SIGKILL');
    await until(
      () => inside('pgrep -fx "sleep 987" || true'),
      (said) => said === '',
    );
    source.kill('SIGKILL');
  });
});

describe('a command that writes 200 MB', () => {
  test('passes through, and neither supervisor nor command holds more than some MiB of it', async () => {
    const before = memoryOf(supervisor(), 'VmHWM');
    const child = exec('--', 'head', '-c', '200000000', '/dev/zero');
    let bytes = 0;
    let most = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (bytes % (8 * MiB) < chunk.length) most = Math.max(most, memoryOf(child.pid!, 'VmHWM'));
      bytes += chunk.length;
    });
    const [status] = await once(child, 'close');
    expect({ status, bytes }).toEqual({ status: 0, bytes: 200_000_000 });
    expect(memoryOf(supervisor(), 'VmHWM') - before).toBeLessThan(48 * MiB);
    expect(most).toBeLessThan(160 * MiB);
  });

  test('waits for a reader that takes nothing, while the instance goes on', async () => {
    const before = memoryOf(supervisor(), 'VmRSS');
    const child = exec('--', 'bash', '-c', 'head -c 200000000 /dev/zero | tee /dev/fd/2 2>/root/count');
    await until(
      () => inside('stat -c %s /root/count 2>/dev/null || true'),
      (size) => Number(size) > 0,
    );
    const sizes = [await inside('stat -c %s /root/count')];
    for (let same = 0; same < 3; same = sizes.at(-1) === sizes.at(-2) ? same + 1 : 0) {
      await wait(100);
      sizes.push(await inside('stat -c %s /root/count'));
    }
    expect(Number(sizes.at(-1))).toBeLessThan(16 * MiB);
    expect(memoryOf(supervisor(), 'VmRSS') - before).toBeLessThan(48 * MiB);
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(bytes).toBe(200_000_000);
  });

  test('ends when its reader goes away, though it ignores a hang-up', async () => {
    const child = exec('--', 'bash', '-c', 'trap "" HUP; yes; echo $? >/root/status');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await once(child, 'close');
    expect(
      await until(
        () => inside('cat /root/status 2>/dev/null; pgrep -x yes || true'),
        (said) => said !== '' && !said.includes('\n'),
      ),
    ).toBe('141');
  });

  test('is refused as one JSON document, with what to do', async () => {
    const { value, status } = await project.terrace<{ mistakes: { code: string }[] }>(
      'exec',
      'One',
      '--',
      'head',
      '-c',
      '200000000',
      '/dev/zero',
    );
    expect(status).toBe(2);
    expect(value.mistakes.map(({ code }) => code)).toEqual(['OUTPUT_TOO_LARGE']);
  });
});
