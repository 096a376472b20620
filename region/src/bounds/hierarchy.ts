import { basename, dirname, join } from 'node:path';
import { type Words, words } from '@terrace/cloud/words';

/** Controllers of the kernel that bound an instance, and the one by which version 1 counts its processor time. */
export const controllers = ['memory', 'pids', 'cpu', 'cpuacct'] as const;
export type Controller = (typeof controllers)[number];

/** Where groups of processes are made, by version of the kernel's interface. */
export type Place =
  | { readonly version: 1; readonly folders: Readonly<Partial<Record<Controller, string>>> }
  | { readonly version: 2; readonly folder: string; readonly controllers: readonly Controller[] }
  | { readonly version: null; readonly reason: Words };

/** What is looked at: two files of the kernel, and the hierarchy itself. */
export interface CgroupFiles {
  /** `/proc/self/cgroup` */
  readonly self: string;
  /** `/proc/self/mountinfo` */
  readonly mounts: string;
  isWritable(folder: string): boolean;
  /** `undefined` where there is no such file. */
  read(path: string): string | undefined;
}

/** A delegated group holds the supervisor in a group of its own, since one with processes may not bound others below it. */
export const supervisorGroup = 'terrace-supervisor';

/**
 * Finds where this process may make groups.
 *
 * https://docs.kernel.org/admin-guide/cgroup-v1/cgroups.html
 * https://docs.kernel.org/admin-guide/cgroup-v2.html#no-internal-process-constraint
 */
export function placeOfGroups(files: CgroupFiles): Place {
  const second = versionTwo(files);
  if (second) return second;
  const folders: Partial<Record<Controller, string>> = {};
  for (const { type, options, mountPoint, root } of mountsOf(files.mounts)) {
    if (type !== 'cgroup') continue;
    for (const controller of controllers) {
      if (!options.includes(controller)) continue;
      const folder = below(mountPoint, root, ownGroup(files.self, controller));
      if (folder !== undefined && files.isWritable(folder)) folders[controller] = folder;
    }
  }
  if (folders.memory !== undefined && folders.pids !== undefined) return { version: 1, folders };
  return { version: null, reason: notToBeHad };
}

/** The delegated group of version 2 in which this process runs, to be divided before a region is started; `null` where there is none. */
export function delegatedGroup(files: CgroupFiles): string | null {
  const own = ownGroupOfVersionTwo(files);
  if (!own || basename(own.folder) === supervisorGroup) return null;
  const isRoot = files.read(join(own.folder, 'cgroup.events')) === undefined;
  const bounds = available(files, own.folder);
  return !isRoot && bounds.includes('memory') && bounds.includes('pids') && files.isWritable(own.folder)
    ? own.folder
    : null;
}

function versionTwo(files: CgroupFiles): Place | undefined {
  const own = ownGroupOfVersionTwo(files);
  if (!own) return undefined;
  // Only the root of the whole hierarchy has no events of its own; it alone may have processes beside groups.
  const rootIsWhole = files.read(join(own.mountPoint, 'cgroup.events')) === undefined;
  const folder =
    basename(own.folder) === supervisorGroup ? dirname(own.folder) : rootIsWhole ? own.mountPoint : undefined;
  if (folder === undefined || !files.isWritable(folder)) return undefined;
  const bounds = available(files, folder);
  return bounds.includes('memory') && bounds.includes('pids') ? { version: 2, folder, controllers: bounds } : undefined;
}

function ownGroupOfVersionTwo({ self, mounts }: CgroupFiles): { mountPoint: string; folder: string } | undefined {
  const mount = mountsOf(mounts).find(({ type }) => type === 'cgroup2');
  const group = ownGroup(self, '');
  const folder = mount && below(mount.mountPoint, mount.root, group);
  return mount && folder !== undefined ? { mountPoint: mount.mountPoint, folder } : undefined;
}

function available(files: CgroupFiles, folder: string): Controller[] {
  const named = (files.read(join(folder, 'cgroup.controllers')) ?? '').trim().split(/\s+/);
  return controllers.filter((each) => named.includes(each));
}

/** `4:memory:/a/b` is in `/a/b`; the hierarchy of version 2 has no name: `0::/a/b`. */
function ownGroup(self: string, controller: string): string | undefined {
  for (const line of self.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (names !== undefined && (controller === '' ? names === '' : names.split(',').includes(controller))) return path;
  }
  return undefined;
}

/** A mount may show a part of the hierarchy only. */
function below(mountPoint: string, root: string, group: string | undefined): string | undefined {
  if (group === undefined) return undefined;
  if (root !== '/' && group !== root && !group.startsWith(`${root}/`)) return undefined;
  const within = root === '/' ? group : group.slice(root.length);
  return within === '/' ? mountPoint : join(mountPoint, within);
}

function mountsOf(text: string) {
  return text
    .split('\n')
    .filter((line) => line.includes(' - '))
    .map((line) => {
      const [left = '', right = ''] = line.split(' - ');
      const [, , , root = '', mountPoint = ''] = left.split(' ');
      const [type = '', , options = ''] = right.split(' ');
      return { root, mountPoint, type, options: options.split(',') };
    });
}

const notToBeHad = words(
  'no cgroup may be made here that bounds memory and processes; an instance may take all of the machine’s memory',
  '메모리와 프로세스를 제한하는 cgroup을 만들 수 없어, 인스턴스 하나가 이 컴퓨터의 메모리를 모두 쓸 수 있습니다',
);
