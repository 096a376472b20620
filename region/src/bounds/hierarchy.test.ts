import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { divideDelegatedGroup, Groups } from './groups.ts';
import { type CgroupFiles, delegatedGroup, placeOfGroups } from './hierarchy.ts';

const versionOne = {
  self: '8:pids:/\n4:memory:/a/b\n2:cpuacct:/\n1:cpu:/\n0::/\n',
  mounts: [
    '30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755',
    '31 30 0:28 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu',
    '34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
    '38 30 0:35 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids',
    '40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  ].join('\n'),
};

function files(of: Partial<CgroupFiles>, writable: RegExp, texts: Readonly<Record<string, string>> = {}): CgroupFiles {
  return {
    self: '',
    mounts: '',
    isWritable: (folder) => writable.test(folder),
    read: (path) => texts[path],
    ...of,
  };
}

describe('version 1', () => {
  test('groups are made below those of this process, each controller’s in its own hierarchy', () => {
    expect(placeOfGroups(files(versionOne, /./))).toEqual({
      version: 1,
      folders: {
        cpu: '/sys/fs/cgroup/cpu',
        memory: '/sys/fs/cgroup/memory/a/b',
        pids: '/sys/fs/cgroup/pids',
      },
    });
  });

  test('a container sees its own part of the hierarchy', () => {
    const mounts = versionOne.mounts.replace('0:31 / /', '0:31 /a /');
    expect(placeOfGroups(files({ ...versionOne, mounts }, /./))).toMatchObject({
      folders: { memory: '/sys/fs/cgroup/memory/b' },
    });
  });

  test.each([
    ['memory may not be bounded', /pids|cpu/],
    ['nothing may be made', /^$/],
  ])('where %s, it is said', (_case, writable) => {
    expect(placeOfGroups(files(versionOne, writable))).toMatchObject({
      version: null,
      reason: { en: expect.stringMatching(/may take all of the machine’s memory/) },
    });
  });
});

describe('version 2', () => {
  const mounts = '30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate';
  const user = '/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope';
  const events = { '/sys/fs/cgroup/user.slice/cgroup.events': 'populated 1' };
  const all = 'cpuset cpu io memory pids\n';

  test('root makes groups at the top of the hierarchy, the only one with processes beside groups', () => {
    const texts = { ...events, '/sys/fs/cgroup/cgroup.controllers': all };
    expect(placeOfGroups(files({ mounts, self: '0::/user.slice\n' }, /./, texts))).toEqual({
      version: 2,
      folder: '/sys/fs/cgroup',
      controllers: ['memory', 'pids', 'cpu'],
    });
  });

  test('an ordinary user’s scope that systemd delegated is divided, and groups are made in it', () => {
    const texts = {
      [`/sys/fs/cgroup${user}/cgroup.controllers`]: 'memory pids\n',
      [`/sys/fs/cgroup${user}/cgroup.events`]: 'populated 1',
    };
    const writable = /user@1000\.service/;
    expect(delegatedGroup(files({ mounts, self: `0::${user}\n` }, writable, texts))).toBe(`/sys/fs/cgroup${user}`);
    const inside = files({ mounts, self: `0::${user}/terrace-supervisor\n` }, writable, texts);
    expect(delegatedGroup(inside)).toBeNull();
    expect(placeOfGroups(inside)).toEqual({
      version: 2,
      folder: `/sys/fs/cgroup${user}`,
      controllers: ['memory', 'pids'],
    });
  });

  test.each([
    ['a session’s scope is not the user’s', /^$/, all],
    ['memory is not delegated', /./, 'pids\n'],
  ])('where %s, it is said', (_case, writable, named) => {
    const texts = {
      '/sys/fs/cgroup/cgroup.events': 'populated 1',
      [`/sys/fs/cgroup${user}/cgroup.events`]: 'populated 1',
      [`/sys/fs/cgroup${user}/cgroup.controllers`]: named,
    };
    const session = files({ mounts, self: `0::${user}\n` }, writable, texts);
    expect(delegatedGroup(session)).toBeNull();
    expect(placeOfGroups(session)).toMatchObject({ version: null });
  });
});

describe('a recorded hierarchy of version 2, in plain folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-cgroup-'));
  const at = (...path: string[]) => join(folder, 'scope', ...path);
  const text = (...path: string[]) => readFileSync(at(...path), 'utf8');

  test('is divided: the processes of the scope move into a group of their own', () => {
    mkdirSync(at('terrace-supervisor'), { recursive: true });
    writeFileSync(at('cgroup.controllers'), 'cpu memory pids\n');
    writeFileSync(at('cgroup.events'), 'populated 1\n');
    writeFileSync(at('cgroup.procs'), '41\n');
    writeFileSync(at('terrace-supervisor/cgroup.procs'), '');
    divideDelegatedGroup({
      self: '0::/scope\n',
      mounts: `30 22 0:27 / ${folder} rw - cgroup2 cgroup2 rw`,
      isWritable: () => true,
      read: (path) => readFileSync(path, 'utf8'),
    });
    expect(text('terrace-supervisor', 'cgroup.procs')).toBe('41');
  });

  test('bounds an instance by its type', async () => {
    writeFileSync(at('cgroup.subtree_control'), '');
    const place = { version: 2, folder: at(), controllers: ['memory', 'pids', 'cpu'] } as const;
    const groups = Groups.open('/state', place);
    const made = groups.name;
    const bounds = ['pids.max', 'memory.max', 'memory.high', 'memory.swap.max', 'cpu.weight'];
    mkdirSync(at(made, 'i-1'));
    for (const each of bounds) writeFileSync(at(made, 'i-1', each), '');
    const size = { vcpus: 2, memory: 1024 ** 3 };
    expect(groups.make('i-1', { size, processes: 4096, disk: '/proc' })).toEqual([at(made, 'i-1', 'cgroup.procs')]);
    expect(bounds.map((each) => text(made, 'i-1', each))).toEqual([
      '4096',
      String(1024 ** 3 + 256 * 1024 ** 2),
      String(1024 ** 3),
      '0',
      '200',
    ]);
    expect(text('cgroup.subtree_control')).toBe('+memory +pids +cpu');
    expect(groups.processorTime('i-1')).toBeNull();
    writeFileSync(at(made, 'i-1', 'cpu.stat'), 'usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n');
    expect(groups.processorTime('i-1')).toBe(2.5);
  });

  test('where the kernel refuses, the region begins without bounds, and says why', () => {
    writeFileSync(at('file'), '');
    const refused = Groups.open('/state', { version: 2, folder: at('file'), controllers: ['memory'] });
    expect(refused.place).toMatchObject({ version: null, reason: { en: expect.stringContaining('ENOTDIR') } });
  });
});
