import { mkdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mistake } from '@terrace/cloud/mistake';
import { copyData } from '../copy-data.ts';
import { dataInUse, diskFull, otherMajorVersion } from '../mistakes.ts';
import type { Binaries } from './binaries.ts';
import { emptyCluster } from './cluster.ts';
import type { DatabaseNode } from './node.ts';

/** MiB that have to be free: an empty cluster, its log and room for a first checkpoint. */
const needed = { toCreate: 256, toStart: 64 } as const;

/** Sees that a node has data of its own version, nobody else's, and room; makes an empty cluster where there is none. */
export async function prepare(node: DatabaseNode, binaries: Binaries): Promise<Mistake | undefined> {
  const { place, directory, cache, user } = node.configuration;
  const { data } = node.folders;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await mkdir(cache, { recursive: true, mode: 0o700 });
  if (await node.isHeld()) return dataInUse(place, directory);
  const kept = await keptVersion(data);
  if (kept !== undefined && Number(kept) !== binaries.major) {
    return otherMajorVersion(place, kept, binaries.major, data);
  }
  const room = await freeMebibytes(directory);
  const wanted = kept === undefined ? needed.toCreate : needed.toStart;
  if (room < wanted) return diskFull(place, directory, room, wanted);
  if (kept === undefined) await copyData(await emptyCluster(binaries, cache, user), data);
  return undefined;
}

/** `undefined` where there is no cluster. */
export async function keptVersion(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function freeMebibytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return Math.floor((bavail * bsize) / 2 ** 20);
}
