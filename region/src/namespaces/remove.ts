import { rm } from 'node:fs/promises';
import { run } from '../host/run.ts';
import { isRootless } from '../host/users.ts';
import { userNamespace } from './launch.ts';

/**
 * Removes a folder with all that a region kept in it. With a range of subordinate ids some of it belongs to users whom only a namespace of
 * this user's has, and only its root may remove that.
 */
export async function removeKept(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    if (!isRootless() || (error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await run('unshare', [...userNamespace(), 'rm', '-rf', '--', directory]);
  }
}
