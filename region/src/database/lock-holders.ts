import { readdir, stat } from 'node:fs/promises';
import { lockDescriptor } from './private-view.ts';

/** Processes that hold a server's lock: the server's first, and every one that it made. */
export async function holdersOf(lockFile: string): Promise<number[]> {
  const lock = await stat(lockFile, { bigint: true });
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const holds = await Promise.all(
    processes.map(async (id) => {
      const held = await stat(`/proc/${id}/fd/${lockDescriptor}`, { bigint: true }).catch(() => null);
      return held !== null && held.dev === lock.dev && held.ino === lock.ino;
    }),
  );
  return processes.filter((_, index) => holds[index]).map(Number);
}
