import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What has to be known of a Multi-AZ instance even after the machine fails at the worst moment. */
export interface PairState {
  /** The node that takes writes. */
  readonly active: 'primary' | 'standby';
  /**
   * Whether the other has everything that was ever acknowledged. It becomes false on the disk before the active node is let
   * go on without the other, and true only after it waits for it again.
   */
  readonly inSync: boolean;
}

export async function readPairState(path: string): Promise<PairState> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as PairState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { active: 'primary', inSync: false };
    throw error;
  }
}

/** On the disk when it resolves. */
export async function writePairState(path: string, state: PairState): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  await file.writeFile(JSON.stringify(state));
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}
