import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/** Clock ticks a second in which the kernel tells processor times to programs. https://man7.org/linux/man-pages/man7/time.7.html */
const ticks = 100;

/**
 * Seconds of processor time that the processes of network namespaces have taken, by the namespaces' files: for instances that have no group of
 * processes of the kernel's to count them. A process that has ended counts with who waited for it.
 */
export function processTimes(namespaceFiles: readonly string[]): Map<string, number> {
  const files = new Map<string, string>(
    namespaceFiles.flatMap((file) => inode(file).map((each) => [`net:[${each}]`, file] as const)),
  );
  const times = new Map<string, number>();
  for (const process of readdirSync('/proc')) {
    if (!/^\d+$/.test(process)) continue;
    const file = files.get(namespaceOf(process));
    const seconds = file === undefined ? undefined : processTime(process);
    if (file !== undefined && seconds !== undefined) times.set(file, (times.get(file) ?? 0) + seconds);
  }
  return times;
}

/** A process and all that descend from it, with the seconds that they have taken; `null` where it has ended. */
export function processTree(root: number): { readonly processes: readonly number[]; readonly seconds: number } | null {
  const stats = new Map<number, string>();
  const children = new Map<number, number[]>();
  for (const process of readdirSync('/proc')) {
    const stat = /^\d+$/.test(process) ? statOf(process) : undefined;
    if (stat === undefined) continue;
    stats.set(Number(process), stat);
    const parent = Number(fieldsIn(stat)[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(process)]);
  }
  if (!stats.has(root)) return null;
  const processes = [root];
  for (let at = 0; at < processes.length; at++) processes.push(...(children.get(processes[at]!) ?? []));
  return { processes, seconds: processes.reduce((sum, each) => sum + timeIn(stats.get(each)!), 0) };
}

function inode(file: string): number[] {
  try {
    return [statSync(file).ino];
  } catch {
    return []; // its instance has just gone
  }
}

function namespaceOf(process: string): string {
  try {
    return readlinkSync(`/proc/${process}/ns/net`);
  } catch {
    return ''; // it has ended, or is not ours to look at
  }
}

function processTime(process: string): number | undefined {
  const stat = statOf(process);
  return stat === undefined ? undefined : timeIn(stat);
}

function statOf(process: string): string | undefined {
  try {
    return readFileSync(`/proc/${process}/stat`, 'utf8');
  } catch {
    return undefined; // it has ended
  }
}

/**
 * Seconds in user and system mode, those of ended children that were waited for among them.
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function timeIn(stat: string): number {
  return (
    fieldsIn(stat)
      .slice(11, 15)
      .reduce((sum, each) => sum + Number(each), 0) / ticks
  );
}

/** From the state on: the name before it, in brackets, may hold spaces and brackets. */
function fieldsIn(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
