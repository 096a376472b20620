import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Process {
  readonly pid: number;
  readonly words: string;
}

/** Every process of the region of the project in a folder: the launcher's, by its state directory, and all of its descendants. */
export function processesOf(folder: string): Process[] {
  const parents = new Map<number, number>();
  const all = new Map<number, string>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') continue;
      parents.set(Number(name), Number(fields[1]));
      all.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // It has ended in the meantime.
    }
  }
  const ours = (pid: number): boolean => {
    const words = all.get(pid);
    if (words === undefined) return false;
    if (words.includes(join(folder, '.terrace')) && /^(setpriv|unshare)|supervisor\/main\.js/.test(words)) return true;
    const parent = parents.get(pid);
    return parent !== undefined && parent > 1 && ours(parent);
  };
  return [...all].filter(([pid]) => pid !== process.pid && ours(pid)).map(([pid, words]) => ({ pid, words }));
}
