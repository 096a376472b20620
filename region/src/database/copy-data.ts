import { rename, rm } from 'node:fs/promises';
import { execFile } from './run.ts';

/** A server's data as a copy of a folder, with its owners: whole and on the disk before it has its name. */
export async function copyData(from: string, to: string): Promise<void> {
  const unfinished = `${to}.new`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await execFile('cp', ['--archive', '--reflink=auto', from, unfinished]);
    await execFile('sync', ['--file-system', unfinished]);
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
