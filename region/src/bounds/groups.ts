import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { InstanceSize } from '@terrace/cloud/instance-size';
import { words } from '@terrace/cloud/words';
import { type CgroupFiles, delegatedGroup, type Place, placeOfGroups, supervisorGroup } from './hierarchy.ts';

/** What an instance may take. */
export interface Bound {
  /** `undefined` where the type is not known: memory has no bound then. */
  readonly size: InstanceSize | undefined;
  /** Processes and threads at once. */
  readonly processes: number;
  /** The folder at which its disk is mounted: what stands there is memory of the machine, and none of the instance's. */
  readonly disk: string;
}

/** Bytes beyond the type's memory and what its disk holds: what a program can write to the disk between two looks. */
const slack = 256 * 1024 ** 2;
/** Milliseconds between two looks at what the disks hold. */
const pace = 100;

/** Groups of processes of the kernel (cgroups), one for each instance of a region, below one of the region's own. */
export class Groups implements AsyncDisposable {
  readonly place: Place;
  /** The region's own group's. */
  readonly name: string;
  readonly #bounded = new Map<string, { readonly bound: Bound; held: number }>();
  readonly #timer: NodeJS.Timeout | undefined;

  /** Removes what a killed region of the same state directory has left. */
  static open(stateDirectory: string, place = placeOfGroups(kernelFiles())): Groups {
    removeGroups(stateDirectory, place);
    const name = groupName(stateDirectory);
    try {
      prepare(place, name);
      return new Groups(name, place);
    } catch (error) {
      const { message } = error as Error;
      return new Groups(name, {
        version: null,
        reason: words(
          `no cgroup that bounds memory could be made (${message})`,
          `메모리를 제한하는 cgroup을 만들 수 없습니다(${message})`,
        ),
      });
    }
  }

  private constructor(name: string, place: Place) {
    this.name = name;
    this.place = place;
    if (place.version !== null) this.#timer = setInterval(() => this.#follow(), pace).unref();
  }

  /** Makes an instance's groups, and gives the files into which process 1 of it writes itself; none where nothing can be bounded. */
  make(instance: string, bound: Bound): string[] {
    const { place } = this;
    const folders = parentsOf(place).map((folder) => join(folder, this.name, instance));
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    if (place.version === null) return [];
    const { size, processes } = bound;
    this.#write(instance, 'pids', 'pids.max', String(processes));
    if (size) {
      if (place.version === 1) this.#write(instance, 'cpu', 'cpu.shares', String(1024 * size.vcpus));
      else this.#write(instance, 'cpu', 'cpu.weight', String(Math.min(100 * size.vcpus, 10_000)));
      if (place.version === 2) this.#write(instance, 'memory', 'memory.swap.max', '0');
      else this.#write(instance, 'memory', 'memory.swappiness', '0');
      this.#bounded.set(instance, { bound, held: -1 });
      this.#follow();
    }
    return folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  /**
   * Seconds of processor time that an instance's processes have taken, those that have ended among them; `null` where the kernel does not
   * count them by groups.
   *
   * https://docs.kernel.org/admin-guide/cgroup-v1/cpuacct.html
   * https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
   */
  processorTime(instance: string): number | null {
    const { place } = this;
    if (place.version === null) return null;
    if (place.version === 2) {
      const said = read(join(place.folder, this.name, instance, 'cpu.stat'));
      const microseconds = /^usage_usec (\d+)$/m.exec(said ?? '')?.[1];
      return microseconds === undefined ? null : Number(microseconds) / 1e6;
    }
    const folder = place.folders.cpuacct;
    const nanoseconds = folder && read(join(folder, this.name, instance, 'cpuacct.usage'));
    return nanoseconds ? Number(nanoseconds) / 1e9 : null;
  }

  /** After its last process has ended; the kernel may take a moment to notice. */
  async remove(instance: string): Promise<void> {
    this.#bounded.delete(instance);
    for (const folder of parentsOf(this.place)) await removeFolder(join(folder, this.name, instance));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const folder of parentsOf(this.place)) await removeFolder(join(folder, this.name));
  }

  /** A disk is memory here, and none of the instance's on AWS: what it holds is added to what the instance may take. */
  #follow(): void {
    for (const [instance, entry] of this.#bounded) {
      const { size, disk } = entry.bound;
      const held = bytesHeld(disk);
      if (!size || held === undefined || held === entry.held) continue;
      entry.held = held;
      const most = size.memory + held + slack;
      if (this.place.version === 1) this.#write(instance, 'memory', 'memory.limit_in_bytes', String(most));
      else {
        this.#write(instance, 'memory', 'memory.max', String(most));
        this.#write(instance, 'memory', 'memory.high', String(size.memory + held));
      }
    }
  }

  /** What the kernel has no file for, and what it will not have at the moment (`EBUSY`: more is in use), stays as it is. */
  #write(instance: string, controller: 'memory' | 'pids' | 'cpu', file: string, text: string): void {
    const { place } = this;
    if (place.version === null) return;
    const parent = place.version === 1 ? place.folders[controller] : place.folder;
    if (parent === undefined) return;
    try {
      writeFileSync(join(parent, this.name, instance, file), text, { flag: 'r+' });
    } catch (error) {
      if (!['ENOENT', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** @throws what the kernel refuses, for example to divide a group with processes */
function prepare(place: Place, name: string): void {
  for (const folder of parentsOf(place)) mkdirSync(join(folder, name), { recursive: true });
  if (place.version !== 2) return;
  const enabled = place.controllers.map((each) => `+${each}`).join(' ');
  for (const folder of [place.folder, join(place.folder, name)])
    writeFileSync(join(folder, 'cgroup.subtree_control'), enabled);
}

/** Moves this process, and the others of a delegated group, into a group of their own, so that instances may be bounded beside it. */
export function divideDelegatedGroup(files: CgroupFiles = kernelFiles()): void {
  const folder = delegatedGroup(files);
  if (folder === null) return;
  const group = join(folder, supervisorGroup);
  mkdirSync(group, { recursive: true });
  const processes = (files.read(join(folder, 'cgroup.procs')) ?? '').split('\n').filter(Boolean);
  for (const each of processes) writeFileSync(join(group, 'cgroup.procs'), each, { flag: 'r+' });
}

/** Removes the empty groups that a region which was killed has left; those of one that runs stay, since they are in use. */
export function removeGroups(stateDirectory: string, place = placeOfGroups(kernelFiles())): void {
  for (const folder of parentsOf(place)) {
    const group = join(folder, groupName(stateDirectory));
    for (const each of subgroups(group)) removeNow(join(group, each));
    removeNow(group);
  }
}

export function kernelFiles(): CgroupFiles {
  return {
    self: readFileSync('/proc/self/cgroup', 'utf8'),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
    isWritable,
    read,
  };
}

function groupName(stateDirectory: string): string {
  return `terrace-${createHash('sha256').update(stateDirectory).digest('hex').slice(0, 12)}`;
}

function parentsOf(place: Place): string[] {
  if (place.version === 1) return [...new Set(Object.values(place.folders))];
  return place.version === 2 ? [place.folder] : [];
}

function bytesHeld(disk: string): number | undefined {
  try {
    const { blocks, bfree, bsize } = statfsSync(disk);
    return (blocks - bfree) * bsize;
  } catch {
    return undefined; // It is being unmounted.
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function subgroups(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []));
  } catch {
    return [];
  }
}

function removeNow(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 40 && !removeNow(folder); attempt++) await wait(25);
}
