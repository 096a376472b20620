import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { ProgramFailed, run } from '../host/run.ts';
import type { Fault, Mendable } from './drift.ts';

/** Where faults of mounts are, beside the network namespaces. */
export const mountsPlace = 'mounts';

/** A mount that the region stands on, and how it is put back; the launcher makes them (`namespaces/launch.ts`). */
interface GroundMount {
  readonly point: string;
  /** The host's own may lie beneath. */
  readonly count: number;
  /** @throws ProgramFailed where the kernel refuses */
  putBack(): Promise<unknown>;
}

/**
 * The mounts that a region stands on: its own `/proc`, the toolkit's programs over `/usr`, and the host's own `/usr` beside them.
 *
 * @param around.toolkit the folder of the toolkit, where there is one
 * @param around.usr where the host's own `/usr` is
 * @param around.scratch a folder of the region's own tmpfs
 * @param disks mount points of the disks of instances that run
 */
export class GroundMounts implements Mendable {
  readonly #ground: readonly GroundMount[];
  readonly #disks: () => readonly string[];

  constructor(
    around: { readonly toolkit: string | null; readonly usr: string; readonly scratch: string },
    disks: () => readonly string[],
  ) {
    const { toolkit, usr, scratch } = around;
    this.#disks = disks;
    const counts = countMounts();
    this.#ground = [
      { point: '/proc', putBack: () => run('mount', ['-t', 'proc', 'proc', '/proc']) },
      ...(toolkit === null ? [] : [{ point: '/usr', putBack: () => mountToolkit(toolkit) }]),
      { point: usr, putBack: () => bindUncovered(usr, scratch, toolkit) },
    ].map((each) => ({ ...each, count: counts.get(each.point) ?? 0 }));
  }

  async find(places: ReadonlySet<string>): Promise<readonly Fault[]> {
    if (!places.has(mountsPlace)) return [];
    const missing = [...this.#lost().map(({ point }) => point), ...this.#lostDisks()];
    return missing.length === 0 ? [] : [{ where: mountsPlace, missing: missing.map((point) => `mount ${point}`) }];
  }

  /** The disk of an instance cannot be put back from here: the instance alone still has it, and runs on. */
  async repair(): Promise<void> {
    for (const { putBack } of this.#lost()) await putBack();
    const disks = this.#lostDisks().join(', ');
    if (disks !== '') throw new ProgramFailed('mount', null, `only the instance itself still has ${disks}; it runs on`);
  }

  #lost(): GroundMount[] {
    const counts = countMounts();
    return this.#ground.filter(({ point, count }) => (counts.get(point) ?? 0) < count);
  }

  #lostDisks(): string[] {
    const counts = countMounts();
    return this.#disks().filter((point) => !counts.has(point));
  }
}

function mountToolkit(toolkit: string): Promise<unknown> {
  return run('mount', ['-t', 'overlay', 'overlay', '-o', `lowerdir=${toolkit}/usr:/usr`, '/usr']);
}

/**
 * A plain bind of the root shows what it has itself, without what is mounted over it. In an ordinary user's mount namespace the kernel refuses
 * it, since it would show what the host's own mounts cover (mount_namespaces(7), "Restrictions on mount namespaces"): there the toolkit's
 * mount is let go for a moment, and what uses it keeps it.
 *
 * https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
 */
async function bindUncovered(usr: string, scratch: string, toolkit: string | null): Promise<void> {
  const root = `${scratch}/uncovered`;
  mkdirSync(root, { recursive: true });
  const uncovered = await run('mount', ['--bind', '/', root]).catch((error: unknown) => error as Error);
  if (uncovered instanceof Error) {
    rmdirSync(root);
    if (toolkit === null) throw uncovered;
    return bindBetween(usr, toolkit);
  }
  try {
    await run('mount', ['--bind', `${root}/usr`, usr]);
  } finally {
    await run('umount', [root]);
    rmdirSync(root);
  }
}

async function bindBetween(usr: string, toolkit: string): Promise<void> {
  await run('umount', ['--lazy', '/usr']);
  try {
    await run('mount', ['--bind', '/usr', usr]);
  } finally {
    await mountToolkit(toolkit);
  }
}

/** By mount point, the fifth field of a line, in which blanks are octal numbers. https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function countMounts(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readMounts().split('\n')) {
    const point = (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    counts.set(point, (counts.get(point) ?? 0) + 1);
  }
  return counts;
}

/** Without `/proc` there is nothing to read, and `/proc` itself is what is missing. */
function readMounts(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return '';
  }
}
