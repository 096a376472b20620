import { randomUUID } from 'node:crypto';
import { chown, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Names of files that were begun and never finished end so; they count for nothing. */
const unfinished = '.part';

/**
 * Writes a file of state for its owner alone: a new file, synced and renamed over the former one, and its folder synced. It is on the disk when
 * this resolves; where it rejects, as on a full disk, the former file is there whole and nothing besides.
 *
 * Own code, since `write-file-atomic` does not sync the folder: after a power failure the former file may be back.
 *
 * @param owner the user and group that the file belongs to; left out, whoever runs this
 */
export async function writeWhole(path: string, text: string, owner?: number): Promise<void> {
  const part = `${path}.${randomUUID().slice(0, 8)}${unfinished}`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (owner !== undefined) await chown(part, owner, owner);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
