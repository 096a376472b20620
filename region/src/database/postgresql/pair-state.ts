import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists } from '../exists.ts';

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

/**
 * Makes a single instance of what was a pair: the data of the node that took writes last becomes the instance's, the
 * other's, which may lack something, goes. Nothing of either may be running.
 */
export async function becomeSingle(directory: string): Promise<void> {
  const file = join(directory, 'pair.json');
  const { active } = await readPairState(file);
  const last = join(directory, 'standby', 'data');
  // After a failure in between, what is moved already is not there any more.
  if (active === 'standby' && (await exists(last))) {
    await rm(join(directory, 'data'), { recursive: true, force: true });
    await rename(last, join(directory, 'data'));
  }
  await rm(file, { force: true });
  await rm(join(directory, 'standby'), { recursive: true, force: true });
}
