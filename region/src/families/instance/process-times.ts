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
  try {
    return timeIn(readFileSync(`/proc/${process}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Seconds in user and system mode, those of ended children that were waited for among them.
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function timeIn(stat: string): number {
  // The name, in brackets, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) / ticks;
}
