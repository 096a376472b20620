import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openYard, type Yard } from './yard.ts';

/** Tries to change all that it reaches; see there. */
const walk = readFileSync(fileURLToPath(new URL('walk.pl', import.meta.url)), 'utf8');
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map((name) => `/dev/${name}`);

/** As root, instances have users of their own where the kernel can shift owners; `plain` is the way where it cannot. */
const yards = process.getuid?.() === 0 ? (['own users', 'plain'] as const) : (['ordinary user'] as const);

describe.each(yards)('root of an instance (%s)', (kind) => {
  let yard: Yard;
  beforeAll(async () => {
    yard = await openYard({ shiftable: kind !== 'plain' });
    await yard.namespaces(['mine']);
    await yard.launch({ id: 'i-mine', network: 'mine' });
  });
  afterAll(async () => {
    await yard[Symbol.asyncDispose]();
  });

  test('is another user of the host wherever the kernel can shift owners', async () => {
    const { out } = await yard.exec('i-mine', ['cat', '/proc/self/uid_map']);
    const [inside, outside, count] = out.trim().split(/\s+/).map(Number);
    expect(inside).toBe(0);
    if (kind === 'plain') expect(outside).toBe(0);
    if (kind === 'ordinary user') expect(outside).not.toBe(0);
    if (kind === 'own users') {
      expect(outside).toBeGreaterThanOrEqual(0x7000_0000);
      expect(count).toBe(65_536);
    }
  });

  test('may send an echo request', async () => {
    expect((await yard.exec('i-mine', ['ping', '-c', '1', '127.0.0.1'])).out).toMatch(/1 received/);
  });

  test('changes no mount, inode or descriptor that it can reach, and the host is as before', async () => {
    const before = host();
    const { out, err } = await yard.exec('i-mine', ['perl', '-e', walk, process.arch]);
    const after = host();
    restore(before, after);
    const lines = out.trim().split('\n');
    const tried = Object.fromEntries(
      lines.filter((line) => line.startsWith('tried ')).map((line) => line.split(' ').slice(1)),
    );
    expect(
      lines.filter((line) => line.startsWith('changed ')),
      err,
    ).toEqual([]);
    expect(Number(tried.mounts)).toBeGreaterThan(10);
    expect(Number(tried.inodes)).toBeGreaterThan(1000);
    expect(Number(tried.descriptors)).toBeGreaterThanOrEqual(3);
    expect(Number(tried.attempts)).toBeGreaterThan(1000);
    expect(Number(tried.own)).toBeGreaterThan(0);
    expect(after).toEqual(before);
    // What it was refused to change still works.
    const works =
      'node --version; echo gone >/dev/null && head -c 4 /dev/urandom | wc -c; (: >/dev/full) && echo opened';
    expect((await yard.exec('i-mine', ['bash', '-c', works])).out).toBe(`${process.version}\n4\nopened\n`);
  });
});

/** Of the host: its devices, its Node, a sample of `/usr` with everything that is set-user-ID, and the entries of `/proc` that are no process's. */
function host(): Record<string, unknown> {
  const seen: Record<string, unknown> = {};
  for (const path of devices) seen[path] = state(path);
  seen[process.execPath] = {
    ...state(process.execPath),
    content: createHash('sha256').update(readFileSync(process.execPath)).digest('hex'),
  };
  for (const name of ['.', ...readdirSync('/proc').filter((each) => !/^\d/.test(each))]) {
    const { mode, uid, gid } = lstatSync(join('/proc', name));
    seen[join('/proc', name)] = { mode, uid, gid };
  }
  let number = 0;
  const visit = (folder: string, depth: number) => {
    for (const entry of entries(folder)) {
      const path = join(folder, entry.name);
      const of = state(path);
      number += 1;
      if (number % 50 === 0 || (of.mode & 0o6000) !== 0) seen[path] = of;
      if (entry.isDirectory() && depth > 1) visit(path, depth - 1);
    }
  };
  visit('/usr', 3);
  return seen;
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}

function state(path: string) {
  const { mode, uid, gid, nlink, ino, size, mtimeMs, ctimeMs } = lstatSync(path);
  return { mode, uid, gid, nlink, ino, size, mtimeMs, ctimeMs };
}

/** A host that has the hole is not left with it. */
function restore(before: Record<string, unknown>, after: Record<string, unknown>): void {
  if (process.getuid?.() !== 0) return;
  for (const path of [...devices, process.execPath]) {
    const was = before[path] as ReturnType<typeof state>;
    const is = after[path] as ReturnType<typeof state>;
    if (was.ctimeMs === is.ctimeMs) continue;
    chownSync(path, was.uid, was.gid);
    chmodSync(path, was.mode & 0o7777);
    utimesSync(path, was.mtimeMs / 1000, was.mtimeMs / 1000);
  }
}
